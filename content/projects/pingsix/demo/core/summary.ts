// One Chinese sentence for a trace: what a screen reader hears after a request.
import { reasonOf } from './http.js'
import type { Trace } from './trace.js'

const layerName = { global: '全局规则', route: '路由' }

/** `200 OK：路由1 → 127.0.0.1:8080，13 ms`. */
export function summarize(trace: Omit<Trace, 'summary'>): string {
  const { answeredBy: by, response, route, attempts } = trace
  if (response === null) return `连接中断：${trace.error ?? '程序崩溃'}`
  const status = `${response.status} ${reasonOf(response.status)}`.trim()
  const where = route.routeId === null ? '' : `路由${route.routeId}`
  switch (by.kind) {
    case 'no-route':
      return `${status}：没有匹配的路由`
    case 'bad-request':
      return `${status}：${trace.error ?? ''}`
    case 'plugin':
      return `${status}：${where}，由${layerName[by.layer]}的${by.plugin}直接应答`
    case 'plugin-error':
      return `${status}：${where}，${by.plugin}出错：${trace.error ?? ''}`
    case 'upstream-error':
      return `${status}：${where}，${attempts.length > 1 ? `连接${attempts.length}次，` : ''}${trace.error ?? ''}`
    default: {
      const retried = attempts.length > 1 ? `（第${attempts.length}次才连上）` : ''
      return `${status}：${where} → ${attempts.at(-1)?.address ?? ''}${retried}，${trace.durationMs} ms`
    }
  }
}
