// redirect: answers with another address. `regex_uri` must be there, if only as `[]`, and the default code is 900:
// both are so in the program of December 2024.
import { formatTarget, hostOf, parsePathAndQuery, type Target } from '../http.js'
import { checkRegexUri, compileRegexUri } from '../regex-uri.js'
import { asOptions, flag, list, textItem, textOr, wholeOr } from './options.js'
import { type LocalReply, PluginError, PluginFailure, type PluginType } from './plugin.js'

export const redirect: PluginType = {
  name: 'redirect',
  // The registry's comment says 900; the code says 1008.
  priority: 1008,
  options: ['http_to_https', 'uri', 'regex_uri', 'ret_code', 'append_query_string'],
  create(value) {
    const options = asOptions(value)
    const toHttps = flag(options, 'http_to_https', false)
    const uri = textOr(options, 'uri')
    if (options['regex_uri'] === undefined) throw new PluginError('缺少regex_uri（不用也要写成 []）')
    const pairs = list(options['regex_uri'], 'regex_uri', textItem)
    const problem = checkRegexUri(pairs)
    if (problem !== null) throw new PluginError(`regex_uri：${problem}`, problem)
    const rewrite = compileRegexUri(pairs)
    const status = wholeOr(options, 'ret_code', 900, 0xffff)
    flag(options, 'append_query_string', false)

    const reply = (location: string): LocalReply => {
      if (status < 100 || status > 999) throw new PluginFailure(`redirect：状态码${status}不合法`)
      return {
        status,
        headers: [
          ['Location', location],
          ['Content-Type', 'text/plain'],
          ['Content-Length', '0'],
        ],
        body: '',
      }
    }
    /** The target with another path; the old query always comes along. Null where it would be no address. */
    const moved = (target: Target, path: string): string | null => {
      const parsed = parsePathAndQuery(target.query ? `${path}?${target.query}` : path)
      return parsed === null ? null : formatTarget({ ...target, ...parsed })
    }
    return () => ({
      name: 'redirect',
      priority: 1008,
      request(context) {
        const { target } = context
        if (toHttps && target.scheme === 'http') {
          context.note('绝对形式的http://请求，转到https')
          return reply(
            formatTarget({ ...target, scheme: 'https', authority: hostOf(target.authority ?? '') }),
          )
        }
        if (toHttps) context.note('http_to_https不生效：请求行里没有http://（HTTP/1.1几乎总是这样）')
        const path = uri ?? (pairs.length > 0 ? rewrite(target.path) : null)
        const location = path === null ? null : moved(target, path)
        if (location === null) return null
        context.note(`${status} → ${location}`)
        return reply(location)
      },
    })
  },
}
