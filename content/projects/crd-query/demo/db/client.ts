// The page's side of the database: typed calls that go to a worker, in order, and come back as promises. Where the
// browser refuses a worker, the same engine runs on the page.
import type { Engine } from './engine.js'
import type { Call, Request, Response } from './worker.js'

/** The calls of the engine, answered later. */
export type DatabaseClient = {
  readonly [K in keyof Engine]: (...args: Parameters<Engine[K]>) => Promise<ReturnType<Engine[K]>>
}

type Send = (call: Call) => Promise<unknown>

const clientOf = (send: Send): DatabaseClient => {
  const method =
    <K extends keyof Engine>(name: K) =>
    (...args: Parameters<Engine[K]>) =>
      // Name and arguments belong together by the signature above; so does the answer.
      send({ name, args } as unknown as Call) as Promise<ReturnType<Engine[K]>>
  return {
    open: method('open'),
    load: method('load'),
    apply: method('apply'),
    page: method('page'),
    ask: method('ask'),
    count: method('count'),
    export: method('export'),
  }
}

function sendTo(worker: Worker): Send {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0
  worker.addEventListener('message', (event: MessageEvent<Response>) => {
    const { id, value, error } = event.data
    const call = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) call?.resolve(value)
    else call?.reject(new Error(error))
  })
  worker.addEventListener('error', (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message || '工作线程无法启动'))
    waiting.clear()
  })
  return (call) =>
    new Promise((resolve, reject) => {
      const request: Request = { id: ++lastId, call }
      waiting.set(request.id, { resolve, reject })
      worker.postMessage(request)
    })
}

/** Loads SQLite (some 470 kB) and opens an empty database. */
export async function openDatabase(): Promise<DatabaseClient> {
  const { perform, workerUrl } = await import('./worker.js')
  let worker: Worker | null = null
  try {
    worker = new Worker(workerUrl, { type: 'module' })
    const client = clientOf(sendTo(worker))
    await client.open()
    return client
  } catch {
    worker?.terminate()
    const [{ createEngine }, { loadSqlite }] = await Promise.all([import('./engine.js'), import('./load.js')])
    const engine = createEngine(await loadSqlite(), () => performance.now())
    engine.open()
    return clientOf(async (call) => perform(engine, call))
  }
}
