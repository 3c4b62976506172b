// Litestream's loops over the virtual clock: the monitor that copies to the shadow WAL, and the replica that uploads,
// with the interval of its ticker and the latency of the bucket. Retention and extra snapshots take no time here.
import type { Cancel, VirtualClock } from '../../../_kit/clock.js'
import type { LabSettings } from './lab.js'
import type { LitestreamDatabase, SyncResult } from './litestream/db.js'
import type { Replica, Upload } from './litestream/replica.js'

export interface ReplicationOptions {
  readonly clock: VirtualClock
  readonly settings: LabSettings
  readonly database: LitestreamDatabase
  readonly replica: Replica
  readonly onSync: (result: SyncResult) => void
  /** An upload leaves: its content is fixed from now on. */
  readonly onSend: (upload: Upload) => void
  readonly onUpload: (upload: Upload) => void
  readonly onDelete: (keys: readonly string[]) => void
  readonly onError: (error: unknown) => void
}

export class Replication {
  readonly #options: ReplicationOptions
  readonly #timers = new Set<Cancel>()
  #monitor: Cancel = () => {}
  /** The upload on its way, if any. */
  uploading: Upload | null = null
  #startMs: number | null = null
  #lastTick = 0
  #notified = false
  #waiting = false
  #stopped = false

  constructor(options: ReplicationOptions) {
    this.#options = options
    const { settings } = options
    this.resume()
    this.#every(Math.min(settings.retentionCheckMs, settings.retentionMs), () => this.enforceRetention())
    if (settings.snapshotMs > 0) this.#every(settings.snapshotMs, () => this.takeSnapshot())
  }

  /** Stops the monitor, for times in which it would find nothing. */
  pause(): void {
    this.#monitor()
  }

  resume(): void {
    if (!this.#stopped) this.#monitor = this.#every(this.#options.settings.monitorMs, () => this.#turn())
  }

  /** The process is gone; an upload on its way never arrives. */
  stop(): void {
    this.#stopped = true
    for (const cancel of this.#timers) cancel()
    this.uploading = null
  }

  /** One turn of the monitor, now. Null where there is no database yet. */
  syncDatabase(): SyncResult | null {
    const result = this.#options.database.sync()
    if (result === null) return null
    if (result.changed) this.#notified = true
    this.#options.onSync(result)
    return result
  }

  /** Uploads everything; each object takes `latencyMs` (0: all at this moment). */
  syncReplica(latencyMs = 0): readonly Upload[] {
    const { replica, clock } = this.#options
    const done: Upload[] = []
    this.#cancel()
    for (let upload = replica.next(); upload !== null; upload = replica.next()) {
      this.#options.onSend(upload)
      if (latencyMs > 0) clock.advance(latencyMs)
      this.#arrived(upload)
      done.push(upload)
    }
    return done
  }

  /** What a graceful stop does: no more turns, then a last sync of both sides. */
  drain(): void {
    this.stop()
    this.#options.replica.reset()
    this.syncDatabase()
    this.syncReplica(this.#options.settings.uploadMs)
  }

  /** Old snapshots and segments go, a new snapshot comes where none is young enough. The deleted keys. */
  enforceRetention(): readonly string[] {
    if (this.syncDatabase() === null) return []
    this.syncReplica()
    const { taken, deleted } = this.#options.replica.enforceRetention()
    if (taken !== null) this.#options.onUpload(taken)
    if (deleted.length > 0) this.#options.onDelete(deleted)
    return deleted
  }

  /** A snapshot at once. What is pending goes first: it must not run ahead of the segments of its index. */
  takeSnapshot(): Upload | null {
    if (this.syncDatabase() === null) return null
    this.syncReplica()
    const upload = this.#options.replica.snapshot()
    this.#options.onSend(upload)
    this.#arrived(upload)
    return upload
  }

  #turn(): void {
    try {
      if (this.syncDatabase() === null) return
    } catch (error) {
      this.#fail(error)
    }
    if (this.#startMs === null) {
      this.#startMs = this.#options.clock.now()
      this.#replicate()
    } else if (this.#waiting && this.#notified) this.#replicate()
  }

  /** Litestream's loop: sync until nothing is left, then wait for a tick of the interval, then for news. */
  #replicate(): void {
    this.#waiting = false
    this.#notified = false
    this.#sendNext()
  }

  #sendNext(): void {
    let upload: Upload | null = null
    try {
      upload = this.#options.replica.next()
    } catch (error) {
      this.#fail(error)
    }
    this.uploading = upload
    if (upload === null) {
      this.#waitForTick()
      return
    }
    const current = upload
    this.#options.onSend(current)
    this.#after(this.#options.settings.uploadMs, () => {
      if (this.uploading !== current) return
      this.uploading = null
      try {
        this.#arrived(current)
      } catch (error) {
        this.#fail(error)
        this.#waitForTick()
        return
      }
      this.#sendNext()
    })
  }

  #waitForTick(): void {
    const { syncMs } = this.#options.settings
    const passed = this.#options.clock.now() - (this.#startMs ?? 0)
    const ticks = Math.floor(passed / syncMs)
    const ready = (tick: number): void => {
      this.#lastTick = tick
      this.#waiting = true
      if (this.#notified) this.#replicate()
    }
    // One tick that went by during the upload or an idle time is kept, as a Go ticker keeps it.
    if (ticks > this.#lastTick) ready(ticks)
    else this.#after((ticks + 1) * syncMs - passed, () => ready(ticks + 1))
  }

  #arrived(upload: Upload): void {
    this.#options.replica.finish(upload)
    this.#options.onUpload(upload)
  }

  /** An upload on its way is given up; where the replica stands is looked up in the bucket. */
  #cancel(): void {
    if (this.uploading === null) return
    this.uploading = null
    this.#options.replica.reset()
    this.#waiting = true
  }

  #fail(error: unknown): void {
    this.#options.replica.reset()
    this.#options.onError(error)
  }

  #after(ms: number, run: () => void): void {
    const cancel = this.#options.clock.after(ms, () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
  }

  #every(ms: number, run: () => void): Cancel {
    const cancel = this.#options.clock.every(ms, run)
    this.#timers.add(cancel)
    return cancel
  }
}
