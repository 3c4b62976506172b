// The lab: apiserver, network, one informer with its table per kind, the service that waits for them, and all the
// things a reader can do to them. Drive it from a test as the page does:
//   const lab = new Lab({ size: 200 }); lab.start(); lab.advance(2_000); lab.view('projects').rows // 200
// It moves only when `advance` or `step` is called; the same options and calls give the same log.
import { type Cancel, createClock, type VirtualClock } from '../../../_kit/clock.js'
import { createLog, type EventLog } from '../../../_kit/log.js'
import { createRng, type Rng } from '../../../_kit/rng.js'
import type { ApiServer } from './apiserver.js'
import { type Line, writeLine } from './narrate.js'
import { Network } from './network.js'
import { Platform } from './platform.js'
import { projects, type TableDefinition, tables } from './resources.js'
import { Syncer } from './syncer.js'
import type { HandlerBugs, RowChange } from './synchronizer.js'
import { type LabView, viewOf } from './view.js'

export interface LabOptions {
  readonly seed?: number
  /** Projects that are there when the story begins. */
  readonly size?: number
  /** Events the watch cache of each kind keeps; a real one keeps 100 to 102,400. */
  readonly window?: number
  /** A real apiserver sends one about every minute. */
  readonly bookmarkMs?: number
  readonly allowWatchBookmarks?: boolean
  /** The projects are made piece by piece with `platform.seedSome`; nothing may happen before it says false. */
  readonly isSeededLater?: boolean
}

/** The three classic mistakes, all off at first. */
export interface Bugs extends HandlerBugs {
  /** The service opens when the informers have synced, without waiting for its handlers. */
  readonly trustInformerSync: boolean
}

/** When the service began to answer, and how much of the truth it had then. */
export interface Ready {
  readonly atMs: number
  readonly rows: number
  readonly of: number
}

/** The factory of the post. */
const resyncMs = 600_000

export class Lab {
  readonly clock: VirtualClock = createClock()
  readonly log: EventLog<Line>
  readonly platform: Platform
  readonly network: Network
  bugs: Bugs = { ignoreTombstones: false, noUpsert: false, trustInformerSync: false }
  /** How long a handler takes for one notification. */
  handlerDelayMs = 0.5
  /** Told of every change that reached a table, and of tables that start empty (null). */
  onChange: (table: TableDefinition, change: RowChange | null) => void = () => {}
  readonly #rng: Rng
  readonly #options: Required<LabOptions>
  readonly #syncers = new Map<string, Syncer>()
  #ready: Ready | null = null
  #isStarted = false
  #stopPolling: Cancel = () => {}

