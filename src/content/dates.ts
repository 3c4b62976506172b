// Dates as the program carries them: a calendar date stays that date in every zone, a clock always has an offset.
// Text is read once, here; nothing else in the program may parse a date, and nothing here asks what time it is.
import type { Json } from '../json.js'
import {
  type CalendarDate,
  type Clock,
  dateOfDayNumber,
  dayMs,
  monthNames,
  padded,
  utcMs,
  weekdayNames,
  weekdayOf,
} from './calendar.js'
import { readDateText } from './date-text.js'
import type { IsoDate } from './types.js'
import { asZone, offsetOfWallClock, offsetText, type Zone } from './zone.js'

export { type Zone, zoneOf } from './zone.js'

const midnight: Clock = { hour: 0, minute: 0, second: 0 }

const isoDay = (date: CalendarDate): string =>
  `${padded(date.year, 4)}-${padded(date.month, 2)}-${padded(date.day, 2)}`
const isoClock = (clock: Clock): string =>
  `${padded(clock.hour, 2)}:${padded(clock.minute, 2)}:${padded(clock.second, 2)}`

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/**
 * Reads a date in any spelling that `date-text.ts` knows: `2024-12-31`, `2017-10-1T11:59:30+09:00`,
 * `2013/7/13 20:46`, `Tue, 31 Dec 2024 10:55:52 GMT`, `2024年12月31日`. A clock without zone is meant in `timezone`.
 * Null for what is no date; `whyNoDate` then says why.
 */
export function parseDate(value: Json | undefined, timezone: string | Zone): IsoDate | null {
  const written = readDateText(textOf(value))
  if (typeof written === 'string') return null
  const { date, clock, offset } = written
  if (clock === null) return isoDay(date)
  let minutes: number
  if (typeof offset === 'number') minutes = offset
  else {
    minutes = offsetOfWallClock(utcMs(date, clock), asZone(timezone))
    // `date` on a machine in China prints CST as well; anywhere else it is America's (RFC 822).
    if (offset === 'CST' && minutes !== 480) minutes = -360
  }
  return `${isoDay(date)}T${isoClock(clock)}${offsetText(minutes, ':')}`
}

/** The reason, in words, why `parseDate` gave null: `month 13 does not exist`. Empty for a date. */
export function whyNoDate(value: Json | undefined): string {
  const written = readDateText(textOf(value))
  return typeof written === 'string' ? written : ''
}

/** The calendar date as authored, whatever the zone. */
export function calendarOf(date: IsoDate): CalendarDate {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

/** The wall clock as authored; midnight for a date alone. */
export function clockOf(date: IsoDate): Clock {
  if (date.length === 10) return midnight
  return {
    hour: Number(date.slice(11, 13)),
    minute: Number(date.slice(14, 16)),
    second: Number(date.slice(17, 19)),
  }
}

/** Minutes east of UTC: the date's own offset, or the zone's at the start of a date alone. */
export function zoneOffsetOf(date: IsoDate, timezone: string | Zone): number {
  if (date.length === 10) return offsetOfWallClock(utcMs(calendarOf(date), midnight), asZone(timezone))
  const size = Number(date.slice(20, 22)) * 60 + Number(date.slice(23, 25))
  return date[19] === '-' ? -size : size
}

/** Milliseconds since 1970; a date alone is the start of that day in the zone. Callers with many dates pass a Zone. */
export function instantOf(date: IsoDate, timezone: string | Zone): number {
  return utcMs(calendarOf(date), clockOf(date)) - zoneOffsetOf(date, timezone) * 60_000
}

/** The moment (ms since 1970) as the zone's wall clock shows it: `2024-12-31T10:55:52+08:00`. */
export function isoOf(ms: number, timezone: string | Zone): IsoDate {
  const minutes = asZone(timezone).offsetAt(ms)
  const local = Math.floor(ms / 1000) * 1000 + minutes * 60_000
  const days = Math.floor(local / dayMs)
  const seconds = Math.floor((local - days * dayMs) / 1000)
  const clock = {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  }
  return `${isoDay(dateOfDayNumber(days))}T${isoClock(clock)}${offsetText(minutes, ':')}`
}

/** For RSS: `Tue, 31 Dec 2024 10:55:52 +0800` (RFC 822 with the year of RFC 1123 and a numeric offset). */
export function toRfc822(date: IsoDate, timezone: string | Zone): string {
  const day = calendarOf(date)
  const weekday = (weekdayNames[weekdayOf(day)] ?? '').slice(0, 3)
  const month = (monthNames[day.month - 1] ?? '').slice(0, 3)
  const offset = offsetText(zoneOffsetOf(date, timezone), '')
  return `${weekday}, ${padded(day.day, 2)} ${month} ${padded(day.year, 4)} ${isoClock(clockOf(date))} ${offset}`
}

/** For Atom, JSON Feed, the sitemap and `<time>`: `2024-12-31T00:00:00+08:00`. */
export function toRfc3339(date: IsoDate, timezone: string | Zone): string {
  if (date.length > 10) return date
  return `${date}T00:00:00${offsetText(zoneOffsetOf(date, timezone), ':')}`
}
