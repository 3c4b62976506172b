// The text of a request that limits and hashing balancers count by (`key_type` or `hash_on`, and `key`), with the
// real program's oddities: `remote_addr` has the port in it, cookie names are not trimmed, arguments not decoded.
import { type GatewayRequest, Headers, hostOf, parseTarget, type Target } from './http.js'

export type KeyType = 'vars' | 'head' | 'cookie'

/** The host that routes are matched by: of an absolute-form target, else `Host` up to its first colon. */
export function requestHost(
  request: GatewayRequest,
  target: Target | null = parseTarget(request.target),
): string | null {
  const authority = target?.authority
  if (authority !== undefined && authority !== null) return hostOf(authority)
  const host = new Headers(request.headers).get('host')
  return host === null ? null : (host.split(':')[0] ?? '')
}

/** First `name=value` of a list; the name must be exactly equal, the value is trimmed. */
function firstOf(text: string, separator: string, name: string): string {
  for (const item of text.split(separator)) {
    const at = item.indexOf('=')
    if (at >= 0 && item.slice(0, at) === name) return item.slice(at + 1).trim()
  }
  return ''
}

/** Where the simulated gateway listens. */
const serverAddress = '10.0.0.254:8080'

/** The key's value; '' for whatever is missing or unknown, so that all such requests share one bucket. */
export function selectorKey(
  request: GatewayRequest,
  type: KeyType,
  key: string,
  target: Target | null = parseTarget(request.target),
): string {
  const headers = new Headers(request.headers)
  if (type === 'head') return headers.get(key) ?? ''
  if (type === 'cookie') return firstOf(headers.get('cookie') ?? '', ';', key)
  const query = target?.query ?? null
  if (key.startsWith('arg_')) return firstOf(query ?? '', '&', key.slice(4))
  switch (key) {
    case 'uri':
      return target?.path ?? ''
    case 'request_uri':
      return `${target?.path ?? ''}${query === null ? '' : `?${query}`}`
    case 'query_string':
      return query ?? ''
    case 'remote_addr':
      return request.client
    case 'remote_port':
      return /:(\d+)$/.exec(request.client)?.[1] ?? ''
    case 'server_addr':
      return serverAddress
    default:
      return ''
  }
}
