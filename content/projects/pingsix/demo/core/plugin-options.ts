// The `plugins:` map of a resource: every name must be known, every set of options must please its plugin.
import { type Fields, fail, type Report, warn } from './fields.js'
import { PluginError, type PluginType } from './plugins/plugin.js'
import type { PluginConfig } from './types.js'
import type { YamlNode } from './yaml.js'

/** A node as plain values. */
export function plainValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'sequence') return node.items.map(plainValue)
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plainValue(entry.value)]))
}

/** Reads the map; problems are reported at `path.plugins.NAME`. */
export function readPlugins(
  fields: Fields,
  path: string,
  report: Report,
  types: readonly PluginType[],
): PluginConfig[] {
  const node = fields.raw('plugins')
  if (node === undefined) return []
  if (node.kind !== 'mapping') {
    fail(report, `${path}.plugins`, fields.lineOf('plugins'), 'invalid_type', '应为「插件名: 配置」的映射')
    return []
  }
  const out: PluginConfig[] = []
  for (const { key: name, line, value } of node.entries) {
    const at = `${path}.plugins.${name}`
    const type = types.find((candidate) => candidate.name === name)
    if (type === undefined) {
      fail(
        report,
        at,
        line,
        'unknown_plugin',
        `Unknown plugin type：2024年12月的PingSIX没有${name}，启动失败`,
      )
      continue
    }
    if (value.kind === 'mapping' && type.options.length > 0)
      for (const option of value.entries)
        if (!type.options.includes(option.key))
          warn(
            report,
            `${at}.${option.key}`,
            option.line,
            'ignored_field',
            `${name}没有${option.key}这个参数，会默默忽略`,
          )
    const options = plainValue(value)
    try {
      type.create(options)
      out.push({ name, options })
    } catch (error) {
      if (!(error instanceof PluginError)) throw error
      fail(report, at, line, error.code, `${name}：${error.message}`)
    }
    if (name === 'redirect' && value.kind === 'mapping' && !value.entries.some((e) => e.key === 'ret_code'))
      warn(report, at, line, 'ret_code_900', 'redirect的ret_code默认是900，浏览器不认；请写明301或302')
  }
  return out
}
