// client-go's Reflector at 0.31: LIST, hand everything to the store, WATCH from there, and when the round ends, back
// off and start over. It decides what is asked of the server and with which resourceVersion; it never looks at what
// the objects mean, and compares versions for equality at most.
import type { Cancel } from '../../../_kit/clock.js'
import { Backoff, InternalErrorRetry, reflectorBackoff } from './backoff.js'
import { defaultPageSize, listPages } from './pager.js'
import type { ReflectorEvent, ReflectorOptions, ReflectorState } from './reflectortypes.js'
import {
  ApiError,
  isExpired,
  isInternalError,
  isTooLargeResourceVersion,
  isTooManyRequests,
  isWatchErrorRetriable,
} from './status.js'
import type { ListerWatcher, WatchEvent } from './types.js'

const fiveMinutesMs = 300_000
type Done = (error: Error | null) => void

export class Reflector {
  readonly #options: ReflectorOptions
  readonly #backoff: Backoff
  #state: ReflectorState = 'idle'
  #lastSync = ''
  #isUnavailable = false
  #isPaginated = false
  /** Ends whatever is under way; a new one is made for every round. */
  #stopRound: (() => void) | null = null

  constructor(options: ReflectorOptions) {
    this.#options = options
    const { clock, random, backoff = reflectorBackoff } = options
    this.#backoff = new Backoff(backoff, () => clock.now(), random)
  }

  get state(): ReflectorState {
    return this.#state
  }
  /** The version of the last list or event; '' before the first. Not the largest: the last. */
  get lastSyncResourceVersion(): string {
    return this.#lastSync
  }
  /** For a story that begins in the middle. */
  setLastSyncResourceVersion(version: string): void {
    this.#lastSync = version
  }

  /** Rounds without end, with a back-off between them, until `stop`. */
  start(): void {
    this.listAndWatch((error) => {
      if (this.#state === 'stopped') return
      this.#wait('LIST', error, () => this.start())
    })
  }

  /** Ends the round (its `done` is called without an error) and the waiting for the next. */
  stop(): void {
    this.#state = 'stopped'
    const stop = this.#stopRound
    this.#stopRound = null
    stop?.()
  }

  /** One round: LIST, then watches until one ends for good. `done` gets what LIST or the WATCH request failed with. */
  listAndWatch(done: Done): void {
    let isOver = false
    let stopResync: Cancel = () => {}
    const finish: Done = (error) => {
      if (isOver) return
      isOver = true
      stopResync()
      this.#stopRound = null
      this.#note({ type: 'ended', error })
      done(error)
    }
    this.#stopRound = () => finish(null)
    this.#state = 'LIST'
    this.#list((error) => {
      if (isOver) return
      if (error !== null) return finish(error)
      const { resyncMs = 0, clock } = this.#options
      if (resyncMs > 0) stopResync = clock.every(resyncMs, () => this.#resync())
      const { internalErrorRetryMs = 0 } = this.#options
      this.#watch(new InternalErrorRetry(internalErrorRetryMs, () => clock.now()), finish)
    })
  }

  /** '' after "unavailable", '0' before the first list, else the last version seen. */
  #relistVersion(): string {
    if (this.#isUnavailable) return ''
    return this.#lastSync === '' ? '0' : this.#lastSync
  }

