// Which backend a request goes to: the backends of an upstream in Pingora's order, and its four ways to walk them.
// It does not know health; it is asked for one candidate after the other until one is fit.
import type { Rng } from '../../../_kit/rng.js'
import { crc32, fnv1a64, le32, le64, utf8 } from './hash.js'
import { formatIp, formatSocket, type Ip, parseIp } from './ip.js'
import type { BalancerType, UpstreamConfig } from './types.js'

export interface Backend {
  readonly ip: Ip
  readonly port: number
  readonly weight: number
  /** `ip:port`. */
  readonly address: string
  /** The node it comes from, as configured. */
  readonly node: string
}

/** `host[:port]`: IPv6 keeps its brackets. Null for what cannot be read. */
export function parseNode(text: string): { host: string; port: number | null } | null {
  const match = /^(?:\[(.+?)\]|([^:]+))(?::(\d+))?$/.exec(text)
  if (match === null) return null
  const port = match[3] === undefined ? null : Number(match[3])
  if (port !== null && port > 0xffffffff) return null
  const host = match[1] ?? match[2] ?? ''
  return { host: host.includes(':') ? `[${host}]` : host, port }
}

/** Addresses of a host name; the page has no network, so they are made up, but always the same. */
export type Resolve = (name: string) => readonly string[]

export const inventAddress: Resolve = (name) => {
  if (name === 'localhost') return ['127.0.0.1']
  const h = crc32(utf8(name.toLowerCase()))
  return [`198.18.${(h >>> 8) & 255}.${1 + (h % 254)}`]
}

const compareIp = (a: Ip, b: Ip): number =>
  a.version - b.version || (a.bits < b.bits ? -1 : a.bits > b.bits ? 1 : 0)

/** Sorted: IPv4 before IPv6, address, port, weight; equal ones are one. */
export function sortBackends(backends: readonly Backend[]): Backend[] {
  const sorted = [...backends].sort((a, b) => compareIp(a.ip, b.ip) || a.port - b.port || a.weight - b.weight)
  return sorted.filter(
    (b, i) => i === 0 || b.address !== sorted[i - 1]!.address || b.weight !== sorted[i - 1]!.weight,
  )
}

/** One backend. Throws where `ip` is no address. */
export function backend(ip: string, port: number, weight = 1, node = ''): Backend {
  const parsed = parseIp(ip)
  if (parsed === null) throw new Error(`no IP address: ${ip}`)
  return {
    ip: parsed,
    port,
    weight,
    address: formatSocket(parsed, port),
    node: node || formatSocket(parsed, port),
  }
}

/** The backends of an upstream: port 443 is the default for `https` only (not for grpcs), else 80. */
export function backendsOf(upstream: UpstreamConfig, resolve: Resolve): Backend[] {
  const out: Backend[] = []
  for (const { node, weight } of upstream.nodes) {
    const parsed = parseNode(node)
    if (parsed === null) continue
    // The port is cut to 16 bits, as the real program does.
    const port = (parsed.port ?? (upstream.scheme === 'https' ? 443 : 80)) & 0xffff
    const host = parsed.host.replace(/^\[|\]$/g, '')
    const ips = parseIp(host) === null ? resolve(host) : [host]
    for (const ip of ips) if (parseIp(ip) !== null) out.push(backend(ip, port, weight, node))
  }
  return sortBackends(out)
}

export interface Point {
  /** Unsigned, 32 bits. */
  readonly hash: number
  /** Index of the backend. */
  readonly backend: number
}

/** nginx's ring: 160 points for each unit of weight, sorted, equal hashes dropped. */
export function ketamaRing(backends: readonly Backend[]): Point[] {
  const total = backends.reduce((sum, b) => sum + 160 * b.weight, 0)
  // Hash and index in one number (48 bits): typed arrays sort much faster than lists of objects.
  const packed = new Float64Array(total)
  let n = 0
  for (const [index, b] of backends.entries()) {
    const base = crc32(utf8(`${formatIp(b.ip)}\0${b.port}`))
    let hash = 0
    for (let i = 0; i < 160 * b.weight; i++) {
      hash = crc32(le32(hash), base)
      packed[n++] = hash * 65536 + index
    }
  }
  packed.sort()
  const ring: Point[] = []
  for (const value of packed) {
    const hash = Math.floor(value / 65536)
    if (ring.at(-1)?.hash !== hash) ring.push({ hash, backend: value % 65536 })
  }
  return ring
}

