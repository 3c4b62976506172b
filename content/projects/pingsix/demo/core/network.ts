// The world behind the gateway: what a connection to a backend does. Simulated; nothing here ever opens a socket.

import { utf8 } from './hash.js'
import type { ProbeResult } from './health.js'
import type { Header } from './http.js'

export type NodeMode = 'ok' | 'refuse' | 'error' | 'slow'

export interface NodeState {
  readonly mode: NodeMode
  /** For `error`; the default is 500. */
  readonly status?: number
  /** Until the answer begins; the default is 12, and 3000 for `slow`. */
  readonly latencyMs?: number
  /** Until a connection is made or refused; the default is 1. */
  readonly connectMs?: number
}

export interface BackendReply {
  readonly status: number
  readonly headers: readonly Header[]
  readonly body: string
}

export interface Network {
  state(address: string): NodeState
  set(address: string, state: NodeState): void
  connectMs(address: string): number
  latencyMs(address: string): number
  probe(address: string): ProbeResult
  /** The answer of a backend that took the connection. */
  answer(address: string, request: { method: string; target: string; host: string }): BackendReply
}

/** A network where every backend is well until told otherwise. */
export function createNetwork(initial: Readonly<Record<string, NodeState>> = {}): Network {
  const states = new Map(Object.entries(initial))
  const state = (address: string): NodeState => states.get(address) ?? { mode: 'ok' }
  const statusOf = (node: NodeState): number => (node.mode === 'error' ? (node.status ?? 500) : 200)
  return {
    state,
    set: (address, next) => {
      states.set(address, next)
    },
    connectMs: (address) => state(address).connectMs ?? 1,
    latencyMs: (address) => state(address).latencyMs ?? (state(address).mode === 'slow' ? 3000 : 12),
    probe: (address) => ({ connected: state(address).mode !== 'refuse', status: statusOf(state(address)) }),
    answer(address, request) {
      const status = statusOf(state(address))
      const body = `${JSON.stringify({ node: address, method: request.method, uri: request.target, host: request.host, status })}\n`
      return {
        status,
        headers: [
          ['Content-Type', 'application/json'],
          ['Content-Length', String(utf8(body).length)],
        ],
        body: request.method === 'HEAD' ? '' : body,
      }
    },
  }
}
