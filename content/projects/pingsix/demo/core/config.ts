// The configuration file: YAML in, a checked `Config` with every error and warning out. Like the real program it
// is all or nothing: one error and nothing starts; unlike it, all errors are told at once.
import { boolean, fail, listOf, mapping, type Read, type Report, string, warn, whole } from './fields.js'
import { parseSocket } from './ip.js'
import { pluginTypes } from './plugins/index.js'
import type { PluginType } from './plugins/plugin.js'
import { globalRule, route, service } from './resources.js'
import type { Config, ConfigIssue } from './types.js'
import { upstream } from './upstream-resource.js'
import { parseYaml, type YamlNode } from './yaml.js'

export interface ConfigResult {
  /** Null where there is an error. */
  readonly value: Config | null
  readonly errors: readonly ConfigIssue[]
  readonly warnings: readonly ConfigIssue[]
  /** Line of a route of `value`, by its place in the list. */
  readonly routeLines: readonly number[]
}

const tls = mapping((f) => {
  f.need('cert_path', string)
  f.need('key_path', string)
  return true
})
const listener = mapping<string>((f, path, report) => {
  const address = f.need('address', string)
  if (address !== undefined && parseSocket(address) === null)
    fail(
      report,
      `${path}.address`,
      f.lineOf('address'),
      'invalid_type',
      `「${address}」不是IP:端口，不能写主机名`,
    )
  f.get('offer_h2c', boolean, false)
  f.get('tls', tls, null)
  if (f.get('offer_h2', boolean, false) && !f.has('tls'))
    fail(report, path, f.lineOf('offer_h2'), 'tls_required_for_h2', 'offer_h2需要tls')
  return address
})

const etcd = mapping((f, path, report) => {
  if (f.need('host', listOf(string))?.length === 0)
    fail(report, `${path}.host`, f.lineOf('host'), 'length', '至少要有一个etcd地址')
  for (const name of ['timeout', 'connect_timeout']) f.get(name, whole(), null)
  for (const name of ['user', 'password']) f.get(name, string, null)
  return { prefix: f.need('prefix', string) ?? '' }
})

const admin = mapping((f) => ({
  address: f.need('address', string) ?? '',
  apiKey: f.need('api_key', string) ?? '',
}))

const having = (field: string): Read<boolean> => mapping((f) => f.need(field, string) !== undefined)

type Core = Pick<Config, 'listeners' | 'etcd' | 'admin' | 'prometheus'>
const pingsix = mapping<Core>((f, path, report) => {
  const listeners = f.need('listeners', listOf(listener)) ?? []
  if (f.raw('listeners')?.items.length === 0)
    fail(report, `${path}.listeners`, f.lineOf('listeners'), 'length', '至少要有一个listener')
  f.get('sentry', having('dsn'), false)
  const core = {
    listeners,
    etcd: f.get('etcd', etcd, null),
    admin: f.get('admin', admin, null),
    prometheus: f.get('prometheus', having('address'), false),
  }
  if (core.admin !== null && core.etcd === null)
    warn(report, `${path}.admin`, f.lineOf('admin'), 'admin_without_etcd', '没有etcd时Admin API不会启动')
  return core
})

const resources = ['upstreams', 'services', 'global_rules', 'routes'] as const
const singular = { upstreams: 'upstream', services: 'service', global_rules: 'global_rule', routes: 'route' }

/** Ids are checked by the document: inline upstreams have none. */
function checkIds(node: YamlNode, report: Report): void {
  for (const kind of resources) {
    const seen = new Set<string>()
    const items = node.entries.find((entry) => entry.key === kind)?.value.items ?? []
    for (const [i, item] of items.entries()) {
      const id = item.entries.find((entry) => entry.key === 'id')?.value.text ?? ''
      if (id === '')
        fail(report, `${kind}[${i}].id`, item.line, `${singular[kind]}_id_required`, '这里的每一项都要有id')
      else if (seen.has(id))
        warn(report, `${kind}[${i}].id`, item.line, 'duplicate_id', `id「${id}」重复，后一个生效`)
      seen.add(id)
    }
  }
}

function warnReferences(config: Config, lines: readonly number[], report: Report): void {
  const upstreams = new Set(config.upstreams.map((u) => u.id))
  const services = new Set(config.services.map((s) => s.id))
  const missing = (path: string, line: number, what: string): void =>
    warn(report, path, line, 'dangling_reference', `${what}不存在：启动时不报错，每个请求得到500`)
  for (const [i, r] of config.routes.entries()) {
    const line = lines[i] ?? 1
    if (r.upstreamId !== null && !upstreams.has(r.upstreamId))
      missing(`routes[${i}].upstream_id`, line, `上游「${r.upstreamId}」`)
    if (r.serviceId !== null && !services.has(r.serviceId))
      missing(`routes[${i}].service_id`, line, `服务「${r.serviceId}」`)
  }
  for (const [i, s] of config.services.entries())
    if (s.upstreamId !== null && !upstreams.has(s.upstreamId))
      missing(`services[${i}].upstream_id`, 1, `上游「${s.upstreamId}」`)
}

/** Reads and checks a whole configuration. Never throws for what is in `source`. */
export function readConfig(source: string, types: readonly PluginType[] = pluginTypes): ConfigResult {
  const report: Report = { errors: [], warnings: [], strictStrings: false }
  const { node, problem } = parseYaml(source)
  if (node === null) {
    const { line = 1, message = '' } = problem ?? {}
    return {
      value: null,
      errors: [{ path: '', code: 'yaml_syntax', message: `YAML语法错误：${message}`, line }],
      warnings: [],
      routeLines: [],
    }
  }
  let routeLines: readonly number[] = []
  const value = mapping<Config>((f) => {
    f.raw('pingora')
    routeLines = f.raw('routes')?.items.map((item) => item.line) ?? []
    const core = f.need('pingsix', pingsix) ?? { listeners: [], etcd: null, admin: null, prometheus: false }
    if (core.etcd !== null && resources.some((kind) => (f.raw(kind)?.items.length ?? 0) > 0))
      warn(report, 'pingsix.etcd', f.lineOf('pingsix'), 'static_ignored', '配了etcd，文件里的资源都不生效')
    return {
      ...core,
      upstreams: f.get('upstreams', listOf(upstream), []),
      services: f.get('services', listOf(service(types)), []),
      globalRules: f.get('global_rules', listOf(globalRule(types)), []),
      routes: f.get('routes', listOf(route(types)), []),
    }
  })(node, '', report)
  checkIds(node, report)
  if (value?.etcd === null && report.errors.length === 0) warnReferences(value, routeLines, report)
  const byLine = (a: ConfigIssue, b: ConfigIssue): number => a.line - b.line
  return {
    value: report.errors.length === 0 ? (value ?? null) : null,
    errors: report.errors.sort(byLine),
    warnings: report.warnings.sort(byLine),
    routeLines,
  }
}
