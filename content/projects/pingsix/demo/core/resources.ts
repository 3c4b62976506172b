// Readers for routes, services and global rules, shared by the configuration file (YAML) and the Admin API (JSON).
// Codes of validation errors are those of the real validators.
import {
  type Fields,
  fail,
  listOf,
  mapping,
  oneOf,
  type Read,
  type Report,
  string,
  warn,
  whole,
} from './fields.js'
import { readPlugins } from './plugin-options.js'
import type { PluginType } from './plugins/plugin.js'
import type { GlobalRuleConfig, RouteConfig, ServiceConfig } from './types.js'
import { timeout, upstream } from './upstream-resource.js'

export const methods = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'CONNECT',
  'TRACE',
  'PURGE',
] as const

/** `name` alone if it is there, else the list; says so when both are. */
function oneOrMany(f: Fields, one: string, many: string, path: string, report: Report): string[] {
  const single = f.get(one, string, null)
  const list = f.get(many, listOf(string), [])
  if (single !== null && f.has(many))
    warn(report, `${path}.${many}`, f.lineOf(many), `${many}_ignored`, `同时有${one}和${many}时只用${one}`)
  return single !== null ? [single] : list
}

function warnHosts(hosts: readonly string[], name: string, f: Fields, path: string, report: Report): void {
  for (const host of hosts)
    if (host.includes('*') || host !== host.toLowerCase())
      warn(
        report,
        `${path}.${name}`,
        f.lineOf(name),
        'literal_host',
        `主机「${host}」按字面比较：2024年12月还没有泛域名，也不忽略大小写`,
      )
}

export const route = (types: readonly PluginType[]): Read<RouteConfig> =>
  mapping((f, path, report) => {
    const uriField = f.has('uri') ? 'uri' : 'uris'
    const config: RouteConfig = {
      id: f.get('id', string, ''),
      uris: oneOrMany(f, 'uri', 'uris', path, report),
      hosts: oneOrMany(f, 'host', 'hosts', path, report),
      methods: f.get('methods', listOf(oneOf(methods)), []),
      priority: f.get('priority', whole(), 0),
      plugins: readPlugins(f, path, report, types),
      upstream: f.get('upstream', upstream, null),
      upstreamId: f.get('upstream_id', string, null),
      serviceId: f.get('service_id', string, null),
      timeout: f.get('timeout', timeout, null),
    }
    if (!f.has('uri') && !f.has('uris'))
      fail(report, path, f.line, 'uri_or_uris_required', '路由要有uri或uris')
    if (!f.has('upstream') && config.upstreamId === null && config.serviceId === null)
      fail(report, path, f.line, 'upstream_or_service_required', '路由要有upstream、upstream_id或service_id')
    for (const uri of config.uris)
      if (/\*/.test(uri.replace(/\{\*[^}]*\}/g, '')))
        warn(
          report,
          `${path}.${uriField}`,
          f.lineOf(uriField),
          'literal_star',
          `「${uri}」里的 * 只是普通字符；任意后缀要写成 {*rest}`,
        )
    warnHosts(config.hosts, f.has('host') ? 'host' : 'hosts', f, path, report)
    return config
  })

export const service = (types: readonly PluginType[]): Read<ServiceConfig> =>
  mapping((f, path, report) => {
    const config: ServiceConfig = {
      id: f.get('id', string, ''),
      plugins: readPlugins(f, path, report, types),
      upstream: f.get('upstream', upstream, null),
      upstreamId: f.get('upstream_id', string, null),
      hosts: f.get('hosts', listOf(string), []),
    }
    if (!f.has('upstream') && config.upstreamId === null)
      fail(report, path, f.line, 'upstream_required', '服务要有upstream或upstream_id')
    warnHosts(config.hosts, 'hosts', f, path, report)
    return config
  })

export const globalRule = (types: readonly PluginType[]): Read<GlobalRuleConfig> =>
  mapping((f, path, report) => ({
    id: f.get('id', string, ''),
    plugins: readPlugins(f, path, report, types),
  }))
