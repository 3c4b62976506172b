// Random texts against the promises of floor 2: it never throws, every Problem has its place, addresses are in normal
// form, the body begins where it is said to begin, and asking twice gives the same. SEED=n repeats a run.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMeta } from '../../src/content/meta.js'
import type { MetaResult } from '../../src/content/types.js'
import { configOf } from './cases.js'

const seed = Number(process.env['SEED'] ?? 20241231)

/** Mulberry32: a small generator that gives the same numbers everywhere. */
function generator(start: number): (below: number) => number {
  let state = start
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const config = configOf({ posts: '/:year/:month/:day/:title/' })
const read = (text: string, defaults = '', id = 'posts/a.md'): MetaResult =>
  readMeta(
    id,
    (path) =>
      path === `content/${id}`
        ? text
        : path === 'content/_defaults.yml' && defaults !== ''
          ? defaults
          : undefined,
    config,
  )

function check(text: string, result: MetaResult, why: string): void {
  for (const { file, line, column } of result.problems)
    assert.ok(file && line !== undefined && line > 0 && column !== undefined && column > 0, why)
  const { meta } = result
  if (!meta) return
  assert.deepEqual(JSON.parse(JSON.stringify(meta)), meta, why)
  for (const url of [meta.url, ...meta.aliases]) {
    assert.equal(url, url.normalize('NFC'), why)
    assert.match(url, /^\/(?:[^/\\\u0000-\u001f]+\/)*[^/\\\u0000-\u001f]*$/, why)
    assert.ok(!url.split('/').some((part) => part === '..' || part === '.'), why)
  }
  assert.ok(meta.bodyOffset >= 0 && meta.bodyOffset <= text.length, why)
  const before = text.slice(0, meta.bodyOffset)
  assert.equal(meta.bodyLine, (before.match(/\r\n|\r|\n/g)?.length ?? 0) + 1, why)
}

const words = (
  '---|\n|\r\n|\r|\n\n|+++|{|}|[|]|title|date|tags|slug|permalink|aliases|cover|draft|layout|url|weight|series|: |:| = |' +
  '"|\'|\t| |  |- |, |#|&a|*a|<<: |!!js |\ufeff|\u0000|\u200b|2024-12-31|2024-13-40|10:55|../|/a/|%2e%2e|%|\\|e\u0301|' +
  '中文|：|😀|\ud800|true|null|~|1e5|0123|.inf|__proto__|constructor|| > |\n  |...|?|@|`|/:year/:slug/|:x|\u001b'
).split('|')

test(`random texts never throw and keep every promise (seed ${seed})`, () => {
  const random = generator(seed)
  for (let run = 0; run < 3000; run++) {
    const pieces = Array.from({ length: random(40) }, () => words[random(words.length)] ?? '')
    const opening =
      ['', '---\n', '---\ntitle: x\ndate: 2024-12-31\n', '+++\n', '{"title": "x",', '\ufeff---\r\n'][
        random(6)
      ] ?? ''
    const closing = ['', '\n---\n', '\n+++\n', '}\n', '\r\n---\r\nbody'][random(5)] ?? ''
    const text = opening + pieces.join('') + closing
    const why = `seed ${seed}, run ${run}: ${JSON.stringify(text)}`
    let result: MetaResult
    try {
      result = read(text, random(4) === 0 ? pieces.join('') : '')
    } catch (error) {
      throw new Error(why, { cause: error })
    }
    check(text, result, why)
    if (run % 20 === 0) assert.deepEqual(read(text), read(text), why)
  }
})

test(`random bytes read as UTF-8 never throw (seed ${seed})`, () => {
  const random = generator(seed + 1)
  for (let run = 0; run < 1000; run++) {
    const bytes = Uint8Array.from({ length: random(300) }, () => random(256))
    const text = `---\n${new TextDecoder().decode(bytes)}\n---\n`
    check(text, read(text), `seed ${seed}, run ${run}: ${JSON.stringify(text)}`)
  }
})

test('decomposed and composed text give the same addresses', () => {
  const text = (form: 'NFC' | 'NFD') =>
    '---\ntitle: Café 한국\ndate: 2024-12-31\nslug: é\naliases: [/ü/]\ncover: ö.jpg\n---\n'.normalize(form)
  const ids = ['posts/한글é.md', 'é/ü/index.md', 'projects/ガ.md']
  for (const id of ids) {
    const pick = ({ meta }: MetaResult) => meta && [meta.url, meta.slug, meta.aliases, meta.cover]
    assert.deepEqual(pick(read(text('NFD'), '', id.normalize('NFD'))), pick(read(text('NFC'), '', id)))
  }
})

test('texts made to be slow are read or refused in a moment', () => {
  const many = (text: string, count: number) => text.repeat(count)
  const texts = [
    `---\n${many('\n', 100_000)}---\n`,
    `---\ntitle: ${many('a', 100_000)}\n---\n`,
    `---\ntitle: ${many('(', 50_000)}\ntags: ${many('- ', 20_000)}\n---\n`,
    `---\n${many('a: &x [*x]\n', 5000)}---\n`,
    `---\n${Array.from({ length: 5000 }, (_, i) => `k${i}: 1\n`).join('')}---\n`,
    `{"a": "${many('\\', 100_000)}`,
    many('# [', 30_000),
    `${many('*', 100_000)}\n===\n`,
    `# ${many('[a](', 50_000)}`,
    `title: ${many(' :', 50_000)}\n---\n`,
    `+++\na = [${many('[', 50_000)}\n+++\n`,
    `---\ndate: ${many('1 ', 30_000)}\npermalink: ${many('/a', 30_000)}\n---\n`,
  ]
  for (const text of texts) {
    const start = performance.now()
    check(text, read(text), text.slice(0, 50))
    assert.ok(performance.now() - start < 2000, `${performance.now() - start} ms for ${text.slice(0, 50)}`)
  }
})
