// The other side of the gateway: simulated backends with their health, what each has answered, the limit windows, the
// metrics.
import { h, replace } from '../../../_kit/dom.js'
import { formatMs } from '../../../_kit/log.js'
import type { UpstreamRuntime } from '../core/data-plane.js'
import type { NodeMode } from '../core/network.js'
import type { Session } from './session.js'

const modeNames: Readonly<Record<NodeMode, string>> = {
  ok: '正常',
  refuse: '连接拒绝',
  error: '5xx',
  slow: '慢（3秒）',
}
const isMode = (value: string): value is NodeMode => value in modeNames
const head = (...titles: readonly string[]): HTMLElement =>
  h(
    'thead',
    {},
    h(
      'tr',
      {},
      titles.map((title) => h('th', { scope: 'col' }, title)),
    ),
  )
const bar = (value: number, max: number, label: string): HTMLElement =>
  h('meter', { min: 0, max: Math.max(1, max), value, 'aria-label': label })

export function worldPanel(session: Session): { element: HTMLElement; render(): void } {
  const backends = h('div', { class: 'backends' })
  const counts = h('div', {})
  const limits = h('div', {})
  const metrics = h('pre', { tabindex: 0, 'aria-label': '指标，Prometheus文本格式' })
  let built: unknown

  /** Cells that change while the table stays: a select must not lose the focus when the clock ticks. */
  let updates: (() => void)[] = []
  const backendTable = (upstream: UpstreamRuntime): HTMLElement => {
    const { label, balancer, health, config } = upstream
    const rows = balancer.backends.map((backend, i) => {
      const { address } = backend
      const mode = h(
        'select',
        {
          'aria-label': `${address}的状态`,
          on: { change: () => isMode(mode.value) && session.setNode(address, mode.value) },
        },
        Object.entries(modeNames).map(([value, name]) => h('option', { value }, name)),
      )
      const state = h('td', {})
      const number = h('td', { class: 'number' })
      const share = h('td', { class: 'share' })
      updates.push(() => {
        mode.value = session.network.state(address).mode
        const { healthy, run, threshold } = health.state(i)
        state.className = config.check === null ? 'quiet' : healthy ? 'good' : 'bad'
        state.textContent =
          config.check === null
            ? '不检查'
            : `${healthy ? '健康' : '不健康'}${run > 0 ? `，反面${run}/${threshold}` : ''}`
        const n = session.byNode.get(address) ?? 0
        number.textContent = String(n)
        const total = [...session.byNode.values()].reduce((sum, one) => sum + one, 0)
        replace(share, bar(n, total, `${address}接了${n}次，共${total}次`))
      })
      const name = backend.node === address ? null : h('span', { class: 'quiet' }, `来自${backend.node}`)
      return h(
        'tr',
        {},
        h('th', { scope: 'row' }, h('code', {}, address), name),
        h('td', { class: 'number' }, String(backend.weight)),
        state,
        h('td', {}, mode),
        number,
        share,
      )
    })
    return h(
      'table',
      {},
      h('caption', {}, `${label}，${balancer.type}`),
      head('节点', '权重', '健康', '模拟', '已接', '占比'),
      h('tbody', {}, rows),
    )
  }
  const renderLimits = (): void => {
    const plugins = session.loaded.gateway?.plane.plugins() ?? []
    const tables = plugins.flatMap(({ plugin, origin }) => {
      const meters = plugin.meters?.()
      if (meters === undefined) return []
      const { limit, remainingMs, keys } = meters
      const left = remainingMs === 0 ? '窗口已过，下一个请求开新窗口' : `窗口还剩${formatMs(remainingMs)}`
      const shown = keys.slice(-8)
      return h(
        'table',
        {},
        h('caption', {}, `limit-count，${origin}：${left}`),
        head('键', '次数', `上限${limit}`),
        h(
          'tbody',
          {},
          shown.length === 0
            ? h('tr', {}, h('td', { colspan: 3, class: 'quiet' }, '还没有计数'))
            : shown.map(({ key, count }) =>
                h(
                  'tr',
                  {},
                  h('th', { scope: 'row' }, h('code', {}, key === '' ? '（空）' : key)),
                  h('td', { class: count > limit ? 'number bad' : 'number' }, String(count)),
                  h('td', { class: 'share' }, bar(Math.min(count, limit), limit, `${count}/${limit}`)),
                ),
              ),
        ),
      )
    })
    replace(limits, tables)
  }

  return {
    element: h(
      'section',
      { class: 'world', 'aria-labelledby': 'pingsix-world-title' },
      h('h2', { id: 'pingsix-world-title' }, '后端与计数'),
      backends,
      counts,
      limits,
      h('details', {}, h('summary', {}, '指标'), metrics),
    ),
    render() {
      const { gateway } = session.loaded
      const upstreams = gateway?.plane.upstreams() ?? []
      // Resources put through the Admin API are new objects, too.
      const identity = upstreams.map((u) => u.label).join() + String(upstreams.length)
      const last = upstreams.at(-1)
      if (built !== last || backends.dataset['of'] !== identity) {
        built = last
        backends.dataset['of'] = identity
        updates = []
        replace(
          backends,
          upstreams.length === 0 ? h('p', { class: 'quiet' }, '没有上游。') : upstreams.map(backendTable),
        )
      }
      for (const update of updates) update()
      const answers = [...session.byStatus].sort(([a], [b]) => (a < b ? -1 : 1))
      replace(
        counts,
        answers.length > 0 &&
          h(
            'p',
            { class: 'answers' },
            '状态码：',
            answers.map(([status, n]) => [h('code', {}, status), `×${n} `]),
          ),
      )
      renderLimits()
      metrics.textContent = gateway?.metrics.text() || '没有计数：路由、服务或全局规则里要有prometheus插件。'
    },
  }
}
