// The one thing that a served page has and a built one has not: a script tag of the same origin.
import { viewOf } from '../engine/bytes.js'

export const clientPath = '/__inkstone/client.js'
export const eventsPath = '/__inkstone/events'
export const openPath = '/__inkstone/open'
/** Source maps: announced by a header, because a script must be the very one that is built. */
export const mapPath = '/__inkstone/map'

/** Tells the script which state of the page it is in, and of which run of the server. */
export function scriptTag(hash: string, boot: string): string {
  return `<script src="${clientPath}" data-hash="${hash}" data-boot="${boot}" async></script>`
}

/** Puts the tag before the last `</body>`, or at the end. */
export function inject(html: Uint8Array, tag: string): Uint8Array {
  const bytes = viewOf(html)
  const at = Math.max(bytes.lastIndexOf('</body>'), bytes.lastIndexOf('</BODY>'))
  const end = at < 0 ? bytes.length : at
  // Bytes are joined, not characters: the length of a Chinese page must be right.
  return Buffer.concat([bytes.subarray(0, end), Buffer.from(tag), bytes.subarray(end)])
}

/** Shown where there is no page to show: the script tells what is wrong, and loads the page when it is there. */
export const emptyPage = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Inkstone</title>
</head>
<body>
</body>
</html>
`
