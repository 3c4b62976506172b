// Readers for upstreams with their timeouts and health checks.
import {
  boolean,
  describe,
  type Fields,
  fail,
  listOf,
  mapping,
  oneOf,
  type Read,
  type Report,
  seconds,
  string,
  warn,
  whole,
} from './fields.js'
import type { ActiveCheck, Timeout, UpstreamConfig } from './types.js'

/** `timeout` of a route or an upstream. */
export const timeout = mapping<Timeout>((f) => {
  const connect = f.need('connect', seconds)
  const send = f.need('send', seconds)
  const read = f.need('read', seconds)
  return connect === undefined || send === undefined || read === undefined
    ? undefined
    : { connect, send, read }
})

const nodeKey = /^(?:(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d+)?$/i
/** Rings larger than this are refused here, not by the real program: the page builds them while one types. */
const maxWeight = 5000

const nodes: Read<UpstreamConfig['nodes']> = (node, path, report) => {
  const out: { node: string; weight: number }[] = []
  if (node.kind !== 'mapping')
    return fail(report, path, node.line, 'invalid_type', `应为「地址: 权重」的映射，实际是${describe(node)}`)
  for (const entry of node.entries) {
    const at = `${path}.${entry.key}`
    if (!nodeKey.test(entry.key))
      fail(report, at, entry.line, 'invalid_node_key', `节点「${entry.key}」不是 主机[:端口]`)
    const weight = whole()({ ...entry.value, line: entry.line }, at, report)
    if (weight !== undefined) out.push({ node: entry.key, weight })
  }
  if (node.entries.length === 0) fail(report, path, node.line, 'length', '至少要有一个节点')
  return out
}

const healthy = mapping((f) => ({
  interval: Math.max(1, f.get('interval', whole(), 1)),
  httpStatuses: f.get('http_statuses', listOf(whole()), [200, 302]),
  successes: f.get('successes', whole(), 2),
}))
const unhealthy = mapping((f) => ({
  httpFailures: f.get('http_failures', whole(), 5),
  tcpFailures: f.get('tcp_failures', whole(), 2),
}))
const active = mapping<ActiveCheck>((f) => {
  f.get('https_verify_certificate', boolean, true)
  f.get('req_headers', listOf(string), [])
  return {
    type: f.get('type', oneOf(['http', 'https', 'tcp']), 'http'),
    timeout: f.get('timeout', whole(), 1),
    httpPath: f.get('http_path', string, '/'),
    host: f.get('host', string, null),
    port: f.get('port', whole(), null),
    healthy: f.get('healthy', healthy, null),
    unhealthy: f.get('unhealthy', unhealthy, null),
  }
})
const checks = mapping<ActiveCheck>((f) => f.get('active', active, undefined))

function checkWeights(config: UpstreamConfig, f: Fields, path: string, report: Report): void {
  const weights = config.nodes.map((n) => n.weight)
  const line = f.lineOf('nodes')
  const at = `${path}.nodes`
  if (weights.length === 0) return
  if (weights.every((w) => w === 0))
    fail(report, at, line, 'zero_weight', '权重全为0：真实程序会在选节点时崩溃')
  else if (config.type === 'ketama' && weights.includes(0))
    fail(report, at, line, 'zero_weight', 'ketama不能有权重0的节点：真实程序会崩溃')
  if (weights.reduce((a, b) => a + b, 0) > maxWeight)
    fail(report, at, line, 'weight_limit', `权重之和超过${maxWeight}：这是本页的限制，不是PingSIX的`)
  if ((config.type === 'fnv' || config.type === 'ketama') && (config.retries ?? 0) > 0)
    warn(
      report,
      `${path}.retries`,
      f.lineOf('retries'),
      'retry_same_node',
      `${config.type}重试时会选中同一个节点，除非健康检查已摘掉它`,
    )
}

const apisixTypes = {
  chash: 'APISIX的chash在这里写作ketama',
  ewma: 'PingSIX没有ewma',
  least_conn: 'PingSIX没有least_conn',
}

/** One upstream, inline or of the list. */
export const upstream = mapping<UpstreamConfig>((f, path, report) => {
  const config: UpstreamConfig = {
    id: f.get('id', string, ''),
    nodes: f.need('nodes', nodes) ?? [],
    type: f.get('type', oneOf(['roundrobin', 'random', 'fnv', 'ketama'], apisixTypes), 'roundrobin'),
    hashOn: f.get(
      'hash_on',
      oneOf(['vars', 'head', 'cookie'], { header: 'APISIX的header在这里写作head' }),
      'vars',
    ),
    key: f.get('key', string, 'uri'),
    scheme: f.get('scheme', oneOf(['http', 'https', 'grpc', 'grpcs']), 'http'),
    passHost: f.get('pass_host', oneOf(['pass', 'rewrite'], { node: 'node是2025年后加入的' }), 'pass'),
    upstreamHost: f.get('upstream_host', string, null),
    retries: f.get('retries', whole(), null),
    retryTimeout: f.get('retry_timeout', seconds, null),
    timeout: f.get('timeout', timeout, null),
    check: f.get('checks', checks, null),
  }
  if (config.passHost === 'rewrite' && config.upstreamHost === null)
    fail(
      report,
      path,
      f.lineOf('pass_host'),
      'upstream_host_required_for_rewrite',
      'pass_host为rewrite时必须有upstream_host',
    )
  checkWeights(config, f, path, report)
  return config
})
