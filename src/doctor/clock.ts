// Does the clock tell the time? Posts appear when their date has come, so a wrong one hides or shows them.
import { join } from 'node:path'
import { filesBelow, nameOf } from './folders.js'
import { type Finding, finding, type Question } from './types.js'

/** Clocks of two machines (a file server, whoever committed) differ by so much without anything being wrong. */
const tolerance = 5 * 60_000
const year = 365.25 * 86_400_000
/** Nobody had this program before. */
const earliest = Date.UTC(2025, 0, 1)

export const clock: Question = ({ root }, { disk, now, git }): readonly Finding[] => {
  const files = filesBelow(disk, join(root, 'content'))
  const ahead = files.filter(({ mtimeMs }) => mtimeMs > now + tolerance)
  const commit = Number(git('log', '-1', '--format=%ct')?.trim() || 0) * 1000
  const newest = files.reduce((last, { mtimeMs }) => Math.max(last, mtimeMs), commit)
  const says = `the clock says ${day(now)}`
  const fix =
    'set the clock (timedatectl set-ntp true, or the settings of the system), or build with --at TIME'
  const hidden = 'posts of after that moment are taken for future ones and left out'
  const behind =
    commit > now + tolerance
      ? `the last commit is of ${day(commit)}`
      : ahead.length > files.length / 2
        ? `most files in content/ are of later, up to ${day(newest)}`
        : now < earliest
          ? 'this program is younger than that'
          : ''
  if (behind !== '')
    return [finding('warning', 'doctor/clock-behind', { what: `${says}, but ${behind}`, why: hidden, fix })]
  if (now > (newest || earliest) + 10 * year)
    return [
      finding('warning', 'doctor/clock-ahead', {
        what: `${says}, ${Math.floor((now - (newest || earliest)) / year)} years after the newest file of the site`,
        why: 'posts that are meant for later are published now, and feeds carry the wrong day',
        fix,
      }),
    ]
  const first = ahead.map(({ path }) => nameOf(root, path)).sort()[0]
  if (first !== undefined)
    return [
      finding('warning', 'doctor/future-files', {
        what:
          ahead.length === 1
            ? `${first} was changed in the future, says its file time`
            : `${first} and ${ahead.length - 1} more were changed in the future, say their file times`,
        why: 'whether a file changed is first asked of its time; such a one is read again in every build',
        fix: `touch ${first}`,
        file: first,
      }),
    ]
  return [{ ok: `clock: ${day(now)}` }]
}

const day = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
