// The spellings of a date that authors use, as text → parts. What each spelling means is decided here alone;
// a text that is no date gives the reason in words, because the author has to mend it.
// It must never guess between day and month, and never call Date.parse, which differs between engines.
import {
  type CalendarDate,
  type Clock,
  dateOfDayNumber,
  dayNumber,
  daysInMonth,
  monthNames,
} from './calendar.js'

/** A date as written: no clock for a date alone, no offset for a clock without zone. */
export interface WrittenDate {
  readonly date: CalendarDate
  readonly clock: Clock | null
  /** Minutes east of UTC; `'CST'` is China's or America's, which the reader's zone decides. */
  readonly offset: number | 'CST' | null
}

const months = monthNames.map((name) => name.slice(0, 3).toLowerCase())
const monthName = `(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|${monthNames.join('|')})\\.?`
const weekday = '(?:(?:sun|mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur)(?:day)?,?\\s+)?'
const rest = '((?:[T\\s,].*)?)'
const pattern = (source: string) => new RegExp(`^${source}$`, 'i')

const yearFirst = pattern(`(\\d{1,4})([-/.])(\\d{1,2})\\2(\\d{1,2})${rest}`)
const chinese = pattern('(\\d{1,4})\\s*年\\s*(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*[日号]?(.*)')
const compact = pattern('(\\d{4})(\\d\\d)(\\d\\d)(?:[T ]?(\\d\\d)(\\d\\d)(\\d\\d)?(.*))?')
/** RFC 822, 850 and 1123, `02 Jan 2006`. */
const dayFirst = pattern(
  `${weekday}(\\d{1,2})(?:st|nd|rd|th)?[-\\s]${monthName}[-\\s,]\\s*(\\d{4}|\\d\\d)${rest}`,
)
/** `Dec 31 2024`, `December 31, 2024`, what JavaScript prints. */
const monthFirst = pattern(`${weekday}${monthName}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${rest}`)
/** C's asctime, Unix `date`, Ruby: the year stands last. */
const yearLast = pattern(
  `${weekday}${monthName}\\s+(\\d{1,2})\\s+(\\d{1,2}:\\d\\d:\\d\\d)(\\s.*?)?\\s+(\\d{4})`,
)
const clockText =
  /^(?:(am|pm)\s*)?(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?)?\s*(am|pm)?(?:\s*([a-z+-].*))?$/i
const zoneText = /^(?:z|([a-z]{2,5})?\s*(?:([+-])(\d{1,2})(?::?(\d\d))?)?)(?:\s+[a-z]{2,5}| [+-]\d{4})?$/i

/** Zones by name as RFC 822 defines them, and the unmistakable ones of East Asia and Europe; minutes east. */
const zoneNames: ReadonlyMap<string, number> = new Map([
  ...(['z', 'utc', 'gmt', 'ut'] as const).map((name) => [name, 0] as const),
  ...(
    [
      ['est', -5],
      ['edt', -4],
      ['cdt', -5],
      ['mst', -7],
      ['mdt', -6],
      ['pst', -8],
      ['pdt', -7],
    ] as const
  ).map(([name, hours]) => [name, hours * 60] as const),
  ...(
    [
      ['jst', 9],
      ['kst', 9],
      ['hkt', 8],
      ['sgt', 8],
      ['cet', 1],
      ['cest', 2],
      ['eet', 2],
      ['eest', 3],
    ] as const
  ).map(([name, hours]) => [name, hours * 60] as const),
])

/** Full-width digits and colons, Chinese clock words, weekdays and zone comments become what the patterns read. */
function tidied(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s*\((?:星期|周|礼拜)[一二三四五六日天]\)|(?:星期|周|礼拜)[一二三四五六日天]/g, ' ')
    .replace(/\s*(?:\([^()]*\)|\[[\w/+-]+\])$/, '')
    .replace(/\s*(上午|凌晨|早上)\s*/g, ' am ')
    .replace(/\s*(下午|晚上)\s*/g, ' pm ')
    .replace(
      /(\d)\s*[点时時]\s*(?:整|(\d{1,2})\s*分?)?(?:\s*(\d{1,2})\s*秒)?/g,
      (_, hour, minute, second) => `${hour}:${minute ?? '00'}${second === undefined ? '' : `:${second}`}`,
    )
    .replace(/\s+/g, ' ')
    .trim()
}

function readOffset(text: string): number | 'CST' | string {
  const [whole, name, sign, hours, minutes] = zoneText.exec(text.trim()) ?? []
  if (whole === undefined) return `"${text.trim()}" is no time zone`
  if (sign !== undefined) {
    const size = Number(hours) * 60 + Number(minutes ?? 0)
    if (Number(hours) > 23 || Number(minutes ?? 0) > 59) return `the offset ${text.trim()} does not exist`
    return sign === '-' ? -size : size
  }
  const zone = (name ?? whole).toLowerCase()
  return zone === 'cst' ? 'CST' : (zoneNames.get(zone) ?? `the time zone "${text.trim()}" is not known`)
}

