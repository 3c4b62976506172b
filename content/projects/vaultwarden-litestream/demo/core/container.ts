// One life of a container: the entrypoint (restore, then replicate -exec), the program's writes, and the two ways
// to die. Its disk is lost with it. It also keeps the book of which commits have got how far.
import type { Disk } from './disk.js'
import { type Commit, databasePath, type Lab, type LabEvent, type Loss, type RestoreReport } from './lab.js'
import { LitestreamDatabase, type SyncResult } from './litestream/db.js'
import { formatPosition, type Position } from './litestream/paths.js'
import { Replica, type Upload } from './litestream/replica.js'
import { planRestore, type RestoreOptions, refuseExisting, runRestore } from './litestream/restore.js'
import { Replication } from './replication.js'
import type { CheckpointMode, SqliteConnection, SqlValue } from './sqlite.js'

const atOrBefore = (a: Position, b: Position): boolean =>
  a.generation === b.generation && (a.index < b.index || (a.index === b.index && a.offset <= b.offset))

export class Container {
  readonly number: number
  readonly disk: Disk
  readonly startedMs: number
  readonly connection: SqliteConnection
  readonly database: LitestreamDatabase
  readonly replica: Replica
  readonly replication: Replication
  /** What the entrypoint found and did. */
  readonly restored: RestoreReport
  state: 'running' | 'stopped' | 'killed' = 'running'
  endedMs: number | null = null
  readonly #lab: Lab
  /** How many commits the book held when the last snapshot was taken: they are all in it. */
  #inSnapshot = 0
  #lastCopied = ''

  /** Called by `Lab.coldStart`. */
  constructor(lab: Lab, number: number, disk: Disk, restore: RestoreOptions) {
    const { clock, settings, engine, app } = lab
    this.#lab = lab
    this.number = number
    this.disk = disk
    this.startedMs = clock.now()
    this.#say('start', '冷启动：entrypoint.sh开始执行')
    const { plan, steps } = this.#restore(restore)
    this.connection = engine.open(disk, databasePath)
    for (const sql of app.schema) this.connection.exec(sql)
    const keys = this.keys()
    const present = new Set(keys)
    this.restored = {
      plan,
      steps,
      integrity: String(this.connection.rows('PRAGMA integrity_check')[0]?.[0]),
      keys,
      missing: lab.commits
        .filter(({ key }) => !present.has(key))
        .map((commit) => ({ commit, reason: reasonFor(commit, plan?.generation) })),
    }
    this.database = new LitestreamDatabase({
      disk,
      path: databasePath,
      connection: this.connection,
      clock,
      newGeneration: () => lab.newGeneration(),
      settings: settings.database,
    })
    this.replica = new Replica({
      database: this.database,
      store: lab.store,
      clock,
      ...(restore.root === undefined ? {} : { root: restore.root }),
      retentionMs: settings.retentionMs,
    })
    this.replication = new Replication({
      clock,
      settings,
      database: this.database,
      replica: this.replica,
      onSync: (result) => this.#copied(result),
      onSend: (upload) => {
        if (upload.kind === 'snapshot') this.#inSnapshot = lab.commits.length
      },
      onUpload: (upload) => this.#uploaded(upload),
      onDelete: (deleted) => this.#say('retention', `保留期检查：删除${deleted.length}个对象`),
      onError: (error) => this.#say('error', error instanceof Error ? error.message : String(error)),
    })
  }

