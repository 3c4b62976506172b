// The comparison as a table for the terminal. Text only.
import type { VerifyReport } from './compare.js'

const most = 30

function rows(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return []
  return [
    '',
    `${title} (${items.length})`,
    ...items.slice(0, most).map((item) => `  ${item}`),
    ...(items.length > most ? [`  … and ${items.length - most} more; --json names all`] : []),
  ]
}

export function showVerified(report: VerifyReport): string {
  const { counts } = report
  const table: readonly (readonly [string, number])[] = [
    ['old addresses', counts.addresses],
    ['  same page', counts.same],
    ['  redirected', counts.redirected],
    ['  missing', counts.missing],
    ['  acknowledged as gone', counts.forgotten],
    ['  old styles, scripts, fonts', counts.assets],
    ['missing anchors', report.anchors.length],
    ['missing images', report.images.length],
    ['missing link targets', report.links.length],
    ['changed feed ids', report.feedIds.length],
    ['changed titles', report.titles.length],
    ['changed dates', report.dates.length],
  ]
  const width = Math.max(...table.map(([name]) => name.length)) + 2
  const lines = [
    ...table.map(([name, count]) => `${name.padEnd(width)}${String(count).padStart(6)}`),
    ...rows(
      'Missing',
      report.missing.map(({ address, why }) => (why === '' ? address : `${address}: ${why}`)),
    ),
    ...rows(
      'Missing anchors',
      report.anchors.map(({ address, anchor }) => `${address}#${anchor}`),
    ),
    ...rows(
      'Missing images',
      report.images.map(({ address, image }) => `${image} (on ${address})`),
    ),
    ...rows(
      'Missing link targets',
      report.links.map(({ address, target }) => `${target} (on ${address})`),
    ),
    ...rows(
      'Changed feed ids',
      report.feedIds.map(({ address, old, now }) => `${address}: ${old} is now ${now}`),
    ),
    ...rows(
      'Changed titles',
      report.titles.map(({ address, old, now }) => `${address}: "${old}" is now "${now}"`),
    ),
    ...rows(
      'Changed dates',
      report.dates.map(({ address, old, now }) => `${address}: ${old} is now ${now}`),
    ),
  ]
  return `${lines.join('\n')}\n`
}
