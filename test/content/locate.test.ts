import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Syntax } from '../../src/content/flow.js'
import { findJsonFault } from '../../src/content/json-text.js'
import { locate } from '../../src/content/locate.js'

const at = (block: string, syntax: Syntax, path: readonly (string | number)[]): string | null => {
  const entry = locate(block, syntax, path)
  return (
    entry &&
    `${block.slice(entry.key.start, entry.key.end)} | ${block.slice(entry.value.start, entry.value.end)}`
  )
}

const yaml = `# comment
title: "a: b # c"   # comment
'quoted key': x
tags:
- one
- "two, three"
- - inner
- key: value
  other: [p, q]
list: [a, 'it''s', "b, c", {x: [1, 2]}, it's]
cover:
  # comment
  image: cat.jpg
  alt: |
    title: not this
    text
url: https://example.org/a:b
last: 1.0`

const yamlPlaces: readonly (readonly [readonly (string | number)[], string | null])[] = [
  [['title'], 'title | "a: b # c"   # comment'],
  [['quoted key'], "'quoted key' | x"],
  [['tags', 0], 'one | one'],
  [['tags', 1], '"two, three" | "two, three"'],
  [['tags', 2, 0], 'inner | inner'],
  [['tags', 3, 'other', 1], 'q | q'],
  [['list', 1], "'it''s' | 'it''s'"],
  [['list', 2], '"b, c" | "b, c"'],
  [['list', 3, 'x', 1], '2 | 2'],
  [['list', 4], "it's | it's"],
  [['cover', 'image'], 'image | cat.jpg'],
  [['cover', 'alt'], 'alt | |\n    title: not this\n    text'],
  [['url'], 'url | https://example.org/a:b'],
  [['last'], 'last | 1.0'],
  [['nothing'], null],
  [['tags', 9], null],
]
for (const [path, expected] of yamlPlaces)
  test(`YAML: where ${path.join('.')} stands`, () => {
    assert.equal(at(yaml, 'yaml', path), expected)
  })

const toml = `title = "a # b" # comment
text = """
key = "not this"
"""
tags = [ "x", # comment
  2019, 'y' ]
cover.image = "cat.jpg"
inline = { alt = "A", n = 1.50 }
day = 2024-11-31

[extra] # comment
title = "not this"
[[many]]
n = 1
`
const tomlPlaces: readonly (readonly [readonly (string | number)[], string | null])[] = [
  [['title'], 'title | "a # b"'],
  [['text'], 'text | """\nkey = "not this"\n"""'],
  [['tags', 1], '2019 | 2019'],
  [['tags', 2], "'y' | 'y'"],
  [['inline', 'n'], 'n | 1.50'],
  [['day'], 'day | 2024-11-31'],
  [['extra', 'title'], 'title | "not this"'],
  [['key'], null],
]
for (const [path, expected] of tomlPlaces)
  test(`TOML: where ${path.join('.')} stands`, () => {
    assert.equal(at(toml, 'toml', path), expected)
  })

const json = '{\n  "a\\"b": [1.0, {"c": "}"}], "slug": 1e5\n}'
const jsonPlaces: readonly (readonly [readonly (string | number)[], string | null])[] = [
  [['a"b', 0], '1.0 | 1.0'],
  [['a"b', 1, 'c'], '"c" | "}"'],
  [['slug'], '"slug" | 1e5'],
]
for (const [path, expected] of jsonPlaces)
  test(`JSON: where ${path.join('.')} stands`, () => {
    assert.equal(at(json, 'json', path), expected)
  })

const faults: readonly (readonly [string, number, string])[] = [
  ['{"a": 1,}', 8, 'JSON allows no comma after the last entry'],
  ['{"a": [1,]}', 9, 'JSON allows no comma after the last entry'],
  ['{"a" 1}', 5, 'a colon is expected after the key'],
  ['{a: 1}', 1, 'a key in double quotes is expected here'],
  ['{"a": "b}', 6, 'this text has no closing quote'],
  ['{"a": "\\q"}', 7, 'this escape does not exist in JSON'],
  ['{"a": 01}', 6, 'a value is expected here'],
  ['{"a": tru}', 6, 'a value is expected here'],
  ['{"a": 1', 7, 'a comma or } is expected here'],
  ['{"a":', 5, 'the text ends where a value is expected'],
  ['{} x', 3, 'nothing may follow the closing brace'],
]
for (const [text, offset, what] of faults)
  test(`JSON: what is wrong with ${text}`, () => {
    assert.deepEqual(findJsonFault(text), { offset, what })
  })

test('JSON: a sound text has no fault', () => {
  assert.equal(findJsonFault('{"a": [true, null, -1.5e+3, "\\u4e2d\\n", {}, []]}'), null)
})