/** How the first candidate was found, for the trace. */
export interface Pick {
  /** Counter, random number or hash, in decimal. */
  readonly number: string
  /** Its place in the weighted list, or on the ring. */
  readonly place: number
  readonly places: number
}

export interface Walk {
  readonly pick: Pick
  /** Index of the next candidate; the same one may come again. */
  next(): number
}

export interface Balancer {
  readonly type: BalancerType
  readonly backends: readonly Backend[]
  /** Indexes repeated by weight; empty for ketama. */
  readonly weighted: readonly number[]
  /** Empty but for ketama. */
  readonly ring: readonly Point[]
  /** The shared counter of round robin: what the next walk begins with. */
  readonly counter: number
  /** Begins a walk; throws where there is nothing to pick from. */
  walk(key: string): Walk
}

/** A balancer over sorted backends. Round robin counts across all walks; random numbers come from `rng`. */
export function createBalancer(type: BalancerType, backends: readonly Backend[], rng: Rng): Balancer {
  const ring = type === 'ketama' ? ketamaRing(backends) : []
  const weighted =
    type === 'ketama' ? [] : backends.flatMap((b, i) => Array.from({ length: b.weight }, () => i))
  const n = backends.length
  let counter = 0

  /** Later candidates come from the plain list, by `step(previous)`. */
  const overList = (first: bigint, step: (before: bigint) => bigint): Walk => {
    const place = Number(first % BigInt(weighted.length))
    let before: bigint | null = null
    return {
      pick: { number: String(first), place, places: weighted.length },
      next() {
        const now = before === null ? first : step(before)
        const index = before === null ? weighted[place]! : Number(now % BigInt(n))
        before = now
        return index
      },
    }
  }
  return {
    type,
    backends,
    weighted,
    ring,
    get counter() {
      return counter
    },
    walk(key) {
      if (type === 'ketama' ? ring.length === 0 : weighted.length === 0)
        throw new Error('no backend to pick from')
      if (type === 'roundrobin') return overList(BigInt(counter++), () => BigInt(counter++))
      if (type === 'random') return overList(BigInt(rng.uint32()), () => BigInt(rng.uint32()))
      if (type === 'fnv') return overList(fnv1a64(utf8(key)), (hash) => fnv1a64(le64(hash)))
      const hash = crc32(utf8(key))
      let at = firstAtLeast(ring, hash)
      return {
        pick: { number: String(hash), place: at, places: ring.length },
        next() {
          const index = ring[at]!.backend
          at = (at + 1) % ring.length
          return index
        },
      }
    },
  }
}

/** Place of the first point whose hash is not below `hash`; 0 behind the last one. */
function firstAtLeast(ring: readonly Point[], hash: number): number {
  let low = 0
  let high = ring.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ring[middle]!.hash < hash) low = middle + 1
    else high = middle
  }
  return low === ring.length ? 0 : low
}

export interface Candidate {
  readonly backend: number
  readonly healthy: boolean
}
export interface Selection {
  readonly pick: Pick
  /** In the order tried; each backend once. */
  readonly candidates: readonly Candidate[]
  /** The first healthy one, or null. */
  readonly chosen: number | null
}

/** At most 256 steps, as in Pingora: with nobody healthy, round robin burns all of them. */
export function select(balancer: Balancer, key: string, isHealthy: (index: number) => boolean): Selection {
  const walk = balancer.walk(key)
  const candidates: Candidate[] = []
  const seen = new Set<number>()
  for (let step = 0; step < 256; step++) {
    const backend = walk.next()
    if (seen.has(backend)) continue
    seen.add(backend)
    const healthy = isHealthy(backend)
    candidates.push({ backend, healthy })
    if (healthy) return { pick: walk.pick, candidates, chosen: backend }
  }
  return { pick: walk.pick, candidates, chosen: null }
}
