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

const quote = (value: string): string =>
  value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
const labelled = (name: string, labels: readonly (readonly [string, string])[]): string =>
  `${name}{${labels.map(([key, value]) => `${key}="${quote(value)}"`).join(',')}}`

export function createMetrics(): Metrics {
  const counts = new Map<string, number>()
  let changed: string[] = []
  const add = (key: string, n: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + n)
    if (n > 0 && !key.includes('_bucket{')) changed.push(`${key} +${n}`)
  }
  return {
    record(sample) {
      changed = []
      const { code, route, uri, host, service, node } = sample
      const short = [
        ['route', route],
        ['service', service],
        ['node', node],
      ] as const
      add('http_requests_total', 1)
      add(
        labelled('http_status', [
          ['code', code],
          ['route', route],
          ['matched_uri', uri],
          ['matched_host', host],
          ['service', service],
          ['node', node],
        ]),
        1,
      )
      for (const bound of [...latencyBuckets, Number.POSITIVE_INFINITY]) {
        const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound)
        add(
          labelled('http_latency_bucket', [['type', 'request'], ...short, ['le', le]]),
          sample.elapsedMs <= bound ? 1 : 0,
        )
      }
      add(labelled('http_latency_sum', [['type', 'request'], ...short]), sample.elapsedMs)
      add(labelled('http_latency_count', [['type', 'request'], ...short]), 1)
      add(labelled('bandwidth', [['type', 'ingress'], ...short]), sample.ingress)
      add(labelled('bandwidth', [['type', 'egress'], ...short]), sample.egress)
      return changed
    },
    text() {
      const types = {
        bandwidth: 'counter',
        http_latency: 'histogram',
        http_requests_total: 'gauge',
        http_status: 'counter',
      }
      return Object.entries(types)
        .flatMap(([name, type]) => {
          // A map keeps the order of first counting, so the buckets of one histogram stay in order.
          const lines = [...counts].filter(
            ([key]) => key === name || /^[^{]*/.exec(key)![0].replace(/_(bucket|sum|count)$/, '') === name,
          )
          return lines.length === 0
            ? []
            : [`# TYPE ${name} ${type}`, ...lines.map(([key, n]) => `${key} ${n}`)]
        })
        .join('\n')
    },
  }
}
