import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import {
  calendarOf,
  instantOf,
  isoOf,
  parseDate,
  toRfc822,
  toRfc3339,
  whyNoDate,
  zoneOf,
} from '../../src/content/dates.js'
import { expectedOf, sayAll, table, zones } from './date-table.js'

test('the table holds forty spellings and more, and six zones', () => {
  assert.deepEqual([table.length >= 40, zones.length], [true, 6])
})

for (const row of table)
  test(`"${row.spelling}" means the same day in every zone`, () => {
    assert.deepEqual(
      zones.map((zone) => parseDate(row.spelling, zone)),
      expectedOf(row),
    )
  })

test('a date with a clock is the instant that its text says', () => {
  for (const row of table)
    for (const [index, date] of expectedOf(row).entries())
      if (date.length > 10) assert.equal(instantOf(date, zones[index] ?? ''), Date.parse(date), date)
})

test('what is read means the same on a machine in any zone and language', () => {
  const here = sayAll()
  const table = new URL('./date-table.js', import.meta.url).href
  const script = `import(${JSON.stringify(table)}).then((m) => process.stdout.write(m.sayAll()))`
  for (const TZ of ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'])
    for (const LANG of ['C', 'zh_CN.UTF-8']) {
      const env = { ...process.env, TZ, LANG, LC_ALL: LANG }
      const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        env,
        encoding: 'utf8',
      })
      assert.equal(child.stdout === here, true, `${TZ} ${LANG} ${child.stderr}`)
    }
})

const reasons: readonly (readonly [string, string])[] = [
  ['2024-13-01', 'month 13 does not exist'],
  ['2024-00-10', 'month 0 does not exist'],
  ['2025-11-31', 'November 2025 has 30 days, not 31'],
  ['2023-02-29', 'February 2023 has 28 days, not 29'],
  ['1900-02-29', 'February 1900 has 28 days, not 29'],
  ['2024-12-32', 'day 32 does not exist'],
  ['0000-01-01', 'year 0 does not exist'],
  ['0000-00-00 00:00:00', 'year 0 does not exist'],
  ['24-12-31', 'the year needs four digits'],
  ['2024-12-31 25:00', 'hour 25 does not exist'],
  ['2024-12-31 24:30', 'hour 24 with minute 30 does not exist'],
  ['9999-12-31 24:00', 'year 10000 does not exist'],
  ['2024-12-31 13:00 pm', 'hour 13 pm does not exist'],
  ['2024-12-31 10:60', 'minute 60 does not exist'],
  ['2024-12-31 10:10:61', 'second 61 does not exist'],
  ['2024-12-31T10:00:00+25:00', 'the offset +25:00 does not exist'],
  ['2024-12-31 10:00 XYZ', 'the time zone "XYZ" is not known'],
  ['2024-12-31 at 10', '"at 10" is no time of day'],
  ['2024-12-31 10', '"10" is no time of day'],
  ['12/31/2024', 'day and month cannot be told apart'],
  ['01-02-2024', 'day and month cannot be told apart'],
  ['3:04PM', 'the day is missing'],
  ['2024-12', 'the day is missing'],
  ['2024', 'the day is missing'],
  ['Jan  2 15:04:05', 'the year is missing'],
  ['昨天', 'this is no date'],
  ['', 'this is no date'],
  ['1'.repeat(5000), 'this is no date'],
]
for (const [text, reason] of reasons)
  test(`"${text.slice(0, 30)}" is no date: ${reason}`, () => {
    assert.deepEqual([parseDate(text, 'Asia/Shanghai'), whyNoDate(text)], [null, reason])
  })

test('only texts and numbers can be dates', () => {
  const values = [null, true, [], {}, undefined, 20241231]
  assert.deepEqual(
    values.map((value) => parseDate(value, 'UTC')),
    [null, null, null, null, null, '2024-12-31'],
  )
})

test('a date alone is the first moment of its day, also where midnight is skipped or the day is', () => {
  const starts = [
    ['2024-12-31', 'Asia/Shanghai'],
    ['2018-11-04', 'America/Sao_Paulo'],
    ['2011-12-30', 'Pacific/Apia'],
    ['0001-01-01', 'UTC'],
  ] as const
  assert.deepEqual(
    starts.map(([date, zone]) => [
      isoOf(instantOf(date, zone), zone),
      toRfc3339(date, zone),
      toRfc822(date, zone),
    ]),
    [
      ['2024-12-31T00:00:00+08:00', '2024-12-31T00:00:00+08:00', 'Tue, 31 Dec 2024 00:00:00 +0800'],
      ['2018-11-04T01:00:00-02:00', '2018-11-04T00:00:00-03:00', 'Sun, 04 Nov 2018 00:00:00 -0300'],
      ['2011-12-31T00:00:00+14:00', '2011-12-30T00:00:00-10:00', 'Fri, 30 Dec 2011 00:00:00 -1000'],
      ['0001-01-01T00:00:00+00:00', '0001-01-01T00:00:00+00:00', 'Mon, 01 Jan 0001 00:00:00 +0000'],
    ],
  )
})

test('a time with its own offset is written with that offset in any zone', () => {
  const date = '2024-12-31T10:55:52-03:30'
  assert.deepEqual(
    [toRfc3339(date, 'Asia/Shanghai'), toRfc822(date, 'Asia/Shanghai'), calendarOf(date)],
    ['2024-12-31T10:55:52-03:30', 'Tue, 31 Dec 2024 10:55:52 -0330', { year: 2024, month: 12, day: 31 }],
  )
})

test('the calendar agrees with the one of JavaScript on 4,000 days over nine millennia', () => {
  const utc = zoneOf('UTC')
  for (let ms = -62_135_596_800_000; ms < 250_000_000_000_000; ms += 78_123_456_789)
    assert.equal(isoOf(ms, utc), `${new Date(ms).toISOString().slice(0, 19)}+00:00`)
})
