// Code of others that may never come back. Synchronous code cannot be stopped from within: a thread beside it looks
// whether it still moves, and ends the process where it does not, saying whose code it was. Nothing is lost by that:
// what is published was published whole, and locks of the dead are nobody's. No clock of it reaches a result.
import { Worker } from 'node:worker_threads'

export interface Guard {
  /** How long a call may take. */
  readonly limitMs: number
  /** `name`'s code runs from now on, within whatever ran before. */
  enter(name: string): void
  leave(): void
}

/** Runs a call under its owner's name. */
export function guarded<T>(guard: Guard, name: string, call: () => T): T {
  guard.enter(name)
  try {
    return call()
  } finally {
    guard.leave()
  }
}

/** The promise, or an error that names who did not keep it in time. */
export async function inTime<T>(guard: Guard, name: string, promise: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    const what = `plugin "${name}" has not come back for ${guard.limitMs / 1000} s`
    timer = setTimeout(() => fail(new Error(what)), guard.limitMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The thread's program: it shares two numbers with this one, who is running and how often that has changed. */
const watch = `
const { workerData: { shared, names, limitMs } } = require('node:worker_threads')
const cells = new Int32Array(shared)
let turn = -1
let since = 0
setInterval(() => {
  const [who, now] = [Atomics.load(cells, 0), Atomics.load(cells, 1)]
  if (who === 0 || now !== turn) {
    turn = now
    since = performance.now()
  } else if (performance.now() - since > limitMs) {
    require('node:fs').writeSync(2,
      '\\nplugin "' + names[who - 1] + '" has not come back for ' + limitMs / 1000 + ' s: the build was stopped, and nothing was published.\\n' +
      'fix: correct the plugin "' + names[who - 1] + '", or take it out of the configuration\\n')
    process.kill(process.pid, 'SIGKILL')
  }
}, Math.min(500, limitMs / 4))
`

/** Watches over this thread until it is closed. Without names there is nothing to watch. */
export function startGuard(names: readonly string[], limitMs: number): Guard & { close(): void } {
  const shared = new SharedArrayBuffer(8)
  const cells = new Int32Array(shared)
  const within: number[] = []
  const worker =
    names.length > 0
      ? new Worker(watch, { eval: true, execArgv: [], workerData: { shared, names, limitMs } })
      : undefined
  worker?.unref()
  const turnTo = (who: number): void => {
    Atomics.store(cells, 0, who)
    Atomics.add(cells, 1, 1)
  }
  return {
    limitMs,
    enter(name) {
      within.push(cells[0] ?? 0)
      turnTo(names.indexOf(name) + 1)
    },
    leave: () => turnTo(within.pop() ?? 0),
    close: () => void worker?.terminate(),
  }
}
