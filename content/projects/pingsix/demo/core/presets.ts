// The six scenarios of the page, smallest first. Each shows one thing; the request is the one to send first.
import type { GatewayRequest } from './http.js'

export interface Preset {
  readonly id: string
  readonly title: string
  /** What to try, Chinese. */
  readonly hint: string
  readonly yaml: string
  readonly request: GatewayRequest
}

const head = `pingsix:
  listeners:
    - address: 0.0.0.0:8080
`
const get = (target: string, host: string, more: GatewayRequest['headers'] = []): GatewayRequest => ({
  method: 'GET',
  target,
  headers: [['Host', host], ...more],
  client: '203.0.113.7:51000',
})

export const presets: readonly Preset[] = [
  {
    id: 'minimal',
    title: '最小反代',
    hint: '两个节点轮询，权重2:1。连发6次，看看谁接了几次；再把一个节点设成「连接拒绝」。',
    yaml: `${head}
routes:
  - id: 1
    uri: /{*rest}
    upstream:
      nodes:
        127.0.0.1:1980: 2
        127.0.0.1:1981: 1
      retries: 1
`,
    request: get('/hello', 'example.com'),
  },
  {
    id: 'hosts',
    title: '主机与优先级',
    hint: '主机名倒着查。试试方法POST、主机b.com，或者路径/user/7/：少一条斜线也是404。',
    yaml: `${head}
routes:
  - id: by-host
    host: api.example.com
    uri: /user/{id}
    methods: [GET]
    upstream_id: a
  - id: vip
    uri: /user/{id}
    methods: [POST]
    priority: 10
    upstream_id: b
  - id: fallback
    uri: /user/{id}
    upstream_id: a

upstreams:
  - id: a
    nodes: { 10.0.0.1:80: 1 }
  - id: b
    nodes: { 10.0.0.2:80: 1 }
`,
    request: get('/user/7', 'api.example.com'),
  },
  {
    id: 'merge',
    title: '服务与插件合并',
    hint: '路由的limit-count盖过服务的；全局规则的prometheus与路由的各跑一次，请求数一次加二。',
    yaml: `${head}  prometheus:
    address: 127.0.0.1:9091

routes:
  - id: 1
    uri: /v1/{*rest}
    service_id: shop
    plugins:
      limit-count:
        key_type: head
        key: x-user
        count: 3
        time_window: 10
      prometheus: {}

services:
  - id: shop
    hosts: [shop.example.com]
    upstream:
      nodes: { 10.0.1.1:8080: 1, 10.0.1.2:8080: 1 }
      pass_host: rewrite
      upstream_host: backend.internal
    plugins:
      limit-count:
        key_type: vars
        key: remote_addr
        count: 100
        time_window: 1
      proxy-rewrite:
        regex_uri: ["^/v1/(.*)", "/$1"]
        host: shop.internal
        headers:
          add: [{ name: X-Gateway, value: pingsix }]
      gzip: {}

global_rules:
  - id: observe
    plugins:
      prometheus: {}
      ip-restriction:
        blacklist: [192.0.2.0/24]
`,
    request: get('/v1/cart?item=42', 'shop.example.com', [
      ['X-User', 'alice'],
      ['Accept-Encoding', 'gzip, br'],
    ]),
  },
  {
    id: 'limit',
    title: '限流',
    hint: '连发8次，第4次起被拒；再把时钟拨到窗口之后。换个端口再发：remote_addr带端口，算另一个人。',
    yaml: `${head}
routes:
  - id: 1
    uri: /login
    upstream:
      nodes: { 10.0.0.1:80: 1 }
    plugins:
      limit-count:
        key_type: vars
        key: remote_addr
        count: 3
        time_window: 5
        rejected_code: 429
        rejected_msg: 太快了
`,
    request: get('/login', 'example.com'),
  },
  {
    id: 'ketama',
    title: '一致性哈希与健康检查',
    hint: '把选中的节点设成5xx，等两次检查失败，键就沿环走到下一个节点；恢复以后又回来。',
    yaml: `${head}
routes:
  - id: 1
    uri: /{*rest}
    upstream:
      type: ketama
      key: arg_user
      nodes:
        10.0.0.1:80: 1
        10.0.0.2:80: 1
        10.0.0.3:80: 2
      checks:
        active:
          http_path: /healthz
          healthy: { interval: 2, successes: 2 }
          unhealthy: { http_failures: 2 }
`,
    request: get('/cart?user=alice', 'example.com'),
  },
  {
    id: 'absorb',
    title: '路由吸收陷阱',
    hint: '访问/hello却由users应答：它被并进了/{*rest}那一格，优先级又高。点「倒序插入」再发一次。',
    yaml: `${head}
routes:
  - id: all
    uri: /{*rest}
    upstream:
      nodes: { 10.0.0.1:80: 1 }
  - id: users
    uri: /api/users
    priority: 10
    upstream:
      nodes: { 10.0.0.2:80: 1 }
`,
    request: get('/hello', 'example.com'),
  },
]
