// Old sites of every kind with accidents in their files: whatever is in them, what comes over can be read and is complete.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { splitFrontmatter } from '../../src/content/frontmatter.js'
import { reportOf } from '../../src/import/report.js'
import { importKinds } from '../../src/import/types.js'
import { ledgerOf, readLedger, writeLedger } from '../../src/site/ledger.js'
import { filesOf, move } from '../importers/folder.js'
import type { Fuzzer } from './fuzzer.js'
import { document, mutated } from './grammar.js'

/** Kind, then pairs of path and text, of every old site that the tests know. */
const sites: readonly (readonly string[])[] = readdirSync('test/importers/sites')
  .filter((name) => name.endsWith('.site'))
  .sort()
  .map((name) => {
    const [head = ''] = readFileSync(`test/importers/sites/${name}`, 'utf8').split(/^={3,} new: /m)
    const parts = head.split(/^={3,} old: (.+)\n/m).slice(1)
    const pairs: string[] = []
    for (let at = 0; at + 1 < parts.length; at += 2)
      if (parts[at] !== 'ADDRESSES') pairs.push(parts[at] ?? '', parts[at + 1] ?? '')
    return [importKinds.find((kind) => name.startsWith(kind)) ?? 'hugo', ...pairs]
  })

export const importing: Fuzzer = {
  name: 'importers',
  make(random) {
    const [kind = '', ...pairs] = random.pick(sites)
    const odds = 2 + random.below(6)
    return [
      kind,
      ...pairs.map((text, at) => {
        if (at % 2 === 0 || random.below(odds) > 0) return text
        const longer = random.below(3) === 0 ? `${text}\n${document(random, 2)}` : text
        return mutated(random, mutated(random, longer))
      }),
    ]
  },
  async check([kind = '', ...pairs]) {
    const known = importKinds.find((name) => name === kind)
    if (!known) return
    const texts: Record<string, string> = {}
    for (let at = 0; at + 1 < pairs.length; at += 2) texts[pairs[at] ?? ''] = pairs[at + 1] ?? ''
    const { imported, assembled } = await move(known, filesOf(texts))
    for (const [path, file] of assembled.files) {
      assert.ok(
        !path.startsWith('/') && !path.split('/').includes('..') && !path.includes('\0'),
        `outside: ${path}`,
      )
      if (!('text' in file) || !path.endsWith('.md')) continue
      const { fields, problems } = splitFrontmatter(file.text, path)
      assert.ok(
        fields !== null,
        `${path} cannot be read: ${JSON.stringify(problems)}\n${file.text.slice(0, 500)}`,
      )
    }
    const { counts } = reportOf(imported, assembled, null)
    assert.equal(counts.found, counts.written + counts.left, 'numbers that add up')
    const text = writeLedger(ledgerOf(assembled.published))
    assert.deepEqual(readLedger(text).problems, [])
  },
}