/** Checks the parts and puts them together; `tail` is what follows the date: a clock, a zone, both or nothing. */
function assemble(year: number, month: number, day: number, tail: string): WrittenDate | string {
  if (year < 1 || year > 9999) return `year ${year} does not exist`
  if (month < 1 || month > 12) return `month ${month} does not exist`
  const last = daysInMonth(year, month)
  if (day < 1 || day > 31) return `day ${day} does not exist`
  if (day > last) return `${monthNames[month - 1]} ${year} has ${last} days, not ${day}`
  const date = { year, month, day }
  const text = tail.replace(/^[T\s,]+/i, '')
  if (text === '') return { date, clock: null, offset: null }
  const found = clockText.exec(text)
  if (!found) {
    const zone = readOffset(text)
    return typeof zone === 'string' && zone !== 'CST'
      ? `"${text}" is no time of day`
      : { date, clock: null, offset: null }
  }
  const [, halfBefore, hourText, minuteText, secondText, halfAfter, zone] = found
  const half = (halfBefore ?? halfAfter)?.toLowerCase()
  if (minuteText === undefined && half === undefined) return `"${text}" is no time of day`
  const written = Number(hourText)
  if (half !== undefined && (written < 1 || written > 12)) return `hour ${written} ${half} does not exist`
  const hour = half === undefined ? written : (written % 12) + (half === 'pm' ? 12 : 0)
  const minute = Number(minuteText ?? 0)
  const second = Number(secondText ?? 0)
  if (hour > 24 || (hour === 24 && (minute > 0 || second > 0)))
    return `hour ${hour}${hour === 24 ? ` with minute ${minute}` : ''} does not exist`
  if (minute > 59) return `minute ${minute} does not exist`
  if (second > 60) return `second ${second} does not exist`
  const offset = zone === undefined ? null : readOffset(zone)
  if (typeof offset === 'string' && offset !== 'CST') return offset
  // 24:00 is the midnight that ends the day (ISO 8601); a leap second has no place in an RFC 3339 reader.
  if (hour === 24) {
    const next = dateOfDayNumber(dayNumber(date) + 1)
    if (next.year > 9999) return 'year 10000 does not exist'
    return { date: next, clock: { hour: 0, minute: 0, second: 0 }, offset }
  }
  return { date, clock: { hour, minute, second: Math.min(second, 59) }, offset }
}

const monthOf = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1
/** Go's rule for years of two digits. */
const fullYear = (text: string): number =>
  text.length === 2 ? Number(text) + (Number(text) < 69 ? 2000 : 1900) : Number(text)

/** Why a text that matched no spelling is no date. */
function whyUnreadable(text: string): string {
  if (/^\d{1,2}([-/.])\d{1,2}\1\d{4}/.test(text)) return 'day and month cannot be told apart'
  if (/^\d{1,2}:\d\d/.test(text)) return 'the day is missing'
  if (pattern(`${weekday}${monthName}\\s+\\d{1,2}(?:\\s.*)?`).test(text)) return 'the year is missing'
  if (/^\d{4}(?:[-/.年]\d{1,2}月?)?$/.test(text)) return 'the day is missing'
  return 'this is no date'
}

/** Reads one date in any spelling that is known; otherwise the reason in words ("month 13 does not exist"). */
export function readDateText(typed: string): WrittenDate | string {
  if (typed.length > 100) return 'this is no date'
  const text = tidied(typed)
  let m = yearFirst.exec(text)
  if (m) {
    if ((m[1] ?? '').length < 4 && Number(m[1]) !== 0) return 'the year needs four digits'
    return assemble(Number(m[1]), Number(m[3]), Number(m[4]), m[5] ?? '')
  }
  m = chinese.exec(text)
  if (m) {
    if ((m[1] ?? '').length < 4 && Number(m[1]) !== 0) return 'the year needs four digits'
    return assemble(Number(m[1]), Number(m[2]), Number(m[3]), m[4] ?? '')
  }
  m = compact.exec(text)
  if (m) {
    const clock = m[4] === undefined ? '' : `${m[4]}:${m[5]}:${m[6] ?? '00'}${m[7] ?? ''}`
    return assemble(Number(m[1]), Number(m[2]), Number(m[3]), clock)
  }
  m = dayFirst.exec(text)
  if (m) return assemble(fullYear(m[3] ?? ''), monthOf(m[2] ?? ''), Number(m[1]), m[4] ?? '')
  m = monthFirst.exec(text)
  if (m) return assemble(Number(m[3]), monthOf(m[1] ?? ''), Number(m[2]), m[4] ?? '')
  m = yearLast.exec(text)
  if (m) return assemble(Number(m[5]), monthOf(m[1] ?? ''), Number(m[2]), `${m[3]}${m[4] ?? ''}`)
  return whyUnreadable(text)
}
