// What happened, in order, with the virtual time of each event. Plain data; how it looks is the page's business.
// It keeps a bounded number of events and must never grow with the length of a session.
import type { Clock } from './clock.js'

export interface LogEvent<T> {
  /** Counts from 1 and never repeats, also after old events were dropped. */
  readonly id: number
  /** Virtual milliseconds. */
  readonly atMs: number
  readonly data: T
}

export interface EventLog<T> {
  add(data: T): LogEvent<T>
  /** Oldest first. */
  readonly events: readonly LogEvent<T>[]
  /** How many events were dropped because the log was full. */
  readonly dropped: number
  clear(): void
  /** Calls `listener` for every new event, until the returned function is called. */
  listen(listener: (event: LogEvent<T>) => void): () => void
}

/** A log of at most `limit` events; the oldest go first. */
export function createLog<T>(clock: Pick<Clock, 'now'>, limit = 500): EventLog<T> {
  const events: LogEvent<T>[] = []
  const listeners = new Set<(event: LogEvent<T>) => void>()
  let lastId = 0
  let dropped = 0
  return {
    events,
    get dropped() {
      return dropped
    },
    add(data) {
      const event = { id: ++lastId, atMs: clock.now(), data }
      events.push(event)
      while (events.length > limit) {
        events.shift()
        dropped++
      }
      for (const listener of listeners) listener(event)
      return event
    },
    clear() {
      events.length = 0
      dropped = 0
    },
    listen(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** Virtual milliseconds as people read them: `0.250 s`, `12.000 s`, `2:05.000`, `1:00:00.000`. */
export function formatMs(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  const seconds = `${Math.floor(whole / 1000) % 60}`
  const rest = String(whole % 1000).padStart(3, '0')
  const minutes = Math.floor(whole / 60_000) % 60
  const hours = Math.floor(whole / 3_600_000)
  if (hours > 0) return `${hours}:${String(minutes).padStart(2, '0')}:${seconds.padStart(2, '0')}.${rest}`
  if (minutes > 0) return `${minutes}:${seconds.padStart(2, '0')}.${rest}`
  return `${seconds}.${rest} s`
}
