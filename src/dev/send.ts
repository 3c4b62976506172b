// Bytes as an HTTP answer: length in bytes, HEAD without a body, one range. The same for the dev server and the
// preview.
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

export interface Answer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly bytes: Uint8Array
}

/** Sends it; a `Range` is honoured on a plain 200 (RFC 9110, section 14). */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, headers, bytes } = answer
  const whole = { 'X-Content-Type-Options': 'nosniff', ...headers }
  const range = status === 200 ? rangeOf(request.headers.range, bytes.length) : undefined
  const end = (code: number, more: OutgoingHttpHeaders, body: Uint8Array): void => {
    response.writeHead(code, { ...whole, ...more, 'Content-Length': body.length })
    // For HEAD the length is told and nothing sent.
    response.end(request.method === 'HEAD' ? undefined : body)
  }
  if (range === 'unsatisfiable') end(416, { 'Content-Range': `bytes */${bytes.length}` }, new Uint8Array())
  else if (range) {
    const [from, to] = range
    const told = { 'Accept-Ranges': 'bytes', 'Content-Range': `bytes ${from}-${to}/${bytes.length}` }
    end(206, told, bytes.subarray(from, to + 1))
  } else end(status, status === 200 ? { 'Accept-Ranges': 'bytes' } : {}, bytes)
}

/** First and last byte, both included. Several ranges, and what is no range at all, get the whole. */
function rangeOf(
  header: string | undefined,
  size: number,
): readonly [number, number] | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : [size - length, size - 1]
  }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return undefined
  return from >= size ? 'unsatisfiable' : [from, to]
}

/** A line of text for people and programs that asked for something we do not give. */
export function refusal(status: number, why: string, more: OutgoingHttpHeaders = {}): Answer {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...more }
  return { status, headers, bytes: Buffer.from(`${why}\n`) }
}

/** Goes to another address of this server. */
export function redirect(to: string, status = 302): Answer {
  return refusal(status, to, { Location: to })
}
