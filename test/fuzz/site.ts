// Whole sites on the disk in memory: what is published is well-formed, leads nowhere that is not there, lies where it
// should, holds no markup of a title's, and is the same whether it was built at once or step by step.
import assert from 'node:assert/strict'
import { outPathOf } from '../../src/urls.js'
import { differences } from '../incremental/trees.js'
import { type MemorySite, memorySite, root } from '../memory-site.js'
import { parseXml } from '../pages/xml-tree.js'
import type { Fuzzer, Input } from './fuzzer.js'
import { document, frontmatter, mutated, phrase, value, word } from './grammar.js'
import { elementsOf } from './html.js'
import { assertInside } from './small.js'

/** Pairs of a path and its text; a path that stands again is the same file later. */
function stepsOf(input: Input): { first: Record<string, string>; later: Record<string, string> } {
  const first: Record<string, string> = {}
  const later: Record<string, string> = {}
  for (let at = 0; at + 1 < input.length; at += 2) {
    const path = input[at] ?? ''
    if (!/^(?:content\/(?:[\w.-]+\/)*[\w-]+\.(?:md|yml)|public\/\w+\.txt|urls\.lock\.json)$/.test(path))
      continue
    const steps = Object.hasOwn(first, path) ? later : first
    steps[path] = input[at + 1] ?? ''
  }
  return { first, later }
}

const config = JSON.stringify({
  title: 'A & <evil>b</evil>',
  baseUrl: 'https://memory.example/base/',
  language: 'zh-CN',
  timezone: 'Asia/Shanghai',
  search: false,
  cards: false,
  markdown: { html: 'sanitize' },
})

function assertPublished(site: MemorySite, warned: boolean): void {
  const tree = site.tree()
  for (const path of site.disk.files(root).keys())
    assert.ok(
      /^(?:content|layouts|public|dist|dist\.inkstone|\.inkstone)\/|^site\.config|^urls\.lock/.test(path),
      `outside: ${path}`,
    )
  assert.equal(
    [...site.disk.files('/').keys()].find((path) => !path.startsWith('site/')),
    undefined,
  )
  for (const [path, latin1] of tree) {
    assertInside(path)
    const text = Buffer.from(latin1, 'latin1').toString('utf8')
    if (/\.xml$/.test(path))
      parseXml(text.replace(/^<\?xml[^>]*\?>/, '<?xml version="1.0" encoding="utf-8"?>'))
    else if (/\.json$/.test(path)) JSON.parse(text)
    else if (/\.html$/.test(path)) {
      for (const { name, attributes } of elementsOf(text)) {
        assert.notEqual(name, 'evil', `${path}: markup of a text`)
        for (const key of ['href', 'src']) {
          const address = attributes[key]
          if (warned || address === undefined || !/^\/(?!\/)/.test(address)) continue
          const [file = ''] = address.split(/[?#]/)
          assert.ok(file.startsWith('/base/'), `${path}: ${address} is outside of the site`)
          assert.ok(
            tree.has(Buffer.from(outPathOf(decodeURIComponent(file.slice(5)))).toString('utf8')),
            `${path}: ${address} leads nowhere`,
          )
        }
      }
    }
  }
}

const names = [
  'content/posts/a.md',
  'content/posts/2023-02-03-b.md',
  'content/posts/deep/er/c.md',
  'content/posts/d/index.md',
  'content/e.md',
  'content/projects/f/index.md',
]

export const site: Fuzzer = {
  name: 'site',
  make(random) {
    const text = (): string =>
      random.below(3) === 0
        ? mutated(random, frontmatter(random)) + document(random, 2)
        : `---\ntitle: ${JSON.stringify(phrase(random, 3))}\ndate: 202${random.below(5)}-0${1 + random.below(9)}-11\ntags: [${word(random, 9).replace(/[^\p{L}]/gu, '') || 'x'}, ${JSON.stringify(word(random, 2))}]\ncategories: ${JSON.stringify(word(random, 3))}\nx: ${JSON.stringify(phrase(random, 2))}\n---\n\n${document(random, 2)}`
    const input: string[] = []
    for (const name of names) if (random.below(4) > 0) input.push(name, text())
    if (random.below(4) === 0) input.push('content/posts/_defaults.yml', `x: ${value(random, 1)}\n`)
    if (random.below(6) === 0) input.push('urls.lock.json', '{\n"/gone/": null,\n"version": 1\n}\n')
    for (const name of names) if (random.below(3) === 0) input.push(name, text())
    return input
  },
  async check(input) {
    const { first, later } = stepsOf(input)
    const stepwise = memorySite({ ...first, 'site.config.json': config })
    const before = await stepwise.build()
    if (before.ok) assertPublished(stepwise, before.problems.length > 0)
    stepwise.write(later)
    const built = await stepwise.build()
    const clean = memorySite({ ...first, ...later, 'site.config.json': config })
    const expected = await clean.build()
    assert.deepEqual(built.problems, expected.problems, 'the same is told')
    for (const { severity, file, code } of built.problems)
      if (severity === 'error') assert.ok(file !== undefined, `${code} names no file`)
    if (!built.ok) return
    assert.equal(differences(stepwise.tree(), clean.tree()), '', 'incremental and clean')
    assertPublished(stepwise, built.problems.length > 0)
    assert.deepEqual((await stepwise.build()).ran, [], 'nothing is left to do')
  },
}
