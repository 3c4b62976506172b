// proxy-rewrite: changes the request before it goes to the backend. `pass_host: rewrite` runs after it and wins.
import { isHeader, parsePathAndQuery } from '../http.js'
import { checkRegexUri, compileRegexUri } from '../regex-uri.js'
import { asOptions, list, text, textItem, textOr } from './options.js'
import { PluginError, PluginFailure, type PluginType } from './plugin.js'

export const proxyRewrite: PluginType = {
  name: 'proxy-rewrite',
  priority: 1008,
  options: ['uri', 'method', 'regex_uri', 'host', 'headers'],
  create(value) {
    const options = asOptions(value)
    const [uri, method, host] = [textOr(options, 'uri'), textOr(options, 'method'), textOr(options, 'host')]
    const pairs = options['regex_uri'] === null ? [] : list(options['regex_uri'], 'regex_uri', textItem)
    const problem = checkRegexUri(pairs)
    if (problem !== null) throw new PluginError(`regex_uri：${problem}`, problem)
    const rewrite = compileRegexUri(pairs)
    const headers = options['headers'] == null ? {} : asOptions(options['headers'], 'headers')
    const fields = (name: string) =>
      list(headers[name], `headers.${name}`, (item, where) => {
        const field = asOptions(item, where)
        return [text(field, 'name'), text(field, 'value')] as const
      })
    const [toSet, toAdd] = [fields('set'), fields('add')]
    const toRemove = list(headers['remove'], 'headers.remove', textItem)
    return () => ({
      name: 'proxy-rewrite',
      priority: 1008,
      upstream(context, request) {
        const original = context.target
        const path = uri ?? (pairs.length > 0 ? rewrite(original.path) : null)
        if (path !== null) {
          const query = original.query ?? ''
          const parsed = parsePathAndQuery(query === '' ? path : `${path}?${query}`)
          if (parsed === null) context.note(`新地址${path}无法解析，忽略`)
          else {
            context.note(`路径改为${parsed.path}，查询串保留`)
            request.path = parsed.path
            request.query = parsed.query
          }
        }
        const put = (name: string, item: string, change: (name: string, value: string) => void): void => {
          if (!isHeader(name, item)) throw new PluginFailure(`proxy-rewrite：非法的头${name}`)
          context.note(`头${name}: ${item}`)
          change(name, item)
        }
        if (method !== null) {
          if (!isHeader(method, '')) throw new PluginFailure(`proxy-rewrite：非法的方法${method}`)
          context.note(`方法改为${method}`)
          request.method = method
        }
        if (host !== null) put('Host', host, (name, item) => request.headers.set(name, item))
        for (const [name, item] of toSet) put(name, item, (n, v) => request.headers.set(n, v))
        for (const name of toRemove) {
          context.note(`删除头${name}`)
          request.headers.remove(name)
        }
        for (const [name, item] of toAdd) put(name, item, (n, v) => request.headers.append(n, v))
      },
    })
  },
}
