// What moving in did, for people and for programs: numbers that add up, then every change, what was not understood with
// its place, and the addresses that nothing answers. Text only; who prints it is another's business.
import type { Assembled } from './assemble.js'
import type { Imported, Note } from './types.js'

export interface ImportReport {
  readonly kind: string
  readonly counts: {
    readonly found: number
    readonly written: number
    readonly left: number
    readonly copied: number
    readonly addresses: number | null
    readonly redirects: number
    readonly feeds: number
    readonly open: number
  }
  readonly left: readonly { readonly source: string; readonly why: string }[]
  readonly documents: readonly { readonly source: string; readonly id: string; readonly url: string | null }[]
  readonly redirects: Readonly<Record<string, string>>
  readonly open: readonly string[]
  readonly notes: readonly Note[]
}

export function reportOf(
  imported: Imported,
  assembled: Assembled,
  old: ReadonlySet<string> | null,
): ImportReport {
  const copied = [...assembled.files.values()].filter((file) => 'copy' in file).length
  return {
    kind: imported.kind,
    counts: {
      found: imported.found,
      written: imported.documents.length,
      left: imported.left.length,
      copied,
      addresses: old?.size ?? null,
      redirects: Object.keys(assembled.redirects).length,
      feeds: assembled.feeds.length,
      open: assembled.open.length,
    },
    left: imported.left,
    documents: assembled.documents,
    redirects: assembled.redirects,
    open: assembled.open,
    notes: [...assembled.notes].sort(
      (a, b) =>
        compare(a.kind, b.kind) ||
        compare(a.what, b.what) ||
        compare(a.file ?? '', b.file ?? '') ||
        (a.line ?? 0) - (b.line ?? 0),
    ),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const placeOf = ({ file, line }: Note): string =>
  file === undefined ? '' : line === undefined ? file : `${file}:${line}`

/** A few lines for the terminal. */
export function showReport(report: ImportReport): string {
  const { counts, open } = report
  const lines = [
    `${counts.found} documents of ${report.kind}: ${counts.written} came over, ${counts.left} left out`,
    `${counts.copied} files copied, ${counts.feeds} feeds at old addresses, ${counts.redirects} redirects`,
    ...(counts.addresses === null
      ? []
      : [
          `${counts.addresses} old addresses: ${counts.addresses - counts.open} are answered, ${counts.open} are not`,
        ]),
  ]
  for (const url of open.slice(0, 20)) lines.push(`  nothing answers ${url}`)
  if (open.length > 20) lines.push(`  … and ${open.length - 20} more in import-report.md`)
  for (const kind of ['unknown', 'warning'] as const) {
    const found = report.notes.filter((note) => note.kind === kind)
    if (found.length > 0)
      lines.push(
        `${found.length} ${kind === 'unknown' ? 'things not understood (kept as typed)' : 'warnings'}:`,
      )
    for (const [what, notes] of grouped(found).slice(0, 12))
      lines.push(`  ${what}${notes.length > 1 ? ` (${notes.length}×)` : ''}  ${placeOf(notes[0]!)}`)
  }
  return `${lines.join('\n')}\n`
}

/** By text, most frequent first. */
function grouped(notes: readonly Note[]): [string, Note[]][] {
  const groups = new Map<string, Note[]>()
  for (const note of notes) {
    const group = groups.get(note.what)
    if (group) group.push(note)
    else groups.set(note.what, [note])
  }
  return [...groups].sort(([a, x], [b, y]) => y.length - x.length || compare(a, b))
}

const titles: Readonly<Record<Note['kind'], string>> = {
  unknown: 'Not understood, kept as typed',
  warning: 'To be looked at',
  changed: 'Written in another way',
  skipped: 'Not brought over',
}
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/[\r\n]+/g, ' ')

/** `import-report.md`: everything. */
export function reportDocument(report: ImportReport): string {
  const { counts } = report
  const parts = [
    `# What came over from ${report.kind}\n`,
    `${counts.found} documents were found: ${counts.written} came over and ${counts.left} were left out. ${counts.copied} other files came over.\n`,
  ]
  if (counts.addresses !== null)
    parts.push(
      `Of ${counts.addresses} known old addresses ${counts.addresses - counts.open} are answered, ${counts.redirects} redirects among them.\n`,
    )
  if (report.open.length > 0)
    parts.push(
      '## Old addresses that nothing answers\n',
      `${report.open.map((url) => `- \`${url}\``).join('\n')}\n`,
    )
  if (report.left.length > 0)
    parts.push(
      '## Left out\n',
      `| file | why |\n|---|---|\n${report.left.map(({ source, why }) => `| ${cell(source)} | ${cell(why)} |`).join('\n')}\n`,
    )
  for (const kind of ['unknown', 'warning', 'changed', 'skipped'] as const) {
    const groups = grouped(report.notes.filter((note) => note.kind === kind))
    if (groups.length === 0) continue
    parts.push(`## ${titles[kind]}\n`)
    for (const [what, notes] of groups)
      parts.push(
        `- ${what}${notes.length > 1 ? ` (${notes.length}×)` : ''}\n${notes.map((note) => (placeOf(note) === '' ? '' : `  - ${placeOf(note)}\n`)).join('')}`,
      )
  }
  const redirects = Object.entries(report.redirects)
  if (redirects.length > 0)
    parts.push(
      '## Redirects\n',
      `| from | to |\n|---|---|\n${redirects.map(([from, to]) => `| ${cell(from)} | ${cell(to)} |`).join('\n')}\n`,
    )
  parts.push(
    '## Documents\n',
    `| old file | new file | address |\n|---|---|---|\n${report.documents.map(({ source, id, url }) => `| ${cell(source)} | content/${cell(id)} | ${cell(url ?? 'none yet')} |`).join('\n')}\n`,
  )
  return parts.join('\n')
}
