// The table of spellings (`dates.table`) and everything that is said about it, apart from the tests, so that a child
// process in another zone can say it as well.
import { readFileSync } from 'node:fs'
import { instantOf, isoOf, parseDate, toRfc822 } from '../../src/content/dates.js'

const [, zoneLine = '', ...rows] = readFileSync('test/content/dates.table', 'utf8')
  .trimEnd()
  .split(/\n(?=.*\|)/)
export const zones = zoneLine.replace(/^.*\|/, '').trim().split(/\s+/)
export const table = [...rows].map((row) => {
  const [spelling = '', meaning = ''] = row.split('|')
  const [wall = '', ...offsets] = meaning.trim().split(/\s+/)
  return { spelling: spelling.trim(), wall, offsets }
})
export const expectedOf = ({ wall, offsets }: { wall: string; offsets: string[] }) =>
  zones.map((_, index) => {
    const [first = ''] = offsets
    return wall + (first.startsWith('=') ? first.slice(1) : (offsets[index] ?? ''))
  })

/** Everything the module says about the table, as one text: the same on every machine. */
export function sayAll(): string {
  return JSON.stringify(
    table.map(({ spelling }) =>
      zones.map((zone) => {
        const date = parseDate(spelling, zone)
        return date && [date, instantOf(date, zone), toRfc822(date, zone), isoOf(instantOf(date, zone), zone)]
      }),
    ),
  )
}
