// Old addresses: a stub page for each alias, which works on any host, and one `_redirects` file for hosts that can
// answer 301. An alias that is another page's address is an error, never a silent winner.
import type { DocId, Url } from '../content/types.js'
import { absoluteOf, hrefOf, outPathOf } from '../urls.js'
import type { OwnPagesOf, Page, PageProps, Write } from './page.js'
import { escapeXml } from './xml.js'

const textOf = (props: PageProps, key: string): string => {
  const value = props[key]
  return typeof value === 'string' ? value : ''
}

function writeStub(site: { baseUrl: string; basePath: string; language: string }, props: PageProps): string {
  const to = textOf(props, 'to')
  const isPath = to.startsWith('/')
  const absolute = escapeXml(isPath ? absoluteOf(to, site.baseUrl) : to)
  const href = escapeXml(isPath ? hrefOf(to, site.basePath) : to)
  return `<!DOCTYPE html>
<html lang="${escapeXml(textOf(props, 'lang'))}">
<head>
<meta charset="utf-8">
<title>${escapeXml(to)}</title>
${props['hidden'] === true ? '<meta name="robots" content="noindex">\n' : ''}<link rel="canonical" href="${absolute}">
<meta http-equiv="refresh" content="0; url=${href}">
</head>
<body>
<p><a href="${href}">${absolute}</a></p>
</body>
</html>
`
}

function writeRedirects(site: { basePath: string }, props: PageProps): string {
  const moves = Array.isArray(props['moves']) ? props['moves'] : []
  return moves
    .map(
      ([from, to]: readonly [Url, Url]) =>
        `${hrefOf(from, site.basePath)} ${to.startsWith('/') ? hrefOf(to, site.basePath) : to} 301\n`,
    )
    .join('')
}

export const redirectWriters: Readonly<Record<string, Write>> = {
  redirect: writeStub,
  _redirects: writeRedirects,
}

/** A stub and a line for each former address, of documents and of the site. */
export const redirectPages: OwnPagesOf = (index, places) => {
  const stubs: Page[] = []
  const moves: [from: Url, to: Url][] = []
  const stub = (from: Url, to: Url, lang: string, id?: DocId, hidden = false): Page => ({
    url: from,
    by: 'redirects',
    ...(id !== undefined && { from: id }),
    props: { to, lang, noindex: true, hidden },
    make: { name: 'redirect', write: writeStub },
  })
  for (const id of index.published) {
    const meta = places.get(id)
    for (const from of new Set([...(meta?.aliases ?? []), ...(index.former.get(id) ?? [])])) {
      // A document may list its own address, as importers do.
      if (!meta || outPathOf(from) === outPathOf(meta.url)) continue
      // That list may be read by anybody; the stub of an unlisted page is for who knows its address.
      if (!meta.unlisted) moves.push([from, meta.url])
      stubs.push(stub(from, meta.url, meta.lang, id, meta.unlisted))
    }
  }
  for (const [from, to] of Object.entries(index.config.redirects)) {
    moves.push([from, to])
    stubs.push(stub(from, to, index.config.language))
  }
  if (moves.length === 0) return stubs
  moves.sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    ...stubs,
    {
      url: '/_redirects',
      by: 'redirects',
      props: { moves },
      make: { name: '_redirects', write: writeRedirects },
    },
  ]
}
