// The parts of an HTTP message that the gateway reads and writes: a header list that keeps order and case, a
// request target taken apart. No semantics of proxies in here.

export type Header = readonly [name: string, value: string]

/** A list of header fields; names are compared without case, order and spelling are kept. */
export class Headers {
  private list: Header[]
  constructor(list: readonly Header[] = []) {
    this.list = [...list]
  }
  get(name: string): string | null {
    const lower = name.toLowerCase()
    return this.list.find(([key]) => key.toLowerCase() === lower)?.[1] ?? null
  }
  /** Puts one field in the place of all of that name. */
  set(name: string, value: string): void {
    const lower = name.toLowerCase()
    const at = this.list.findIndex(([key]) => key.toLowerCase() === lower)
    const rest = this.list.filter(([key]) => key.toLowerCase() !== lower)
    rest.splice(at < 0 ? rest.length : at, 0, [name, value])
    this.list = rest
  }
  append(name: string, value: string): void {
    this.list.push([name, value])
  }
  remove(name: string): void {
    const lower = name.toLowerCase()
    this.list = this.list.filter(([key]) => key.toLowerCase() !== lower)
  }
  entries(): readonly Header[] {
    return [...this.list]
  }
}

/** Whether the field could be sent: Rust's `http` crate refuses all else. */
export const isHeader = (name: string, value: string): boolean =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/[\0-\x08\x0a-\x1f\x7f]/.test(value)

export interface Target {
  /** `http` or `https` for an absolute-form target, else null. */
  readonly scheme: string | null
  readonly authority: string | null
  readonly path: string
  /** Without the question mark; null where there is none. */
  readonly query: string | null
}

/**
 * A path with its query as Rust's `http` crate takes it: cut at a fragment, null for characters it refuses (spaces,
 * `<`, `>`, a grave accent). It need not begin with a slash, and may be empty.
 */
export function parsePathAndQuery(text: string): { path: string; query: string | null } | null {
  const [whole = ''] = text.split('#')
  const at = whole.indexOf('?')
  const path = at < 0 ? whole : whole.slice(0, at)
  const query = at < 0 ? null : whole.slice(at + 1)
  if (/[\0- <>`]/.test(path) || /[\0- "<>]/.test(query ?? '')) return null
  return { path, query }
}

/** Takes `/path?query`, `http://host/path?query` or `*` apart; a fragment is dropped. Null for anything else. */
export function parseTarget(text: string): Target | null {
  const [, scheme, authority, rest = ''] = /^(?:(https?):\/\/([^/?#]+))?(.*)$/is.exec(text) ?? []
  const parsed = parsePathAndQuery(rest)
  if (parsed === null || (scheme === undefined && !/^(\/|\*$)/.test(parsed.path))) return null
  return {
    scheme: scheme?.toLowerCase() ?? null,
    authority: authority ?? null,
    path: parsed.path === '' ? '/' : parsed.path,
    query: parsed.query,
  }
}

/** The target as it goes on the wire. */
export function formatTarget(target: Target): string {
  const origin = target.scheme === null ? '' : `${target.scheme}://${target.authority ?? ''}`
  return `${origin}${target.path}${target.query === null ? '' : `?${target.query}`}`
}

/** Host of an authority: without user and port, an IPv6 literal with its brackets. */
export function hostOf(authority: string): string {
  const place = authority.slice(authority.lastIndexOf('@') + 1)
  return place.startsWith('[') ? place.slice(0, place.indexOf(']') + 1) : place.replace(/:\d*$/, '')
}

export interface GatewayRequest {
  /** Any token, upper case as sent: `GET`. */
  readonly method: string
  /** `/path?query`, or absolute form. */
  readonly target: string
  /** Host is an ordinary field. */
  readonly headers: readonly Header[]
  /** `ip:port` of the client's end of the connection, IPv6 in brackets. */
  readonly client: string
  /** Length of the request body in bytes; the default is 0. */
  readonly bodyBytes?: number
}

export interface GatewayResponse {
  readonly status: number
  readonly headers: readonly Header[]
  /** Before compression. */
  readonly body: string
}

/** The name of a status code, '' for one that has none. */
export function reasonOf(status: number): string {
  const reasons: Readonly<Record<number, string>> = {
    200: 'OK',
    204: 'No Content',
    301: 'Moved Permanently',
    302: 'Found',
    400: 'Bad Request',
    403: 'Forbidden',
    404: 'Not Found',
    429: 'Too Many Requests',
    500: 'Internal Server Error',
    502: 'Bad Gateway',
    503: 'Service Unavailable',
  }
  return reasons[status] ?? ''
}
