// The other side of `client.ts`: in a worker this module opens the database and answers calls. On the page it does
// nothing but tell its own address, which is what a worker is started from; no bundler needs to know of it.
import { createEngine, type Engine } from './engine.js'
import { loadSqlite } from './load.js'

/** The address of this very module. */
export const workerUrl = import.meta.url

export type Call = {
  readonly [K in keyof Engine]: { readonly name: K; readonly args: Parameters<Engine[K]> }
}[keyof Engine]
export interface Request {
  readonly id: number
  readonly call: Call
}
export interface Response {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

/** Calls the method that `call` names. */
export function perform(engine: Engine, call: Call): unknown {
  // The union of calls pairs each name with its own arguments; TypeScript cannot follow that through the index.
  const method = engine[call.name] as (...args: readonly unknown[]) => unknown
  return method(...call.args)
}

interface WorkerScope {
  postMessage(message: Response): void
  addEventListener(type: 'message', listener: (event: { readonly data: Request }) => void): void
}

if (typeof document === 'undefined' && 'WorkerGlobalScope' in globalThis) {
  const scope = globalThis as unknown as WorkerScope // the DOM library has no types for the inside of a worker
  const engine = loadSqlite().then((sqlite3) => createEngine(sqlite3, () => performance.now()))
  scope.addEventListener('message', ({ data: { id, call } }) => {
    engine
      .then((ready) => scope.postMessage({ id, value: perform(ready, call) }))
      .catch((error: unknown) =>
        scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) }),
      )
  })
}
