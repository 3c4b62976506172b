// echo: answers every request itself with a fixed body.

import { utf8 } from '../hash.js'
import { isHeader } from '../http.js'
import { asOptions, text, textItem } from './options.js'
import { PluginFailure, type PluginType } from './plugin.js'

export const echo: PluginType = {
  name: 'echo',
  priority: 412,
  options: ['body', 'headers'],
  create(value) {
    const options = asOptions(value)
    const body = text(options, 'body')
    const headers = Object.entries(
      options['headers'] === undefined ? {} : asOptions(options['headers'], 'headers'),
    ).map(([name, item]) => [name, textItem(item, `headers.${name}`)] as const)
    return () => ({
      name: 'echo',
      priority: 412,
      request(context) {
        if (headers.some(([name, item]) => !isHeader(name, item))) throw new PluginFailure('echo：非法的头')
        context.note('直接应答200，后面的插件和上游都不再执行')
        const rest = headers.filter(([name]) => name.toLowerCase() !== 'content-length')
        return { status: 200, headers: [...rest, ['Content-Length', String(utf8(body).length)]], body }
      },
    })
  },
}