  constructor(options: LabOptions = {}) {
    this.#options = {
      seed: 20241022,
      size: 200,
      window: 20,
      bookmarkMs: 5_000,
      allowWatchBookmarks: true,
      isSeededLater: false,
      ...options,
    }
    const { seed, size, window, bookmarkMs, isSeededLater } = this.#options
    const { clock } = this
    this.#rng = createRng(seed)
    this.log = createLog<Line>(clock, 2_000)
    this.platform = new Platform({ clock, rng: this.#rng, size, window, bookmarkMs })
    this.network = new Network({ clock, server: this.server })
    if (!isSeededLater) this.platform.seedSome(size)
    this.server.onWrite = (resource, event) => {
      // Not for what was there before the story.
      if (this.#isStarted) this.log.add(writeLine(resource, event))
    }
    this.#makeSyncers()
  }

  get server(): ApiServer {
    return this.platform.server
  }
  get ready(): Ready | null {
    return this.#ready
  }
  syncer(resource: string): Syncer {
    const syncer = this.#syncers.get(resource)
    if (syncer === undefined) throw new Error(`no kind "${resource}" in this lab`)
    return syncer
  }
  /** Everything the page shows of one kind, as plain data. */
  view(resource = 'projects'): LabView {
    return viewOf(this, resource)
  }

  /** The process starts: three informers, and the service that waits for them (polled every 100 ms). */
  start(): void {
    this.#isStarted = true
    this.#say('service', '进程启动：三个informer开始LIST，服务等待WaitForCacheSync')
    for (const syncer of this.#syncers.values()) syncer.informer.start()
    this.#stopPolling = this.clock.every(100, () => this.#poll())
  }
  advance(ms: number): void {
    this.clock.advance(ms)
  }
  /** Runs timers until the log has a new line; gives up after 10 virtual minutes. False: nothing happened. */
  step(): boolean {
    const last = this.log.events.at(-1)?.id ?? 0
    const until = this.clock.now() + 600_000
    for (let at = this.clock.next(); at !== null && at <= until; at = this.clock.next()) {
      this.clock.advance(at - this.clock.now())
      if ((this.log.events.at(-1)?.id ?? 0) > last) return true
    }
    return false
  }
  /** The process dies and starts again: empty caches, empty tables. */
  restartProcess(): void {
    this.#stopPolling()
    for (const syncer of this.#syncers.values()) syncer.informer.stop()
    this.#ready = null
    this.#say('reader', '重启同步进程：indexer和表都从空开始')
    this.#makeSyncers()
    for (const table of tables) this.onChange(table, null)
    this.start()
  }

  /** All streams break; no connection for `ms`. Writes to the apiserver go on. */
  disconnect(ms = 2_500): void {
    this.#say('reader', `断开informer与apiserver，${(ms / 1000).toFixed(1)} s内拒绝连接`)
    this.network.disconnect(ms)
  }
  /** etcd is compacted and the windows of events are emptied: what has not been seen by now must be listed again. */
  compact(): void {
    this.server.compact()
    this.#say('reader', `压缩历史：R=${this.server.revision}之前的事件都没有了`)
  }
  /** Streams break, and the next `count` requests are answered 429. */
  throttle(count = 3): void {
    this.#say('reader', `限流：断开WATCH，接下来${count}个请求回答429`)
    this.network.throttle(count)
    this.network.cut()
  }
  /** The apiserver is away for `ms`: no reads, no writes; its windows start anew. */
  restartServer(ms = 3_000): void {
    this.#say('reader', `重启apiserver，${(ms / 1000).toFixed(1)} s后回来，watch窗口从空开始`)
    this.network.disconnect(ms)
    this.platform.restartServer(ms)
  }

  #say(actor: Line['actor'], text: string, tone?: Line['tone']): void {
    this.log.add({ actor, text, ...(tone === undefined ? {} : { tone }) })
  }

  #makeSyncers(): void {
    for (const table of tables)
      this.#syncers.set(
        table.resource,
        new Syncer({
          clock: this.clock,
          random: () => this.#rng.next(),
          table,
          listerWatcher: this.network.connect(table.resource),
          bugs: () => this.bugs,
          handlerDelayMs: () => this.handlerDelayMs,
          allowWatchBookmarks: this.#options.allowWatchBookmarks,
          resyncMs,
          isVerbose: table === projects,
          log: (line) => this.log.add(line),
          onChange: (change) => this.onChange(table, change),
        }),
      )
  }

  #poll(): void {
    const syncers = [...this.#syncers.values()]
    const hasSynced = syncers.every(({ informer, registration }) =>
      this.bugs.trustInformerSync ? informer.hasSynced() : registration.hasSynced(),
    )
    if (!hasSynced) return
    this.#stopPolling()
    const rows = this.syncer('projects').table.size
    const of = this.syncer('projects').informer.indexer.size
    this.#ready = { atMs: this.clock.now(), rows, of }
    const whom = this.bugs.trustInformerSync ? 'informer.HasSynced' : '处理器登记的HasSynced'
    this.#say('service', `${whom}为真，服务放行：SQLite有${rows} / ${of}行`, rows < of ? 'bad' : 'good')
  }
}
