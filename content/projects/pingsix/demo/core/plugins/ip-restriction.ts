// ip-restriction: who may come in, by address. The address is what the client says of itself, first of all.

import { utf8 } from '../hash.js'
import { type GatewayRequest, Headers } from '../http.js'
import { contains, formatIp, parseIp, parseNetwork, parseSocket } from '../ip.js'
import { asOptions, list, textItem, textOr } from './options.js'
import { PluginError, PluginFailure, type PluginType } from './plugin.js'

/** First item of X-Forwarded-For, else X-Real-Ip, else the peer; trimmed, not checked. */
export function clientIp(request: GatewayRequest): string {
  const headers = new Headers(request.headers)
  const forwarded = headers.get('x-forwarded-for')
  if (forwarded !== null) return (forwarded.split(',')[0] ?? '').trim()
  const real = headers.get('x-real-ip')
  if (real !== null) return real.trim()
  const peer = parseSocket(request.client)
  return peer === null ? '' : formatIp(peer.ip)
}

export const ipRestriction: PluginType = {
  name: 'ip-restriction',
  priority: 3000,
  options: ['whitelist', 'blacklist', 'message'],
  create(value) {
    const options = asOptions(value)
    const networks = (field: string) =>
      list(options[field], field, (item, where) => {
        const network = parseNetwork(textItem(item, where))
        if (network === null) throw new PluginError(`${where}不是IP或网段：${String(item)}`)
        return network
      })
    const [allowed, denied] = [networks('whitelist'), networks('blacklist')]
    const message = textOr(options, 'message')
    return () => ({
      name: 'ip-restriction',
      priority: 3000,
      request(context) {
        const written = clientIp(context.request)
        const ip = parseIp(written)
        if (ip === null) throw new PluginFailure(`无法解析客户端IP「${written}」`)
        const inAllowed = allowed.some((network) => contains(network, ip))
        const inDenied = denied.some((network) => contains(network, ip))
        const reason = allowed.length > 0 && !inAllowed ? '不在白名单' : inDenied ? '在黑名单' : null
        context.note(`客户端IP ${written}：${reason === null ? '放行' : `${reason}，拒绝403`}`)
        if (reason === null) return null
        return {
          status: 403,
          headers: message === null ? [] : [['Content-Length', String(utf8(message).length)]],
          body: message ?? '',
        }
      },
    })
  },
}
