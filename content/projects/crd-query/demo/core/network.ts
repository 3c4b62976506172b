// The way between the informers and the apiserver, and what goes wrong on it: latency, refused connections, 429,
// streams that break. Events of a stream arrive in order, all that are due at one instant together.
import type { Clock } from '../../../_kit/clock.js'
import type { ApiServer } from './apiserver.js'
import { ApiError, ConnectionRefused, tooManyRequests } from './status.js'
import type { ListerWatcher, WatchEvent, WatchOptions, WatchSink } from './types.js'

export interface NetworkOptions {
  readonly clock: Clock
  readonly server: ApiServer
  /** One way, in milliseconds. */
  readonly latencyMs?: number
  /** Events of one stream under way at most; a reader slower than that is cut off by the server. */
  readonly streamCapacity?: number
}

interface Connection {
  /** Both ends see the stream end. */
  cut(): void
}

export class Network {
  readonly #clock: Clock
  readonly #server: ApiServer
  readonly #latencyMs: number
  readonly #streamCapacity: number
  readonly #connections = new Set<Connection>()
  #refusedUntilMs = 0
  #throttled = 0

  constructor(options: NetworkOptions) {
    this.#clock = options.clock
    this.#server = options.server
    this.#latencyMs = options.latencyMs ?? 10
    this.#streamCapacity = options.streamCapacity ?? 1_000
  }

  /** No connection can be made until then (virtual ms); in the past: all is well. */
  get refusedUntilMs(): number {
    return this.#refusedUntilMs
  }
  /** So many further requests are answered 429. */
  get throttled(): number {
    return this.#throttled
  }

  /** Breaks all streams and refuses connections for `ms`. */
  disconnect(ms: number): void {
    this.#refusedUntilMs = Math.max(this.#refusedUntilMs, this.#clock.now() + ms)
    this.cut()
  }
  /** Connections are possible again. */
  reconnect(): void {
    this.#refusedUntilMs = this.#clock.now()
  }
  /** The next `count` requests are answered 429. */
  throttle(count: number): void {
    this.#throttled = count
  }
  /** Breaks all streams. */
  cut(): void {
    for (const connection of [...this.#connections]) connection.cut()
  }

  /** A client of one kind. */
  connect(resource: string): ListerWatcher {
    return {
      list: (options, respond) => {
        this.#later(() => {
          const refusal = this.#refusal()
          if (refusal !== null) return this.#later(() => respond(refusal))
          this.#server.listWhenFresh(resource, options, (result) => this.#later(() => respond(result)))
        })
      },
      watch: (options, sink) => this.#watch(resource, options, sink),
    }
  }

  #later(run: () => void): void {
    this.#clock.after(this.#latencyMs, run)
  }

  #refusal(): Error | null {
    if (this.#clock.now() < this.#refusedUntilMs) return new ConnectionRefused()
    if (this.#throttled === 0) return null
    this.#throttled--
    return tooManyRequests()
  }

  #watch(resource: string, options: WatchOptions, sink: WatchSink): () => void {
    const { now } = this.#clock
    const underWay: { readonly atMs: number; readonly event: WatchEvent | null }[] = []
    let isStopped = false
    let isWaiting = false
    let stopServer: () => void = () => {}

    const deliver = (): void => {
      isWaiting = false
      while (!isStopped && underWay.length > 0 && underWay[0]!.atMs <= now()) {
        const { event } = underWay.shift()!
        if (event === null) {
          finish()
          sink.close()
        } else sink.event(event)
      }
      if (!isStopped) wait()
    }
    const wait = (): void => {
      const first = underWay[0]
      if (isWaiting || first === undefined) return
      isWaiting = true
      this.#clock.after(first.atMs - now(), deliver)
    }
    /** null is the end of the stream. */
    const send = (event: WatchEvent | null): void => {
      if (isStopped) return
      underWay.push({ atMs: now() + this.#latencyMs, event })
      wait()
    }
    const finish = (): void => {
      isStopped = true
      stopServer()
      this.#connections.delete(connection)
    }
    const connection: Connection = {
      cut: () => {
        stopServer()
        this.#connections.delete(connection)
        underWay.length = 0
        send(null)
      },
    }

    this.#later(() => {
      if (isStopped) return
      const refusal = this.#refusal()
      if (refusal !== null) {
        this.#later(() => {
          if (isStopped) return
          finish()
          sink.fail(refusal)
        })
        return
      }
      this.#connections.add(connection)
      let isReplay = true
      try {
        stopServer = this.#server.watch(resource, options, {
          event: (event) => {
            send(event)
            // What is replayed at the start is not the reader's fault.
            if (isReplay || underWay.length <= this.#streamCapacity) return
            stopServer()
            send(null)
          },
          close: () => send(null),
        })
      } catch (error) {
        finish()
        sink.fail(error instanceof ApiError ? error : new Error(String(error)))
      }
      isReplay = false
    })
    return () => finish()
  }
}
