// Who may talk to the dev server. A page of another site can make a browser send requests to 127.0.0.1, and with DNS
// rebinding even read the answers: both carry a foreign name, in `Host` or in `Origin`, and are refused.
import type { IncomingHttpHeaders } from 'node:http'

/** The host of a `Host` header without its port, lower case; brackets of IPv6 stay. '' where it is malformed. */
function hostOf(header: string | undefined): string {
  return /^(\[[0-9a-f:.]+\]|[^:/\s[\]]+)(?::\d+)?$/i.exec(header ?? '')?.[1]?.toLowerCase() ?? ''
}

/**
 * May this `Host` be served? Addresses are always fine (a name is what rebinding needs), of names only `localhost`,
 * those below it, and the one that the author gave as `--host`.
 */
export function isOurHost(header: string | undefined, given: string): boolean {
  const host = hostOf(header)
  if (host === '') return false
  const isAddress = host.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)
  return isAddress || host === 'localhost' || host.endsWith('.localhost') || host === given.toLowerCase()
}

/** Was this request made by one of our own pages, or by no page at all? For what is not for other sites to use. */
export function isSameSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = headers
  return origin === undefined || origin === `http://${headers.host}`
}