  /** The keys that the program's database holds now. */
  keys(): string[] {
    return this.connection.rows(this.#lab.app.keys).map(([key]) => String(key))
  }

  /** One acknowledged transaction. `key` is what `App.keys` finds of it. Throws SQLite's error; then nothing happened. */
  write(key: string, sql: string, bind: readonly SqlValue[] = []): Commit {
    this.#mustRun()
    this.connection.exec(sql, bind)
    const commit: Commit = {
      id: this.#lab.commits.length + 1,
      atMs: this.#lab.clock.now(),
      container: this.number,
      key,
      state: 'local',
      position: null,
      uploadedMs: null,
    }
    this.#lab.commits.push(commit)
    this.#say('commit', `提交#${commit.id}写入WAL`)
    return commit
  }

  /** One turn of the monitor, now: copies to the shadow WAL, uploads nothing. */
  syncDatabase(): SyncResult | null {
    this.#mustRun()
    return this.replication.syncDatabase()
  }

  /** Uploads everything at once, without taking time. */
  syncReplica(): readonly Upload[] {
    this.#mustRun()
    return this.replication.syncReplica()
  }

  /** A checkpoint by hand, as Litestream would do it at its thresholds. */
  checkpoint(mode: CheckpointMode): void {
    this.#mustRun()
    this.syncDatabase()
    this.database.checkpoint(mode)
    this.#say('checkpoint', `checkpoint(${mode})`)
  }

  /** SIGTERM: the program ends, then a last sync of both sides; every upload takes its time. Nothing is lost. */
  sigterm(): Loss {
    this.#mustRun()
    this.#say('term', 'SIGTERM：转给Vaultwarden，等它退出，再做最后一次同步')
    this.replication.drain()
    return this.#end('stopped')
  }

  /** SIGKILL, out of memory, power loss: nothing runs any more, uploads on their way never arrive. */
  sigkill(): Loss {
    this.#mustRun()
    this.replication.stop()
    return this.#end('killed')
  }

  #restore(options: RestoreOptions): Pick<RestoreReport, 'plan' | 'steps'> {
    const { store, engine } = this.#lab
    // The entrypoint's own test comes first; only an explicit wish to restore runs into Litestream's refusal.
    if (this.disk.exists(databasePath)) {
      const { generation, index, timestamp } = options
      if (generation !== undefined || index !== undefined || timestamp !== undefined)
        refuseExisting(this.disk, databasePath)
      this.#say('restore', '数据库文件已存在，跳过恢复')
      return { plan: null, steps: [] }
    }
    const plan = planRestore(store.list(), { ifReplicaExists: true, ...options })
    if (plan === null) {
      this.#say('restore', '桶里没有备份（no matching backups found，退出码0），从空库开始')
      return { plan, steps: [] }
    }
    const steps = runRestore(plan, { store, disk: this.disk, engine, output: databasePath })
    this.#say('restore', `从generation ${plan.generation}恢复，应用${plan.files.length}个WAL文件`)
    return { plan, steps }
  }

  #copied({ position, reason, changed, checkpoint }: SyncResult): void {
    const fresh = this.#own().filter(
      ({ state, position: at }) =>
        state === 'local' || (state === 'shadow' && at?.generation !== position.generation),
    )
    for (const commit of fresh) Object.assign(commit, { state: 'shadow', position })
    if (reason !== '') this.#say('generation', `新的generation ${position.generation}（${reason}）`)
    const commits = fresh.length > 0 ? `，${fresh.length}个提交` : ''
    // A restarted WAL keeps its old length, so Litestream finds it "changed" every second: only news is worth a line.
    const at = formatPosition(position)
    if (changed && at !== this.#lastCopied) this.#say('shadow', `影子WAL同步到${at}${commits}`)
    this.#lastCopied = at
    if (checkpoint !== null) this.#say('checkpoint', `checkpoint(${checkpoint})`)
  }

  #uploaded(upload: Upload): void {
    this.#say(upload.kind, `上传${upload.key}（${upload.content.length.toLocaleString('en')} B）`)
    const end = this.replica.position
    for (const commit of this.#own()) {
      const { state, position } = commit
      if (state === 'uploaded' || state === 'lost') continue
      const inSnapshot = upload.kind === 'snapshot' && commit.id <= this.#inSnapshot
      if (!inSnapshot && !(position !== null && end !== null && atOrBefore(position, end))) continue
      commit.state = 'uploaded'
      commit.uploadedMs = this.#lab.clock.now()
      commit.position ??= upload.position
    }
  }

  #end(state: 'stopped' | 'killed'): Loss {
    const atMs = this.#lab.clock.now()
    const commits = this.#own().filter((commit) => commit.state === 'local' || commit.state === 'shadow')
    for (const commit of commits) commit.state = 'lost'
    this.state = state
    this.endedMs = atMs
    this.connection.abandon()
    const windowMs = atMs - (commits[0]?.atMs ?? atMs)
    const lost = commits.length === 0 ? '没有丢失提交' : `丢失${commits.length}个提交`
    this.#say(state === 'killed' ? 'kill' : 'term', `${state === 'killed' ? 'SIGKILL' : '已停止'}：${lost}`)
    return { atMs, commits, windowMs }
  }

  #own(): readonly Commit[] {
    return this.#lab.commits.filter(({ container }) => container === this.number)
  }

  #mustRun(): void {
    if (this.state !== 'running') throw new Error(`container ${this.number} is not running`)
  }

  #say(kind: LabEvent['kind'], text: string): void {
    this.#lab.log.add({ kind, container: this.number, text })
  }
}

function reasonFor(
  commit: Commit,
  generation: string | undefined,
): RestoreReport['missing'][number]['reason'] {
  if (commit.state !== 'uploaded') return 'not-uploaded'
  return commit.position?.generation === generation ? 'point-in-time' : 'other-generation'
}
