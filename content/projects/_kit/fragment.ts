// A scenario in the fragment of the page's address: nothing is sent to a server, the link is the whole state.
// `#pingsix=z.<base64url of deflated JSON>`. What comes in from a link is foreign data: it is bounded in size, parsed
// as JSON only, and the caller must check its shape.

const maxFragment = 60_000
const maxText = 200_000

const toBase64Url = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))

/** Pipes bytes through a stream; stops with an error as soon as more than `limit` bytes came out. */
async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: ReadableWritablePair<Uint8Array, BufferSource>,
  limit: number,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value)
    length += read.value.length
    if (length > limit) {
      await reader.cancel()
      throw new Error('too large')
    }
  }
  const out = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    out.set(part, offset)
    offset += part.length
  }
  return out
}

/** JSON value → text for a fragment (letters, digits, `-`, `_`, `.`). Throws where it would be too long for a link. */
export async function encodeScenario(value: unknown): Promise<string> {
  const text = JSON.stringify(value)
  const bytes = new TextEncoder().encode(text)
  const encoded = `z.${toBase64Url(await pipe(bytes, new CompressionStream('deflate-raw'), maxText))}`
  if (text.length > maxText || encoded.length > maxFragment)
    throw new Error('the scenario is too long for a link')
  return encoded
}

/** The value of `encodeScenario`, or undefined for anything that is damaged, too large or not ours. */
export async function decodeScenario(encoded: string): Promise<unknown> {
  const packed = /^z\.([\w-]*)$/.exec(encoded)?.[1]
  if (packed === undefined || encoded.length > maxFragment) return undefined
  try {
    const bytes = await pipe(fromBase64Url(packed), new DecompressionStream('deflate-raw'), maxText)
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return value
  } catch {
    return undefined
  }
}

/** The part of a fragment that belongs to `key`: `fragmentPart('#a=1&pingsix=z.x', 'pingsix')` → `'z.x'`. */
export function fragmentPart(hash: string, key: string): string | undefined {
  for (const part of hash.replace(/^#/, '').split('&'))
    if (part.startsWith(`${key}=`)) return part.slice(key.length + 1)
  return undefined
}

/** Reads the scenario of `key` from the address of this page. */
export async function readScenario(key: string): Promise<unknown> {
  const encoded = fragmentPart(location.hash, key)
  return encoded === undefined ? undefined : decodeScenario(encoded)
}

/** A link to this page with the scenario in it; also put into the address bar, without a new history entry. */
export async function linkToScenario(key: string, value: unknown): Promise<string> {
  const url = new URL(location.href)
  url.hash = `${key}=${await encodeScenario(value)}`
  history.replaceState(history.state, '', url)
  return url.href
}

/** Copies text; false where the browser does not allow it (the caller then shows the text to be copied by hand). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
