// Worker threads for jobs that are many, or that may never end. Plain data in, plain data out; a job that takes
// too long is killed with its worker, and a crash becomes the job's error. Results come in job order, so that no
// timing can be seen in them. Verification stays on the main thread: workers only run.
import type { EventLoopUtilization } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'

export interface PoolOptions {
  /**
   * Absolute path of the thread's module. It answers each message `{ id, job }` with `{ id, result }` or `{ id, error }`,
   * and may say `{ at }` in between: what it is at, '' for nothing in particular.
   */
  readonly file: string
  /** Given to each worker when it starts. */
  readonly data: () => unknown
  /** Sent to each worker as `{ hello }` before its first job; asked for then. */
  readonly hello: () => unknown
  readonly size: number
  /**
   * A job that has run so long (milliseconds), or up to twice as long behind others, is given up, once this process has
   * also worked so long since then: on a machine that is busy with other things it has more time, up to ten times as much.
   */
  readonly timeoutMs: number
}

/** Of each worker, in MiB: one job that wants more ends its worker and not the program, and idle garbage stays small. */
const resourceLimits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 48 }

/** So many jobs are sent to a worker at once: while this thread is busy it has something to do. */
const ahead = 6

export type Outcome<R> =
  | { readonly result: R }
  | { readonly error: 'timeout' | 'crash'; readonly message: string }

interface Waiting<J, R> {
  readonly job: J
  readonly settle: (outcome: Outcome<R>) => void
}

export interface Pool<J, R> {
  run(job: J): Promise<Outcome<R>>
  /** Takes back the first job for which `may` holds and that no worker was sent; its promise is never settled. */
  take(may: (job: J) => boolean): J | undefined
  /** Starts all workers: they load while there is nothing to do for them. */
  warm(): void
  close(): Promise<void>
}

interface Reply<R> {
  readonly id?: number
  readonly result?: R
  readonly error?: string
  readonly at?: string
}

export function makePool<J, R>(options: PoolOptions): Pool<J, R> {
  const queue: Waiting<J, R>[] = []
  const idle: Slot[] = []
  const slots = new Set<Slot>()
  let ids = 0

  /** One worker, the job it is at, and those that it will be at next. */
  class Slot {
    private sent: { readonly id: number; readonly waiting: Waiting<J, R> }[] = []
    private timer: NodeJS.Timeout | undefined
    /** The job that the timer was set for. */
    private watched: number | undefined
    private greeted = false
    /** What the worker said that it is at. */
    private at = ''
    private worker: Worker | undefined = this.start()

    private start(): Worker {
      this.greeted = false
      const worker = new Worker(options.file, { workerData: options.data(), resourceLimits })
      worker.on('message', (reply: Reply<R>) => {
        if (reply.at !== undefined) this.at = reply.at
        if (reply.id === undefined || reply.id !== this.sent[0]?.id) return
        if (reply.error === undefined) this.settle({ result: reply.result as R })
        else this.settle({ error: 'crash', message: reply.error })
      })
      // An error may be told before answers that were given before it. The end is told when all answers are.
      let reason: string | undefined
      worker.on('error', (error) => {
        reason = error instanceof Error ? error.message : String(error)
      })
      worker.on('exit', (code) =>
        this.replace({ error: 'crash', message: reason ?? `the worker stopped with code ${code}` }),
      )
      return worker
    }

    /** The worker is gone or given up: another one takes its place when there is another job. */
    private replace(outcome: Outcome<R>): void {
      this.worker?.removeAllListeners()
      void this.worker?.terminate()
      this.worker = undefined
      const [current, ...others] = this.sent
      queue.unshift(...others.map(({ waiting }) => waiting))
      this.sent = current ? [current] : []
      this.settle(outcome)
    }

    private settle(outcome: Outcome<R>): void {
      this.sent.shift()?.waiting.settle(outcome)
      this.next()
    }

    /** Sends what may be sent; sees to it that the worker is watched. */
    next(): void {
      this.at = ''
      while (this.sent.length < ahead) {
        const waiting = queue.shift()
        if (!waiting) break
        const id = ids++
        this.sent.push({ id, waiting })
        this.worker ??= this.start()
        if (!this.greeted) this.worker.postMessage({ hello: options.hello() })
        this.greeted = true
        this.worker.postMessage({ id, job: waiting.job })
      }
      if (this.sent.length === 0) {
        if (!idle.includes(this)) idle.push(this)
        clearTimeout(this.timer)
        this.timer = undefined
      } else if (this.timer === undefined) this.watch()
    }

    /** Times the job that the worker is at now. Clocks are looked at now and then, not for each of many short jobs. */
    private watch(): void {
      this.watched = this.sent[0]?.id
      this.wait(options.timeoutMs, process.cpuUsage(), this.worker?.performance.eventLoopUtilization())
    }

    /** Gives the job up after `ms`, unless the processors were somebody else's meanwhile. */
    private wait(ms: number, cpu: NodeJS.CpuUsage, loop?: EventLoopUtilization, more = 10): void {
      this.timer = setTimeout(() => {
        if (this.sent[0]?.id !== this.watched) {
          this.watch()
          return
        }
        const { user, system } = process.cpuUsage(cpu)
        const left = options.timeoutMs - (user + system) / 1000
        // A worker that is still being loaded has no loop to be idle in.
        const { idle = 0, utilization = 1 } = this.worker?.performance.eventLoopUtilization(loop) ?? {}
        const isWaiting = idle > 0 && utilization < 0.5
        if (left > 0 && more > 1 && !isWaiting) this.wait(Math.max(left, 50), cpu, loop, more - 1)
        else {
          this.timer = undefined
          const where = this.at === '' ? '' : ` in ${this.at}`
          this.replace({ error: 'timeout', message: `gave up after ${options.timeoutMs / 1000} s${where}` })
        }
      }, ms)
    }

    async stop(): Promise<void> {
      clearTimeout(this.timer)
      this.worker?.removeAllListeners()
      await this.worker?.terminate()
    }
  }

  return {
    warm() {
      while (slots.size < options.size) {
        const slot = new Slot()
        slots.add(slot)
        idle.push(slot)
      }
    },
    run(job) {
      return new Promise((settle) => {
        queue.push({ job, settle })
        const free = idle.pop()
        if (free) free.next()
        else if (slots.size < options.size) {
          const slot = new Slot()
          slots.add(slot)
          slot.next()
        }
      })
    },
    take(may) {
      const at = queue.findIndex(({ job }) => may(job))
      return at < 0 ? undefined : queue.splice(at, 1)[0]?.job
    },
    async close() {
      await Promise.all([...slots].map((slot) => slot.stop()))
    },
  }
}
