// limit-count: so many requests of one key in one window. Every instance has its own windows: on a service it is
// shared by the service's routes, on two routes it is counted twice over.

import { utf8 } from '../hash.js'
import type { Header } from '../http.js'
import { createLimitWindow } from '../limit.js'
import { type KeyType, selectorKey } from '../vars.js'
import { asOptions, flag, text, textOr, whole, wholeOr } from './options.js'
import { PluginError, PluginFailure, type PluginType } from './plugin.js'

const isKeyType = (value: string): value is KeyType => ['vars', 'head', 'cookie'].includes(value)

export const limitCount: PluginType = {
  name: 'limit-count',
  // The registry's comment says 503; the code says 1002.
  priority: 1002,
  options: [
    'key_type',
    'key',
    'time_window',
    'count',
    'rejected_code',
    'rejected_msg',
    'show_limit_quota_header',
  ],
  create(value) {
    const options = asOptions(value)
    const keyType = text(options, 'key_type')
    if (!isKeyType(keyType)) throw new PluginError(`key_type只能是vars、head、cookie，实际是${keyType}`)
    const key = text(options, 'key')
    const windowMs = whole(options, 'time_window') * 1000
    const limit = whole(options, 'count')
    const status = wholeOr(options, 'rejected_code', 503, 0xffff)
    const message = textOr(options, 'rejected_msg')
    const quota = flag(options, 'show_limit_quota_header', true)
    return ({ clock }) => {
      const window = createLimitWindow(clock, windowMs)
      return {
        name: 'limit-count',
        priority: 1002,
        request(context) {
          const bucket = selectorKey(context.request, keyType, key, context.target)
          const count = window.observe(bucket)
          const of = `键「${bucket}」在本窗口第${count}次，上限${limit}`
          if (count <= limit) {
            context.note(`${of}，放行`)
            return null
          }
          if (status < 100 || status > 999) throw new PluginFailure(`limit-count：状态码${status}不合法`)
          context.note(`${of}，拒绝：${status}，并关闭连接`)
          const headers: Header[] = quota
            ? [
                ['X-Rate-Limit-Limit', String(limit)],
                ['X-Rate-Limit-Remaining', '0'],
                ['X-Rate-Limit-Reset', '1'],
              ]
            : []
          if (message !== null) headers.push(['Content-Length', String(utf8(message).length)])
          return { status, headers, body: message ?? '', keepAlive: false }
        },
        meters: () => ({ limit, remainingMs: window.remainingMs(), keys: window.meters() }),
      }
    }
  },
}
