// Our writer of HTML beside rehype-stringify, the definition: random trees of everything that a tree can hold.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Element, ElementContent, Root } from 'hast'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import { createWriter } from '../../src/markdown/stringify.js'
import { makeRandom } from '../incremental/random-site.js'

const definition = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze()
const seed = Number(process.env['SEED'] ?? 20261128)
const rounds = Number(process.env['ROUNDS'] ?? 4000)

const tags =
  'p a span div pre code img br hr input script style svg path foreignObject title template math mi IMG col video option x-y'.split(
    ' ',
  )
const keys =
  'className id href src srcSet alt title width tabIndex dataLanguage dataX ariaLabel ariaHidden hidden checked download open ' +
  'loading style accept viewBox xLinkHref strokeWidth htmlFor onclick data:odd 奇 a"b x=y dir lang value itemRef coords controls'
const names = keys.split(' ')
const texts = ['', 'plain', 'a<b>&c;', '"\'`', '\0', '中文 &amp; ', ' ', '\n', '</script>', '😀', 'x y']

test(`any tree is written as rehype-stringify writes it (${rounds} trees, seed ${seed})`, () => {
  const random = makeRandom(seed)
  const write = createWriter()
  const one = <T>(list: readonly T[]): T => list[random.below(list.length)]!
  const randomValue = (): Element['properties'][string] => {
    const kind = random.below(10)
    if (kind < 5) return one(texts)
    if (kind < 7) return Array.from({ length: random.below(4) }, () => one(texts))
    return one([true, false, null, undefined, 0, 12.5, Number.NaN, [1, 'b']])
  }
  const randomNode = (depth: number): ElementContent => {
    const kind = random.below(12)
    if (kind < 3 || depth > 5) return { type: 'text', value: one(texts) }
    if (kind === 3) return { type: 'comment', value: one(['more', '-->', '>', '<!--', 'x--!>y']) }
    if (kind === 4) return { type: 'raw', value: one(['<b>', '&amp;', '<!-- x -->']) }
    const element: Element = {
      type: 'element',
      tagName: one(tags),
      properties: Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [one(names), randomValue()] as const),
      ),
      children: Array.from({ length: random.below(4) }, () => randomNode(depth + 1)),
    }
    if (element.tagName === 'template')
      element.content = { type: 'root', children: [randomNode(depth + 1), randomNode(depth + 1)] }
    return element
  }
  for (let round = 0; round < rounds; round++) {
    const tree: Root = {
      type: 'root',
      children: [...(round % 50 === 0 ? [{ type: 'doctype' as const }] : []), randomNode(0), randomNode(0)],
    }
    assert.equal(write(tree), definition.stringify(tree), JSON.stringify(tree))
  }
})

test('what is no node is refused as by rehype-stringify', () => {
  const tree = { type: 'root', children: [{ type: 'spoon' }] } as unknown as Root
  assert.throws(() => createWriter()(tree), /Cannot compile unknown node `spoon`/)
})

test('elements within each other are written down to the depth that browsers know, and no deeper', () => {
  const treeOf = (depth: number): Root => {
    let node: ElementContent = { type: 'text', value: 'x' }
    for (let i = 0; i < depth; i++)
      node = { type: 'element', tagName: 'div', properties: {}, children: [node] }
    return { type: 'root', children: [node] }
  }
  assert.equal(createWriter()(treeOf(512)), definition.stringify(treeOf(512)))
  assert.throws(() => createWriter()(treeOf(513)), RangeError)
})
