// Time zones: which offset held at a moment, and which one a wall clock means. The rules come from ICU through
// Intl (its version is part of the world line); nothing here may look at the machine's own zone.
import { dayMs } from './calendar.js'

/** A zone ready to be asked often: the first question costs some 100 µs, each further one about 2 µs. */
export interface Zone {
  /** IANA name, `Asia/Shanghai`. */
  readonly name: string
  /** Minutes east of UTC at a moment (ms since 1970). Local mean times before railways lose their seconds. */
  offsetAt(ms: number): number
}

/** Makes the zone of an IANA name. Asking it throws RangeError for an unknown name: the configuration is checked before. */
export function zoneOf(timezone: string): Zone {
  if (timezone === 'UTC') return { name: timezone, offsetAt: () => 0 }
  // Made when first asked: most dates carry their own offset.
  let format: Intl.DateTimeFormat | undefined
  return {
    name: timezone,
    offsetAt(ms) {
      format ??= new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
      const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(ms)) ?? []
      const total = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
      return sign === '-' ? -total : total
    },
  }
}

/** Callers with many dates hand in a Zone; a name is fine for one. */
export function asZone(timezone: string | Zone): Zone {
  return typeof timezone === 'string' ? zoneOf(timezone) : timezone
}

/**
 * The offset (minutes east) that a wall clock means. `localMs` is the wall clock read as if it were UTC.
 * The rule for a time that stands twice on the clock or not at all: the offset in force before the change. Hence
 * a doubled time is the earlier of the two, and a midnight that is skipped is the first moment of its day.
 */
export function offsetOfWallClock(localMs: number, zone: Zone): number {
  const before = zone.offsetAt(localMs - dayMs)
  const after = zone.offsetAt(localMs + dayMs)
  if (before === after || zone.offsetAt(localMs - before * 60_000) === before) return before
  return zone.offsetAt(localMs - after * 60_000) === after ? after : before
}

/** `+08:00` or, with an empty separator as in mail headers, `+0800`. */
export function offsetText(minutes: number, separator: ':' | ''): string {
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`
}
