// A trace as stages with lines of text, in the order things happened: the page and the walkthrough both show this,
// so they cannot drift apart. Code is set between grave accents; Chinese text, no markup.
import { reasonOf } from './http.js'
import type { Lookup } from './routes.js'
import type { Attempt, PluginStep, Trace } from './trace.js'

export interface Line {
  readonly text: string
  /** Whether this is what counted, what was passed over, or a remark. */
  readonly mark: 'yes' | 'no' | 'info'
  /** Badge: where a plugin comes from. */
  readonly badge?: string
}
export interface Stage {
  readonly title: string
  /** Pingora's name of the phase, '' where there is none. */
  readonly phase: string
  readonly state: 'ran' | 'stopped' | 'skipped'
  readonly lines: readonly Line[]
}

const yes = (text: string): Line => ({ text, mark: 'yes' })
const no = (text: string): Line => ({ text, mark: 'no' })
const info = (text: string): Line => ({ text, mark: 'info' })
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``

function lookupLines(lookup: Lookup, trace: Trace, isLast: boolean): Line[] {
  const table = lookup.host === null ? '不分主机的路径表' : `主机${code(lookup.host)}的路径表`
  if (lookup.pattern === null) {
    const patterns =
      lookup.patterns.length === 0 ? '（空）' : lookup.patterns.slice(0, 6).map(code).join('、')
    return [no(`${table}：没有模式匹配这个路径，表里有${patterns}`)]
  }
  const lines = [info(`${table}：命中模式${code(lookup.pattern)}，格子里${lookup.slot.length}条路由`)]
  let taken = false
  for (const { id, priority, methods, accepts } of lookup.slot) {
    const what = `路由${code(id)}，优先级${priority}，方法${methods.length === 0 ? '不限' : methods.join(' ')}`
    if (taken) lines.push(no(`${what}：排在后面，没轮到`))
    else if (accepts) lines.push(yes(`${what}：选中`))
    else lines.push(no(`${what}：不接受${trace.request.method}`))
    taken ||= accepts
  }
  if (!taken)
    lines.push(
      no(isLast ? '没有一条接受这个方法：404，而不是405' : '没有一条接受这个方法，退到不分主机的路径表'),
    )
  return lines
}

function routeStage(trace: Trace): Stage {
  const { route } = trace
  const lines: Line[] = []
  if (route.host === null || route.host === '') lines.push(info('请求里没有主机'))
  else if (route.hostFound)
    lines.push(yes(`主机${code(route.host)}倒写成${code(route.reversed ?? '')}，有自己的路径表`))
  else lines.push(no(`主机${code(route.host)}倒写成${code(route.reversed ?? '')}，没有路由指定它`))
  for (const [i, lookup] of route.lookups.entries())
    lines.push(...lookupLines(lookup, trace, i === route.lookups.length - 1))
  const params = Object.entries(route.params)
  if (params.length > 0)
    lines.push(info(`路径参数${params.map(([name, value]) => code(`${name}=${value}`)).join('、')}`))
  return {
    title: '匹配路由',
    phase: 'early_request_filter',
    state: route.routeId === null ? 'stopped' : 'ran',
    lines,
  }
}

function mergeStage(trace: Trace): Stage {
  const lines = [
    ...trace.global.map((e) => ({ ...e, list: '全局' })),
    ...trace.executor.map((e) => ({ ...e, list: '路由' })),
  ].map(
    ({ plugin, priority, origin, overridden, list }): Line => ({
      text: `${code(plugin)} ${priority}${overridden ? `：被同名插件盖过` : ''}`,
      mark: overridden ? 'no' : 'yes',
      badge: `${list} ${origin}`,
    }),
  )
  return {
    title: '合并插件',
    phase: '',
    state: 'ran',
    lines: lines.length === 0 ? [info('没有插件')] : lines,
  }
}

const stepLines = (steps: readonly PluginStep[]): Line[] =>
  steps.flatMap(({ plugin, notes: [first, ...more], stopped, layer, origin }): Line[] => [
    {
      text: `${code(plugin)}${first === undefined ? '' : `：${first}`}`,
      mark: stopped ? 'no' : 'yes',
      badge: `${layer === 'global' ? '全局' : '路由'} ${origin}`,
    },
    ...more.map(info),
  ])

const pickText = ({ type, selection: { pick }, key }: Attempt): string => {
  const place = `${pick.place + 1} / ${pick.places}`
  if (type === 'roundrobin') return `计数器${pick.number}，权重表第${place}项`
  if (type === 'random') return `随机数${pick.number}，权重表第${place}项`
  if (type === 'fnv') return `键${code(key)}的FNV-1a是${pick.number}，权重表第${place}项`
  return `键${code(key)}的CRC-32是${pick.number}，落在环上第${place}个点`
}

