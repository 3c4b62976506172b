// Pingora's compression module, as far as headers tell: which algorithm it takes and when it leaves a reply alone.
// The bytes are made by the page (`CompressionStream` for gzip; brotli is not compressed, only labelled).
import type { Headers } from './http.js'
import type { Compression } from './plugins/plugin.js'

export type Coding = 'gzip' | 'br' | 'zstd'

export interface CompressionResult {
  readonly action: 'none' | 'compress' | 'decompress'
  readonly coding: Coding | null
  readonly level: number
  /** Chinese. */
  readonly reason: string
}

const codings: Readonly<Record<string, Coding>> = { gzip: 'gzip', br: 'br', zstd: 'zstd' }
const compressible =
  /^(?:text\/|application\/|font\/|image\/(?:x-icon|svg\+xml|vnd\.microsoft\.icon)|binary\/octet-stream)/

/** The known codings of Accept-Encoding, in the order written; q-values and `*` are not looked at. */
export function acceptedCodings(header: string | null): Coding[] {
  return (header ?? '').split(',').flatMap((item) => codings[item.split(';')[0]!.trim().toLowerCase()] ?? [])
}

/** Decides, and changes the reply's headers to match. `bodyBytes` 0 means there is no body to compress. */
export function applyCompression(
  armed: Compression,
  acceptEncoding: string | null,
  reply: Headers,
  bodyBytes: number,
): CompressionResult {
  const none = (reason: string): CompressionResult => ({ action: 'none', coding: null, level: 0, reason })
  if (armed.gzip === 0 && armed.brotli === 0 && !armed.decompress) return none('没有插件启用压缩')
  const accepted = acceptedCodings(acceptEncoding)
  const existing = reply.get('content-encoding')
  if (existing !== null) {
    const coding = codings[existing.toLowerCase()]
    if (coding === undefined || accepted.includes(coding)) return none('上游已经编码过，客户端也认得')
    if (!armed.decompress) return none('上游已经编码过，没有打开decompression')
    reply.remove('content-encoding')
    reply.remove('content-length')
    reply.set('Transfer-Encoding', 'chunked')
    return { action: 'decompress', coding, level: 0, reason: `客户端不接受${coding}，解压后再发` }
  }
  const first = accepted[0]
  if (first === undefined) return none('Accept-Encoding里没有认识的算法')
  const level = first === 'gzip' ? armed.gzip : first === 'br' ? armed.brotli : 0
  if (level === 0) return none(`只看写在最前的${first}，而它没有启用`)
  if (bodyBytes === 0) return none('没有响应体')
  const length = reply.get('content-length')
  if (length !== null && Number(length) < 20) return none('Content-Length小于20')
  const type = reply.get('content-type')
  if (type === null) return none('没有Content-Type')
  if (type.includes('zip') || !compressible.test(type)) return none(`类型${type}不压缩`)
  reply.remove('content-length')
  reply.set('Transfer-Encoding', 'chunked')
  reply.set('Content-Encoding', first)
  reply.append('Vary', 'Accept-Encoding')
  return { action: 'compress', coding: first, level, reason: `${first}，级别${level}` }
}

/** How many bytes gzip makes of a text (the browser's own level, not `comp_level`). */
export async function gzipSize(text: string): Promise<number> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return (await new Response(stream).arrayBuffer()).byteLength
}
