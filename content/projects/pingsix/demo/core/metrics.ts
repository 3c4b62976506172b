// The four metrics of the prometheus plugin, with their labels and buckets. They live as long as the gateway.

export interface Sample {
  readonly code: string
  readonly route: string
  readonly uri: string
  readonly host: string
  readonly service: string
  readonly node: string
  readonly elapsedMs: number
  /** Body bytes. */
  readonly ingress: number
  readonly egress: number
}

export interface Metrics {
  /** Returns what it added, without the buckets: `http_requests_total +1`. */
  record(sample: Sample): readonly string[]
  /** In Prometheus' text format. */
  text(): string
}

/** Upper bounds in milliseconds. */
export const latencyBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000]

interface Series {
  /** How many requests fell below each bound, and below infinity. */
  readonly buckets: number[]
  sum: number
  ingress: number
  egress: number
}

const quote = (value: string): string => (/[\\"\n]/.test(value) ? JSON.stringify(value) : `"${value}"`)
const labels = (pairs: Readonly<Record<string, string>>): string => {
  let out = ''
  for (const key in pairs) out += `${out === '' ? '' : ','}${key}=${quote(pairs[key]!)}`
  return out
}

export function createMetrics(): Metrics {
  let total = 0
  const statuses = new Map<string, number>()
  const series = new Map<string, Series>()
  return {
    record({ code, route, uri, host, service, node, elapsedMs, ingress, egress }) {
      total++
      const status = labels({ code, route, matched_uri: uri, matched_host: host, service, node })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const short = labels({ route, service, node })
      let one = series.get(short)
      if (one === undefined) {
        one = {
          buckets: Array.from({ length: latencyBuckets.length + 1 }, () => 0),
          sum: 0,
          ingress: 0,
          egress: 0,
        }
        series.set(short, one)
      }
      for (let i = 0; i < one.buckets.length; i++)
        if (elapsedMs <= (latencyBuckets[i] ?? Number.POSITIVE_INFINITY)) one.buckets[i]!++
      one.sum += elapsedMs
      one.ingress += ingress
      one.egress += egress
      return [
        'http_requests_total +1',
        `http_status{${status}} +1`,
        `http_latency_sum{type="request",${short}} +${elapsedMs}`,
        `bandwidth{type="ingress",${short}} +${ingress}`,
        `bandwidth{type="egress",${short}} +${egress}`,
      ]
    },
    text() {
      if (total === 0) return ''
      const out = [
        '# TYPE http_requests_total gauge',
        `http_requests_total ${total}`,
        '# TYPE http_status counter',
      ]
      for (const [status, n] of statuses) out.push(`http_status{${status}} ${n}`)
      out.push('# TYPE http_latency histogram')
      for (const [short, one] of series) {
        for (const [i, n] of one.buckets.entries())
          out.push(`http_latency_bucket{type="request",${short},le="${latencyBuckets[i] ?? '+Inf'}"} ${n}`)
        out.push(`http_latency_sum{type="request",${short}} ${one.sum}`)
        out.push(`http_latency_count{type="request",${short}} ${one.buckets.at(-1)}`)
      }
      out.push('# TYPE bandwidth counter')
      for (const [short, one] of series)
        for (const type of ['ingress', 'egress'] as const)
          out.push(`bandwidth{type="${type}",${short}} ${one[type]}`)
      return out.join('\n')
    },
  }
}
