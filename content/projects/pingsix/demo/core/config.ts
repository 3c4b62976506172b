// The configuration file: YAML in, a checked `Config` with every error and warning out. Like the real program it
// is all or nothing: one error and nothing starts; unlike it, all errors are told at once.
import { boolean, fail, listOf, open, type Read, type Report, string, warn, whole } from './fields.js'
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

const listener: Read<string> = (node, path, report) => {
  const f = open(node, path, report, ['address', 'tls', 'offer_h2', 'offer_h2c'])
  if (f === undefined) return undefined
  const address = f.need('address', string)
  if (address !== undefined && parseSocket(address) === null)
    fail(
      report,
      `${path}.address`,
      f.lineOf('address'),
      'invalid_type',
      `「${address}」不是IP:端口（不能写主机名）`,
    )
  const tls = f.raw('tls')
  if (tls !== undefined) {
    const t = open(tls, `${path}.tls`, report, ['cert_path', 'key_path'])
    t?.need('cert_path', string)
    t?.need('key_path', string)
  }
  f.get('offer_h2c', boolean, false)
  if (f.get('offer_h2', boolean, false) && tls === undefined)
    fail(report, path, f.lineOf('offer_h2'), 'tls_required_for_h2', 'offer_h2需要tls')
  return address
}

const etcd: Read<{ prefix: string }> = (node, path, report) => {
  const f = open(node, path, report, ['host', 'prefix', 'timeout', 'connect_timeout', 'user', 'password'])
  if (f?.need('host', listOf(string))?.length === 0)
    fail(report, `${path}.host`, f.lineOf('host'), 'length', '至少要有一个etcd地址')
  for (const name of ['timeout', 'connect_timeout']) f?.get(name, whole(), null)
  for (const name of ['user', 'password']) f?.get(name, string, null)
  const prefix = f?.need('prefix', string)
  return prefix === undefined ? undefined : { prefix }
}

const admin: Read<NonNullable<Config['admin']>> = (node, path, report) => {
  const f = open(node, path, report, ['address', 'api_key'])
  const [address, apiKey] = [f?.need('address', string), f?.need('api_key', string)]
  return address === undefined || apiKey === undefined ? undefined : { address, apiKey }
}

const addressed =
  (field: string): Read<boolean> =>
  (node, path, report) =>
    open(node, path, report, [field])?.need(field, string) !== undefined

type Core = Pick<Config, 'listeners' | 'etcd' | 'admin' | 'prometheus'>
const pingsix: Read<Core> = (node, path, report) => {
  const f = open(node, path, report, ['listeners', 'etcd', 'admin', 'prometheus', 'sentry'])
  if (f === undefined) return undefined
  const listeners = f.need('listeners', listOf(listener)) ?? []
  if (f.raw('listeners')?.items.length === 0)
    fail(report, `${path}.listeners`, f.lineOf('listeners'), 'length', '至少要有一个listener')
  f.get('sentry', addressed('dsn'), false)
  const core = {
    listeners,
    etcd: f.get('etcd', etcd, null),
    admin: f.get('admin', admin, null),
    prometheus: f.get('prometheus', addressed('address'), false),
  }
  if (core.admin !== null && core.etcd === null)
    warn(report, `${path}.admin`, f.lineOf('admin'), 'admin_without_etcd', '没有etcd时Admin API不会启动')
  return core
}

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
  const f = open(node, '', report, ['pingora', 'pingsix', ...resources])
  const core = f?.need('pingsix', pingsix)
  const value: Config = {
    ...(core ?? { listeners: [], etcd: null, admin: null, prometheus: false }),
    upstreams: f?.get('upstreams', listOf(upstream), []) ?? [],
    services: f?.get('services', listOf(service(types)), []) ?? [],
    globalRules: f?.get('global_rules', listOf(globalRule(types)), []) ?? [],
    routes: f?.get('routes', listOf(route(types)), []) ?? [],
  }
  checkIds(node, report)
  const routeLines = f?.raw('routes')?.items.map((item) => item.line) ?? []
  if (value.etcd !== null && resources.some((kind) => (f?.raw(kind)?.items.length ?? 0) > 0))
    warn(
      report,
      'pingsix.etcd',
      f?.lineOf('pingsix') ?? 1,
      'static_ignored',
      '配了etcd，文件里的路由、上游、服务、全局规则都不生效',
    )
  else if (report.errors.length === 0) warnReferences(value, routeLines, report)
  const byLine = (a: ConfigIssue, b: ConfigIssue): number => a.line - b.line
  return {
    value: report.errors.length === 0 ? value : null,
    errors: report.errors.sort(byLine),
    warnings: report.warnings.sort(byLine),
    routeLines,
  }
}
