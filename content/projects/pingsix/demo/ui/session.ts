// What the page is playing: a scenario, the gateway made of it, the clock it runs on, what has been counted. It knows
// no elements; whoever shows something asks to be told of changes.
import { createClock, type VirtualClock } from '../../../_kit/clock.js'
import { createRng, seedFrom } from '../../../_kit/rng.js'
import type { GatewayRequest } from '../core/http.js'
import { type Loaded, loadGateway } from '../core/load.js'
import { createNetwork, type Network, type NodeMode, type NodeState } from '../core/network.js'
import type { Trace } from '../core/trace.js'

export interface Scenario {
  readonly yaml: string
  readonly request: GatewayRequest
  /** By address. */
  readonly nodes: Readonly<Record<string, NodeMode>>
  readonly reverse: boolean
}

export interface Session {
  scenario: Scenario
  loaded: Loaded
  clock: VirtualClock
  network: Network
  /** The last one. */
  trace: Trace | null
  /** Answers since the start: by backend address, and by status. */
  readonly byNode: Map<string, number>
  readonly byStatus: Map<string, number>
  /** Starts over with another scenario: new clock, new counters. */
  start(scenario: Scenario): void
  /** Sends the request `count` times, `gapMs` apart; the clock moves between, not after. */
  send(count: number, gapMs: number): void
  advance(ms: number): void
  setNode(address: string, mode: NodeMode): void
}

/** `refused` is called where a request is sent and there is no gateway to take it. */
export function createSession(first: Scenario, changed: () => void, refused: () => void): Session {
  const boot = (scenario: Scenario) => {
    const clock = createClock()
    const nodes: Record<string, NodeState> = {}
    for (const [address, mode] of Object.entries(scenario.nodes)) nodes[address] = { mode }
    const network = createNetwork(nodes)
    const insertOrder = scenario.reverse ? 'reverse' : 'document'
    const loaded = loadGateway(scenario.yaml, {
      clock,
      network,
      rng: createRng(seedFrom('pingsix')),
      insertOrder,
    })
    return { scenario, clock, network, loaded, trace: null }
  }
  const session: Session = {
    ...boot(first),
    byNode: new Map(),
    byStatus: new Map(),
    start(scenario) {
      Object.assign(session, boot(scenario))
      session.byNode.clear()
      session.byStatus.clear()
      changed()
    },
    send(count, gapMs) {
      const { gateway } = session.loaded
      if (gateway === null) {
        refused()
        return
      }
      const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
      for (let i = 0; i < count; i++) {
        if (i > 0) session.clock.advance(gapMs)
        const trace = gateway.handle(session.scenario.request)
        session.trace = trace
        if (trace.upstreamRequest !== null) add(session.byNode, trace.upstreamRequest.address)
        add(session.byStatus, trace.response === null ? '中断' : String(trace.response.status))
      }
      changed()
    },
    advance(ms) {
      session.clock.advance(ms)
      changed()
    },
    setNode(address, mode) {
      session.network.set(address, { mode })
      session.scenario = { ...session.scenario, nodes: { ...session.scenario.nodes, [address]: mode } }
      changed()
    },
  }
  return session
}

const isText = (value: unknown, limit: number): value is string =>
  typeof value === 'string' && value.length <= limit
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const modes: readonly unknown[] = ['ok', 'refuse', 'error', 'slow']

/** A scenario out of a link: foreign data. Null for anything that has not exactly the right shape. */
export function readShared(value: unknown): Scenario | null {
  if (!isRecord(value) || !isText(value['yaml'], 50_000) || !isRecord(value['request'])) return null
  const { method, target, headers, client } = value['request']
  if (!isText(method, 20) || !isText(target, 2000) || !isText(client, 60) || !Array.isArray(headers))
    return null
  const fields: [string, string][] = []
  for (const field of headers.slice(0, 50)) {
    if (!Array.isArray(field) || !isText(field[0], 200) || !isText(field[1], 2000)) return null
    fields.push([field[0], field[1]])
  }
  const nodes: Record<string, NodeMode> = {}
  if (isRecord(value['nodes']))
    // Just checked against the four modes.
    for (const [address, mode] of Object.entries(value['nodes']))
      if (modes.includes(mode)) nodes[address] = mode as NodeMode
  const request = { method, target, headers: fields, client }
  return { yaml: value['yaml'], request, nodes, reverse: value['reverse'] === true }
}