function connectStage(trace: Trace): Stage {
  const lines = trace.attempts.flatMap((attempt, i): Line[] => {
    const { selection, addresses, outcome } = attempt
    const skipped = selection.candidates
      .filter((c) => !c.healthy)
      .map((c) => no(`${code(addresses[c.backend] ?? '')}不健康，跳过`))
    const chosen =
      attempt.address === null
        ? []
        : [outcome === 'connected' ? yes : no].map((mark) =>
            mark(`第${i + 1}次：${code(attempt.address ?? '')}，${attempt.note}（${attempt.endMs} ms）`),
          )
    return [
      { ...info(pickText(attempt)), badge: `${attempt.type} ${attempt.upstream}` },
      ...skipped,
      ...(chosen.length > 0 ? chosen : [no(attempt.note)]),
    ]
  })
  if (trace.attempts.length === 0 && trace.answeredBy.kind === 'upstream-error')
    lines.push(no(trace.error ?? ''))
  const failed = trace.answeredBy.kind === 'upstream-error' && trace.upstreamRequest === null
  return {
    title: '选择节点并连接',
    phase: 'upstream_peer',
    state: failed ? 'stopped' : lines.length > 0 ? 'ran' : 'skipped',
    lines,
  }
}

const headerLines = (headers: readonly (readonly [string, string])[]): Line[] =>
  headers.map(([name, value]) => info(code(`${name}: ${value}`)))

/** All stages of a trace; those that did not take place are there, too, as skipped. */
export function outline(trace: Trace): Stage[] {
  const of = (phase: PluginStep['phase']): PluginStep[] => trace.steps.filter((step) => step.phase === phase)
  const { answeredBy: by, upstreamRequest: sent, response } = trace
  const pluginStage = (title: string, phase: string, steps: readonly PluginStep[], ran: boolean): Stage => ({
    title,
    phase,
    state: steps.some((step) => step.stopped) ? 'stopped' : ran ? 'ran' : 'skipped',
    lines: steps.length > 0 || !ran ? stepLines(steps) : [info('没有插件参与')],
  })
  if (by.kind === 'bad-request')
    return [
      { title: '读请求', phase: '', state: 'stopped', lines: [no(trace.error ?? '')] },
      responseStage(trace),
    ]
  const matched = trace.route.routeId !== null
  const reached = trace.attempts.length > 0 || by.kind === 'upstream-error'
  const answered = by.kind === 'upstream'
  const stages: Stage[] = [routeStage(trace), mergeStage(trace)]
  if (of('early').length > 0) stages.push(pluginStage('提前阶段', 'early_request_filter', of('early'), true))
  stages.push(
    matched
      ? pluginStage('请求阶段', 'request_filter', of('request'), true)
      : {
          title: '请求阶段',
          phase: 'request_filter',
          state: 'stopped',
          lines: [no('没有路由，答404；全局规则在这个阶段也不执行')],
        },
    reached
      ? connectStage(trace)
      : { title: '选择节点并连接', phase: 'upstream_peer', state: 'skipped', lines: [] },
    pluginStage(
      '改写上游请求',
      'upstream_request_filter',
      of('upstream'),
      sent !== null || of('upstream').length > 0,
    ),
  )
  if (sent !== null)
    stages.push({
      title: '上游收到',
      phase: '',
      state: by.kind === 'upstream-error' ? 'stopped' : 'ran',
      lines: [
        yes(`${code(sent.address)} ${code(`${sent.method} ${sent.target}`)}`),
        ...headerLines(sent.headers),
        ...(by.kind === 'upstream-error' ? [no(trace.error ?? '')] : []),
      ],
    })
  stages.push(pluginStage('响应阶段', 'response_filter', [...of('response'), ...of('body')], answered))
  if (response !== null) {
    const { action, reason } = trace.compression
    stages.push({
      title: '压缩模块',
      phase: '',
      state: 'ran',
      lines: [(action === 'none' ? info : yes)(reason)],
    })
  }
  if (by.kind !== 'panic') stages.push(pluginStage('日志阶段', 'logging', of('logging'), true))
  stages.push(responseStage(trace))
  return stages
}

function responseStage({ response, keepAlive, error }: Trace): Stage {
  if (response === null)
    return { title: '响应', phase: '', state: 'stopped', lines: [no(`没有响应，连接中断：${error ?? ''}`)] }
  const status = `${response.status} ${reasonOf(response.status)}`.trim()
  return {
    title: '响应',
    phase: '',
    state: 'ran',
    lines: [
      (response.status < 400 ? yes : no)(code(status)),
      ...headerLines(response.headers),
      ...(response.body === '' ? [info('没有响应体')] : [info(code(response.body.trimEnd()))]),
      ...(keepAlive ? [] : [info('随后关闭连接')]),
    ],
  }
}
