// From the text of a configuration to a running gateway, with everything there is to say about it.
import { readConfig } from './config.js'
import { resourcesOf, type World } from './data-plane.js'
import { createGateway, type Gateway } from './gateway.js'
import { pluginTypes } from './plugins/index.js'
import { MatcherPanic } from './routes.js'
import type { Config, ConfigIssue } from './types.js'

export interface Loaded {
  /** Null where the real program would not start. */
  readonly gateway: Gateway | null
  readonly config: Config | null
  readonly errors: readonly ConfigIssue[]
  readonly warnings: readonly ConfigIssue[]
}

const panicText = {
  InvalidParam: '参数写法不对',
  InvalidParamSegment: '参数后面只能是/或结尾',
  InvalidCatchAll: '{*…}只能在末尾',
  Conflict: '与已有的模式冲突',
}

/** Reads `source` and starts a gateway with it. With etcd configured, the gateway starts empty. Never throws. */
export function loadGateway(
  source: string,
  world: Omit<World, 'types'> & Partial<Pick<World, 'types'>>,
): Loaded {
  const types = world.types ?? pluginTypes
  const { value: config, errors, warnings, routeLines } = readConfig(source, types)
  if (config === null) return { gateway: null, config, errors, warnings }
  const gateway = createGateway({ ...world, types })
  const issue = (routeId: string, code: string, message: string): ConfigIssue => {
    const index = config.routes.findLastIndex((route) => route.id === routeId)
    return { path: `routes[${index}]`, code, message, line: routeLines[index] ?? 1 }
  }
  try {
    if (config.etcd === null) gateway.plane.load(resourcesOf(config))
  } catch (error) {
    if (!(error instanceof MatcherPanic)) throw error
    const { route, uri, reason } = error
    const other = reason.with === null ? '' : `「${reason.with}」`
    const panic = issue(
      route,
      reason.code,
      `路由${route}的「${uri}」插不进路由树：${panicText[reason.code]}${other}，真实程序启动时崩溃`,
    )
    return { gateway: null, config, errors: [panic], warnings }
  }
  const absorbed = gateway.plane
    .matcher()
    .absorptions.map(({ route, uri, slot, host, order, takesOver }) =>
      issue(
        route,
        'absorbed',
        `路由吸收：插入「${uri}」时先拿它当路径去查，查到了${host === null ? '' : `${host}的`}「${slot}」，于是并进那一格（次序${order.join('、')}）。` +
          (takesOver
            ? `${route}优先级更高，凡是「${slot}」匹配的路径都由它先答`
            : `${route}排在后面，多半永远轮不到`),
      ),
    )
  const all = [...warnings, ...absorbed].sort((a, b) => a.line - b.line)
  return { gateway, config, errors: [], warnings: all }
}