  #list(done: Done): void {
    const first = this.#relistVersion()
    const ask = (resourceVersion: string, isRetry: boolean): void => {
      this.#listPages(resourceVersion, first, (answer) => {
        if (answer instanceof Error) {
          if (isRetry || !(isExpired(answer) || isTooLargeResourceVersion(answer))) return done(answer)
          // This version cannot be had: take whatever is newest, at once.
          this.#isUnavailable = true
          this.#note({ type: 'unavailable', error: answer })
          return ask(this.#relistVersion(), true)
        }
        const { result, isPaginated } = answer
        if (first === '0' && isPaginated) this.#isPaginated = true
        this.#isUnavailable = false
        const { resourceVersion: version } = result.metadata
        this.#options.store.replace(result.items, version)
        this.#lastSync = version
        this.#note({ type: 'listed', count: result.items.length, resourceVersion: version })
        done(null)
      })
    }
    ask(first, false)
  }

  #listPages(resourceVersion: string, first: string, respond: Parameters<typeof listPages>[3]): void {
    const { listerWatcher, pageSize } = this.#options
    // With a number the watch cache can answer, but only if no limit is asked for. A server that paged even "0" has none.
    const isCacheable = first !== '' && first !== '0' && !this.#isPaginated
    const size = pageSize ?? (isCacheable ? 0 : defaultPageSize)
    let isStopped = false
    const stop = this.#stopRound
    this.#stopRound = () => {
      isStopped = true
      stop?.()
    }
    const noting: Pick<ListerWatcher, 'list'> = {
      list: (options, answer) => {
        this.#note({ type: 'list', options })
        listerWatcher.list(options, (result) => {
          if (!isStopped) answer(result)
        })
      },
    }
    listPages(noting, { resourceVersion }, size, respond)
  }

  #watch(retry: InternalErrorRetry, done: Done): void {
    const { clock, listerWatcher, random, allowWatchBookmarks = true } = this.#options
    if (this.#state === 'stopped') {
      done(null)
      return
    }
    this.#state = 'WATCH'
    const startMs = clock.now()
    const minSeconds = Math.max(this.#options.minWatchTimeoutMs ?? 0, fiveMinutesMs) / 1000
    const timeoutSeconds = Math.floor(minSeconds * (1 + random()))
    let events = 0
    let isOver = false
    let stopWatch: (() => void) | null = null
    const over = (): boolean => {
      if (isOver) return true
      isOver = true
      stopWatch?.()
      return false
    }
    const again = (error: Error): void => this.#wait('WATCH', error, () => this.#watch(retry, done), done)
    const ended = (error: Error | null): void => {
      if (over()) return
      this.#note({ type: 'closed', error, events })
      retry.after(error)
      if (error === null) this.#watch(retry, done)
      else if (isExpired(error))
        done(null) // no mark: a LIST from lastSync may well be answered with newer data
      else if (isTooManyRequests(error)) again(error)
      else if (isInternalError(error) && retry.shouldRetry()) this.#watch(retry, done)
      else done(null)
    }
    this.#stopRound = () => {
      over()
      done(null)
    }
    this.#note({ type: 'watch', resourceVersion: this.#lastSync, timeoutSeconds })
    stopWatch = listerWatcher.watch(
      { resourceVersion: this.#lastSync, timeoutSeconds, allowWatchBookmarks },
      {
        event: (event) => {
          if (isOver) return
          if (event.type === 'ERROR') return ended(new ApiError(event.object))
          if (this.#take(event)) events++
        },
        close: () => {
          const isVeryShort = clock.now() - startMs < 1000 && events === 0
          ended(isVeryShort ? veryShortWatch() : null)
        },
        fail: (error) => {
          if (over()) return
          if (isWatchErrorRetriable(error)) again(error)
          else done(error)
        },
      },
    )
    if (isOver) stopWatch()
  }

  /** Hands an event on. False where it was not for us: then it moves nothing, not even the version. */
  #take(event: Exclude<WatchEvent, { type: 'ERROR' }>): boolean {
    const { store, expectedKind } = this.#options
    const { object } = event
    if (expectedKind !== undefined && object.kind !== expectedKind) return false
    if (event.type === 'ADDED') store.add(event.object)
    else if (event.type === 'MODIFIED') store.update(event.object)
    else if (event.type === 'DELETED') store.delete(event.object)
    this.#lastSync = object.metadata.resourceVersion ?? ''
    this.#note({ type: 'event', event })
    return true
  }

  #resync(): void {
    const { store, shouldResync } = this.#options
    if (shouldResync !== undefined && !shouldResync()) return
    this.#note({ type: 'resync' })
    store.resync?.()
  }

  /** Backs off, then goes on. Stopped meanwhile, it calls `stopped` instead. */
  #wait(then: 'LIST' | 'WATCH', error: Error | null, goOn: () => void, stopped?: Done): void {
    this.#state = 'BACKOFF'
    const waitMs = this.#backoff.next()
    this.#note({ type: 'backoff', waitMs, then, error })
    const cancel = this.#options.clock.after(waitMs, goOn)
    this.#stopRound = () => {
      cancel()
      stopped?.(null)
    }
  }

  #note(event: ReflectorEvent): void {
    this.#options.onEvent?.(event)
  }
}

/** The error of a watch that ended within a second and told nothing: the next step is a LIST. */
export const veryShortWatch = (): Error =>
  new Error(
    'very short watch: Unexpected watch close - watch lasted less than a second and no items received',
  )
