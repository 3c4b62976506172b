// When a schedule must run so that scheduled posts appear: cron lines in UTC, the only zone that GitHub knows.
import { type Zone, zoneOf } from '../content/dates.js'

/** Minutes after midnight: GitHub drops jobs at the full hour, when everybody's run. */
const late = 7
const most = 8

export interface CronLine {
  readonly cron: string
  /** What it is for, for a comment. */
  readonly why: string
}

/**
 * A line for each day's beginning in the site's zone (two where its clock changes in summer, for both are right in half
 * of the year), and one for each of the next moments within a year that is not covered by them.
 */
export function cronLines(timezone: string, moments: readonly number[], now: number): readonly CronLine[] {
  const zone = zoneOf(timezone)
  const year = new Date(now).getUTCFullYear()
  const offsets = [...new Set([Date.UTC(year, 0, 15), Date.UTC(year, 6, 15)].map((ms) => zone.offsetAt(ms)))]
  const daily = offsets.map((offset) => ({
    cron: `${clockAt(late - offset)} * * *`,
    why: `every day at 00:${two(late)} in ${timezone}${offsets.length > 1 ? ` while UTC${signed(offset)}` : ''}`,
  }))
  const within = moments.filter((ms) => ms > now && ms < now + 365 * 86_400_000 && !isMidnight(ms, zone))
  const single = within.slice(0, most).map((ms) => {
    const at = new Date(Math.ceil(ms / 60_000) * 60_000 + 60_000)
    return {
      cron: `${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} *`,
      why: `what is scheduled for ${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    }
  })
  return [...daily, ...single]
}

const two = (value: number): string => String(value).padStart(2, '0')
const signed = (minutes: number): string => {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${size % 60 === 0 ? '' : `:${two(size % 60)}`}`
}

/** `7 16` from minutes since midnight UTC, which may lie in the day before or after. */
function clockAt(minutes: number): string {
  const within = ((minutes % 1440) + 1440) % 1440
  return `${within % 60} ${Math.floor(within / 60)}`
}

const isMidnight = (ms: number, zone: Zone): boolean =>
  (((ms / 60_000 + zone.offsetAt(ms)) % 1440) + 1440) % 1440 === 0
