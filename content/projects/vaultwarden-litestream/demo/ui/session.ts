// What the page holds: one lab, one account, which instance the buttons mean, and the list of what the reader did,
// from which the same story can be played again. No DOM in here.
import { createClock } from '../../../_kit/clock.js'
import { createRng } from '../../../_kit/rng.js'
import type { Bytes } from '../core/bytes.js'
import type { Container } from '../core/container.js'
import { Lab, type LabSettings, type Loss, labDefaults, storyStartMs } from '../core/lab.js'
import type { RestoreOptions } from '../core/litestream/restore.js'
import type { SqliteEngine } from '../core/sqlite.js'
import { loadEngine } from '../sqlite/engine.js'
import {
  type Account,
  createAccount,
  type Login,
  loginStatement,
  registerStatement,
  type Statement,
  storedKey,
  vaultApp,
} from '../sqlite/vault.js'

export type Verb = 'write' | 'batch' | 'term' | 'kill' | 'start' | 'second' | 'day' | 'target'

interface World {
  clock: ReturnType<typeof createClock>
  rng: ReturnType<typeof createRng>
}

/** When (virtual milliseconds after the beginning), what, and with which number (a time, an instance). */
export type Action = readonly [atMs: number, verb: Verb, value?: number]

const samples = ['GitHub', '邮箱', '路由器', '论坛', '图书馆', '水电费', '云主机', '域名', '相册', '车票']
export const demoAccount = { email: 'demo@example.com', password: 'correct horse battery staple' } as const

const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))
const seed = 20240903

export class Session {
  lab!: Lab
  account!: Account
  /** The instance that buttons and panels are about: running, or the last one that was. */
  target: Container | null = null
  lastLoss: { readonly container: number; readonly loss: Loss } | null = null
  readonly history: Action[] = []
  /** Names of what was written, by primary key: known to this page, not to the bucket. */
  readonly names = new Map<string, string>()
  settings: LabSettings = { ...labDefaults }
  readonly #engine: SqliteEngine
  readonly #world: World
  #count = 0

  private constructor(engine: SqliteEngine, world: World) {
    this.#engine = engine
    this.#world = world
  }

  /** Loads SQLite; nothing has happened yet. */
  static async load(): Promise<Session> {
    const world = { clock: createClock(storyStartMs), rng: createRng(seed) }
    const engine = await loadEngine({
      now: () => world.clock.now(),
      random: (bytes) => {
        for (let i = 0; i < bytes.length; i++) bytes[i] = world.rng.int(256)
      },
    })
    return new Session(engine, world)
  }

  get version(): string {
    return this.#engine.version
  }

  /** Virtual milliseconds since the story began. */
  get elapsedMs(): number {
    return this.lab.clock.now() - storyStartMs
  }

  /** The running target, or null. */
  get active(): Container | null {
    return this.target?.state === 'running' ? this.target : null
  }

  /** An empty bucket, a new account in the first instance. Takes a moment: PBKDF2. */
  async begin(email: string, password: string): Promise<void> {
    this.account = await createAccount(email, password, randomBytes)
    for (const container of this.lab?.running ?? []) container.sigkill()
    Object.assign(this.#world, { clock: createClock(storyStartMs), rng: createRng(seed) })
    this.lab = new Lab({ ...this.#world, engine: this.#engine, app: vaultApp, settings: this.settings })
    this.history.length = 0
    this.names.clear()
    this.lastLoss = null
    this.#count = 0
    this.target = this.lab.coldStart()
    this.#register(this.target)
  }

  /** Does what a button says and remembers it, without the words of an entry. Throws what the model throws. */
  async perform(verb: Verb, value?: number, login?: Login): Promise<void> {
    const beganMs = this.elapsedMs
    this.lab.settings = this.settings
    await this.#do(verb, value, login)
    // An entry is committed when it is encrypted, and meanwhile the clock may have gone on.
    const atMs = verb === 'write' ? this.elapsedMs : beganMs
    this.history.push(value === undefined ? [atMs, verb] : [atMs, verb, value])
  }

  /** Plays a list of actions from the beginning, up to `untilMs`. Anything that no longer fits is left out. */
  async replay(actions: readonly Action[], untilMs: number): Promise<void> {
    const goTo = (atMs: number): void => {
      const gap = Math.max(0, atMs - this.elapsedMs)
      if (gap > 600_000) this.lab.skip(gap)
      else this.lab.advance(gap)
    }
    for (const [atMs, verb, value] of actions) {
      goTo(atMs)
      try {
        await this.perform(verb, value)
      } catch {
        // A link from an older version of this page may hold a step that is impossible now.
      }
    }
    goTo(untilMs)
  }

  /** Writes an entry into the active instance. */
  async #write(login?: Login): Promise<void> {
    const container = this.active
    if (container === null) throw new Error('没有运行中的实例')
    this.#register(container)
    this.#count++
    const entry = login ?? {
      name: `${samples[(this.#count - 1) % samples.length]}${this.#count}`,
      username: `user${this.#count}`,
      password: Array.from(randomBytes(12), (byte) => (byte % 36).toString(36)).join(''),
    }
    const statement = await loginStatement(this.account, entry, randomBytes, this.lab.clock.now())
    // Encrypting takes real time, in which the clock may have gone on and the instance may have died.
    if (container.state !== 'running') throw new Error('实例在加密完成之前停止了，这一条没有提交')
    this.#commit(container, statement, entry.name)
  }

  async #do(verb: Verb, value = 0, login?: Login): Promise<void> {
    const { lab } = this
    if (verb === 'write') await this.#write(login)
    else if (verb === 'batch')
      for (let i = 0; i < 50 && this.active !== null; i++) {
        await this.#write()
        lab.advance(20)
      }
    else if (verb === 'term' || verb === 'kill') this.#end(verb)
    else if (verb === 'day') lab.skip(25 * 3_600_000)
    else if (verb === 'target')
      this.target = lab.containers.find(({ number }) => number === value) ?? this.target
    else {
      if (lab.running.length > (verb === 'second' ? 1 : 0)) throw new Error('已经有实例在运行')
      const restore: RestoreOptions = value > 0 ? { timestamp: storyStartMs + value } : {}
      this.target = lab.coldStart(restore)
    }
  }

  #end(verb: 'term' | 'kill'): void {
    const container = this.active
    if (container === null) throw new Error('没有运行中的实例')
    const loss = verb === 'kill' ? container.sigkill() : container.sigterm()
    this.lastLoss = { container: container.number, loss }
    this.target = this.lab.running.at(-1) ?? container
  }

  #register(container: Container): void {
    if (storedKey(container.connection, this.account) === null)
      this.#commit(container, registerStatement(this.account, this.lab.clock.now()), '账户')
  }

  #commit(container: Container, { key, sql, bind }: Statement, name: string): void {
    container.write(key, sql, bind)
    this.names.set(key, name)
  }
}
