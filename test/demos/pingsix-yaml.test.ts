// The playground's own YAML reader against js-yaml: what both read must be equal, what ours does not read it must
// refuse with the line.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CORE_SCHEMA, load } from 'js-yaml'
import { plainValue } from '../../content/projects/pingsix/demo/core/plugin-options.js'
import { parseYaml } from '../../content/projects/pingsix/demo/core/yaml.js'

const ours = (source: string) => {
  const { node, problem } = parseYaml(source)
  return node === null ? problem : plainValue(node)
}

const documents = [
  'a: 1\nb: two\nc: 3.5\nd: true\ne: null\nf: ~\ng:\nh: yes\n',
  'list:\n- 1\n- 2\n-\n  - a\n  - b\n- c: 1\n  d: 2\n-\n- - x\n  - y\n',
  'a:\n  b:\n    c: deep\n  d: e\nf: g',
  '# comment\na: b # comment\n# comment\nc: "#no" # yes\nd: x#y\n\n\ne: f\n',
  "q: 'it''s'\nr: \"a\\tb\\u4e2d\\x41\\\\\"\ns: \"\"\nt: ''\n'k 1': v\n\"k:2\": w\n",
  'f: [a, b, "c, d", [e], {g: h}]\nm: {a: 1, "b": 2, c: {d: [1, 2]}, e, "f":3}\nn: []\no: {}\n',
  'multi: [\n  a,\n  b, # comment\n  {\n    c: d\n  }\n]\nnext: {\n  a: 1,\n}\n',
  't: |\n  one\n   two\n\n  three\nu: >\n  one\n  two\n\n  three\n   four\n  five\nv: |-\n  strip\nw: |+\n  keep\n\nx: >-\n  a\n  b\n',
  'p: one\n  two\n  three\nq: "one\n  two\n\n  three"\nr: \'one\n  two\'\ns: "a \\\n  b"\n',
  'n: [0x1f, 0o17, -3, +4, 1e3, .5, -.inf, 0.0, 12e-1]\n',
  'url: http://a.com:80/x?y=1#z\ntime: 10:30:00\nip: 127.0.0.1\ndate: 2024-12-19\ndash: -x\nq: ?x\n',
  '---\na: 1\n...\n',
  '"127.0.0.1:80": 1\n"[::1]:80": 2\nwww.a.com: 3\n',
  'a:\n    - b: 1\n      c:\n      - d\n      - e\n    - f\n',
  '- a\n- b: c\n  d: e\n',
  '',
  '# only a comment\n',
  '{"json": [1, 2.5, "x\\n", true, null], "o": {"a": {}}}',
  'win: 1\r\ndows:\r\n  - 2\r\n',
  'regex: ["^/iresty/(.*)", "/$1"]\nstar: /{*rest}\nbrace: "/{id}"\n',
  'a:   \n  b: 1   \nc: d   \n',
  'k: "a\\\\\n  b"\n',
  't: >\n\n  lead\n  ing\n\n\n  two\nu: |2\n   indented\nv: |\n\n  x\n',
]
for (const [i, source] of documents.entries())
  test(`document ${i + 1} means the same to both readers`, () => {
    assert.deepEqual(ours(source), load(source, { schema: CORE_SCHEMA }) ?? {})
  })

test('front matter and configuration files of this site mean the same to both readers', () => {
  const files = readdirSync('content', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.ya?ml$/.test(name),
  )
  for (const name of files.sort()) {
    const source = readFileSync(join('content', name), 'utf8')
    assert.deepEqual(ours(source), load(source, { schema: CORE_SCHEMA }) ?? {}, name)
  }
})

test('a number with a leading zero is text, as for serde', () => {
  assert.deepEqual(ours('a: 007\nb: 0\nc: -01'), { a: '007', b: 0, c: '-01' })
})

test('nodes know the line of their key, and items that of their dash', () => {
  const { node } = parseYaml('a:\n  - x: 1\n\n  -\n    y: 2\nb: |\n  t\nc: z\n')
  const [a, b, c] = node!.entries
  assert.deepEqual([a!.line, a!.value.items.map((item) => item.line), b!.line, c!.line], [1, [2, 4], 6, 8])
})

const refused: readonly (readonly [source: string, line: number, message: string])[] = [
  ['a: 1\na: 2\n', 2, '键a重复'],
  ['a: &x 1\nb: *x\n', 1, '不支持锚点与别名'],
  ['a: !!str 1\n', 1, '不支持标签'],
  ['a: 1\n---\nb: 2\n', 2, '只能有一个文档'],
  ['a:\n  b: 1\n c: 2\n', 3, '缩进不对：比上一行的键更深，却不属于它'],
  ['a: 1\n  b: 2\n', 2, '这里不能再有「键: 值」'],
  ['a: b: c\n', 1, '这里不能再有「键: 值」'],
  ['a: "x\nb: 1\n', 1, '引号没有关上'],
  ['a: [1, 2\nb: 3\n', 2, '这里应为逗号或]'],
  ['a: {x: 1\n', 2, '缺少}'],
  ['a:\n\tb: 1\n', 2, '缩进不能用制表符'],
  ['a: @x\n', 1, '值不能以@开头，要加引号'],
  ['a: "x" y\n', 1, '值的后面多了内容'],
  ['a: "\\q"\n', 1, '不认识的转义\\q'],
  ['a: x\nplain text\n', 2, '缩进不对，或这里不该再有内容'],
  [`${'['.repeat(200)}`, 1, '嵌套太深'],
]
for (const [source, line, message] of refused)
  test(`refused: ${JSON.stringify(source.slice(0, 30))}`, () => {
    assert.deepEqual(parseYaml(source), { node: null, problem: { line, message } })
  })
