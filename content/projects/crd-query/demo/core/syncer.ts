// The process of the post for one kind: an informer, the handler that writes rows, and the counters that show how far
// each of them is. Made anew when the process restarts; the table then starts empty.
import type { Clock } from '../../../_kit/clock.js'
import { type Deltas, isTombstone } from './deltafifo.js'
import { SharedInformer } from './informer.js'
import type { Notification, Registration } from './listener.js'
import { deltasText, handlerLine, type Line, reflectorLine } from './narrate.js'
import type { ReflectorEvent } from './reflectortypes.js'
import type { TableDefinition } from './resources.js'
import { changeOf, type HandlerBugs, type RowChange } from './synchronizer.js'
import { Table } from './table.js'
import type { CustomResource, ListerWatcher } from './types.js'

export interface SyncerOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly table: TableDefinition
  readonly listerWatcher: ListerWatcher
  readonly bugs: () => HandlerBugs
  /** How long a handler takes for one notification, in milliseconds. */
  readonly handlerDelayMs: () => number
  readonly allowWatchBookmarks: boolean
  /** The post's factory: 10 minutes. */
  readonly resyncMs: number
  /** False: only what concerns lists and streams is told. */
  readonly isVerbose: boolean
  readonly log: (line: Line) => void
  readonly onChange: (change: RowChange) => void
}

/** More keys or notifications than this waiting: one line for all of them. */
const bulkFrom = 6
const recentKept = 4

const isListing = ({ type }: ReflectorEvent): boolean => type === 'list' || type === 'listed'

export class Syncer {
  readonly table: Table
  readonly informer: SharedInformer
  readonly registration: Registration
  readonly #options: SyncerOptions
  /** Statements the database refused, and updates that found no row. */
  failures = 0
  /** The last rows written, newest last. */
  readonly recent: { readonly op: RowChange['op']; readonly key: string }[] = []
  #bulkPops = 0
  #bulkRows = 0

  constructor(options: SyncerOptions) {
    this.#options = options
    const { clock, random, listerWatcher, table, allowWatchBookmarks, resyncMs } = options
    this.table = new Table(table)
    this.informer = new SharedInformer({
      clock,
      random,
      listerWatcher,
      resyncMs,
      allowWatchBookmarks,
      expectedKind: table.kind,
      onReflector: (event) => {
        // Of the small kinds only what costs something is told: lists, and streams that end in an error.
        if (!options.isVerbose && !(isListing(event) || (event.type === 'closed' && event.error !== null)))
          return
        const line = reflectorLine(table.resource, event)
        if (line !== null) options.log(line)
      },
      onPop: (deltas) => this.#popped(deltas),
    })
    this.registration = this.informer.addEventHandler({
      handle: (notification) => this.#handle(notification),
      delayMs: options.handlerDelayMs,
    })
  }

  #popped(deltas: Deltas<CustomResource>): void {
    if (!this.#options.isVerbose) return
    const { fifo, indexer } = this.informer
    const last = deltas.at(-1)?.object
    // A tombstone is what a relist was for: it never drowns among the others.
    if (last !== undefined && isTombstone(last))
      this.#say('informer', `DeltaFIFO弹出${last.key}：${deltasText(deltas)}`)
    else if (fifo.length >= bulkFrom || this.#bulkPops > 0) this.#bulkPops++
    else this.#say('informer', `DeltaFIFO弹出：${deltasText(deltas)}，indexer有${indexer.size}个对象`)
    if (this.#bulkPops === 0 || fifo.length > 0) return
    this.#say('informer', `DeltaFIFO弹出${this.#bulkPops}个key，indexer有${indexer.size}个对象`)
    this.#bulkPops = 0
  }

  #handle(notification: Notification): void {
    const { table, bugs, log, onChange } = this.#options
    const change = changeOf(table, notification, bugs())
    const outcome = change === null ? null : this.table.apply(change)
    const line = handlerLine(table.resource, notification, change, outcome)
    if (line.tone === 'bad') this.failures++
    if (change !== null && outcome !== null && outcome.error === null) {
      this.#remember(change)
      onChange(change)
    }
    if (!this.#options.isVerbose) return
    const { pending } = this.registration
    const isPlain = line.tone === undefined && !isTombstone(notification.object)
    if (isPlain && (pending >= bulkFrom || this.#bulkRows > 0)) this.#bulkRows++
    else log(line)
    if (this.#bulkRows === 0 || pending > 0) return
    this.#say('sqlite', `处理器处理${this.#bulkRows}个通知，表里有${this.table.size}行`)
    this.#bulkRows = 0
  }

  #remember(change: RowChange): void {
    const { namespace, name } = change.op === 'delete' ? change : change.row
    this.recent.push({ op: change.op, key: `${namespace}/${name}` })
    if (this.recent.length > recentKept) this.recent.shift()
  }

  #say(actor: Line['actor'], text: string): void {
    this.#options.log({ actor, text: `${this.#options.table.resource}：${text}` })
  }
}
