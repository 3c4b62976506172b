// prometheus: counts a request when it is over. In a global rule and on the route, it counts twice.
import type { PluginType } from './plugin.js'

export const prometheus: PluginType = {
  name: 'prometheus',
  priority: 500,
  options: [],
  create: () => () => ({
    name: 'prometheus',
    priority: 500,
    logging(context) {
      const { route, host, node, sent, request, target } = context
      const matched = route !== null
      const added = context.metrics.record({
        code: sent.status === null ? '' : String(sent.status),
        route: route?.id ?? '',
        uri: matched ? target.path : '',
        host: matched ? host : '',
        service: matched ? (route.serviceId ?? host) : '',
        node,
        elapsedMs: sent.elapsedMs,
        ingress: request.bodyBytes ?? 0,
        egress: sent.bodyBytes,
      })
      for (const line of added) context.note(`\`${line}\``)
    },
  }),
}
