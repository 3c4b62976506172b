// Small old sites of every kind with what becomes of them, whole: sites/NAME.site holds the files of the old site, then
// those of the new one. GOLDEN=write writes the second half anew, to be read before it is committed.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { reportOf } from '../../src/import/report.js'
import { type ImportKind, importKinds } from '../../src/import/types.js'
import { ledgerOf, writeLedger } from '../../src/site/ledger.js'
import { filesOf, move } from './folder.js'

const folder = join('test', 'importers', 'sites')
const fence = /^={3,} (old|new): (.+)$/

interface Case {
  readonly old: Record<string, string>
  readonly expected: string
  readonly head: string
}

function parse(text: string): Case {
  const old: Record<string, string> = {}
  let name = ''
  const lines = text.split('\n')
  const start = lines.findIndex((line) => fence.exec(line)?.[1] === 'new')
  const head = start < 0 ? lines : lines.slice(0, start)
  for (const line of head) {
    const found = fence.exec(line)
    if (found) {
      name = found[2] ?? ''
      old[name] = ''
      // What no editor shows is written out.
    } else if (name !== '')
      old[name] +=
        `${line.replaceAll('\\f', '\u000c').replaceAll('\\r', '\r').replaceAll('\\b', '\u0008').replaceAll('\\BOM', '\ufeff')}\n`
  }
  return { old, head: head.join('\n'), expected: start < 0 ? '' : lines.slice(start).join('\n') }
}

async function result(kind: ImportKind, old: Record<string, string>): Promise<string> {
  const { ADDRESSES: addresses, ...texts } = old
  const { imported, assembled } = await move(
    kind,
    filesOf(texts),
    addresses?.split('\n').filter((line) => line !== ''),
  )
  const report = reportOf(imported, assembled, null)
  assert.equal(report.counts.found, report.counts.written + report.counts.left)
  const files = [...assembled.files].map(([path, file]) =>
    'text' in file ? `=== new: ${path}\n${file.text}` : `=== new: ${path}\n(copy of ${file.copy})\n`,
  )
  const told = [
    ...report.left.map(({ source, why }) => `left     ${source}: ${why}`),
    ...report.notes.map(
      ({ kind: of, what, file, line }) =>
        `${of.padEnd(8)} ${what}${file ? `  ${file}${line ? `:${line}` : ''}` : ''}`,
    ),
    ...report.open.map((url) => `open     ${url}`),
  ]
  return [
    ...files,
    `=== new: urls.lock.json\n${writeLedger(ledgerOf(assembled.published))}`,
    `=== new: REPORT\n${told.map((line) => `${line}\n`).join('')}`,
  ].join('')
}

for (const name of readdirSync(folder)
  .filter((file) => file.endsWith('.site'))
  .sort()) {
  const kind = importKinds.find((known) => name.startsWith(known))
  test(`${name.replace('.site', '')} comes over as written down`, async () => {
    assert.ok(kind, `${name} begins with the name of no kind`)
    const path = join(folder, name)
    const { old, head, expected } = parse(readFileSync(path, 'utf8'))
    const made = await result(kind, old)
    if (process.env['GOLDEN'] === 'write') writeFileSync(path, `${head}\n${made}`)
    else assert.deepEqual(made.split('\n'), expected.split('\n'))
  })
}
