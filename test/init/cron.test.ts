import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cronLines } from '../../src/init/cron.js'

const now = Date.UTC(2025, 5, 1, 4)
const lines = (zone: string, ...moments: readonly number[]) =>
  cronLines(zone, moments, now).map(({ cron }) => cron)

test('a day begins at midnight of the site, in UTC', () => {
  assert.deepEqual(lines('Asia/Shanghai'), ['7 16 * * *'])
  assert.deepEqual(lines('UTC'), ['7 0 * * *'])
  assert.deepEqual(lines('Asia/Kathmandu'), ['22 18 * * *'])
  assert.deepEqual(lines('Pacific/Kiritimati'), ['7 10 * * *'])
})

test('where clocks change in summer there is a line for each half of the year', () => {
  assert.deepEqual(lines('Europe/Berlin'), ['7 23 * * *', '7 22 * * *'])
  assert.deepEqual(lines('America/New_York'), ['7 5 * * *', '7 4 * * *'])
  assert.deepEqual(
    cronLines('Europe/Berlin', [], now).map(({ why }) => why),
    ['every day at 00:07 in Europe/Berlin while UTC+1', 'every day at 00:07 in Europe/Berlin while UTC+2'],
  )
})

test('a time of day within a year has a line a minute later; midnights, the past and far days have none', () => {
  const at = Date.UTC(2025, 6, 3, 2, 30)
  assert.deepEqual(
    lines('Asia/Shanghai', at, Date.UTC(2025, 6, 9, 16), Date.UTC(2025, 4, 1, 2), Date.UTC(2027, 0, 1, 1)),
    ['7 16 * * *', '31 2 3 7 *'],
  )
  assert.deepEqual(lines('UTC', Date.UTC(2025, 11, 31, 23, 59, 30)), ['7 0 * * *', '1 0 1 1 *'])
})
