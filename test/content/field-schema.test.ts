import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import type { SiteConfig } from '../../src/config/types.js'
import { frontMatterSchema } from '../../src/content/field-schema.js'
import { fieldSpecs } from '../../src/content/fields.js'
import { splitFrontmatter } from '../../src/content/frontmatter.js'
import { readMeta } from '../../src/content/meta.js'
import type { Json } from '../../src/json.js'
import { configOf } from './cases.js'

// The schema that editors get, and the reader that decides: whatever the reader takes, the schema takes.

const rule = { oneOf: [], min: null, max: null, whole: false, required: false, of: [] } as const
const own: SiteConfig['frontMatter'] = {
  rating: { ...rule, type: 'number', min: 1, max: 5 },
  stars: { ...rule, type: 'number', whole: true },
  mood: { ...rule, type: 'text', oneOf: ['good', 'bad'] },
  places: { ...rule, type: 'list', oneOf: ['here', 'there'] },
  read: { ...rule, type: 'date' },
  lent: { ...rule, type: 'switch' },
}
const config = { ...configOf(), frontMatter: own }
const ajv = new Ajv({ allowUnionTypes: true, strict: true })
const validate = ajv.compile(frontMatterSchema(own))

/** Codes of errors that the reader reports for one field. */
function refusals(field: string, json: Json): readonly string[] {
  const text = `---json\n${JSON.stringify({ title: 'T', date: '2024-01-01', [field]: json })}\n---\n`
  return readMeta('posts/a.md', (path) => (path === 'content/posts/a.md' ? text : undefined), config)
    .problems.filter(({ code }) => code !== 'meta/no-title' && code !== 'meta/no-date')
    .map(({ code }) => code)
}

const samples: readonly Json[] = [
  null,
  '',
  'text',
  '  ',
  'a, b',
  0,
  1,
  3.5,
  -2,
  12,
  true,
  false,
  'true',
  'Yes',
  'off',
  'N',
  ' on ',
  'maybe',
  'auto',
  '5',
  '1e3',
  'ten',
  '2024-12-31',
  '2024-12-31 10:55:52 +08:00',
  '2024年1月2日',
  '２０２４-０１-０２',
  20241231,
  'tomorrow',
  'https://a.example/b/',
  'ftp://a.example/',
  '/a/b/',
  '//a.example/x.png',
  'zh-CN',
  'zh_TW',
  'not a language',
  'post.njk',
  'good',
  'here',
  [],
  ['a'],
  ['a', 1, null, true],
  [['a']],
  ['here', 'there'],
  [{ a: 1 }],
  {},
  { image: 'a.png', alt: 'A' },
  { a: 1 },
]

test('the schema refuses nothing that the reader takes, and for each field something', () => {
  const wrong: string[] = []
  for (const field of [...Object.values(fieldSpecs).flatMap(({ names }) => names), ...Object.keys(own)]) {
    const refused = samples.filter((json) => !validate({ [field]: json }))
    for (const json of refused)
      if (refusals(field, json).length === 0) wrong.push(`${field}: ${JSON.stringify(json)}`)
    if (refused.length === 0) wrong.push(`${field}: anything goes`)
  }
  // The reader takes a switch for the text that it was typed as; an editor may well underline it.
  assert.deepEqual(wrong, ['lang: true', 'lang: false'])
})

test('a value of the wrong type is refused by both, whatever the field', () => {
  const missed = [
    ...Object.values(fieldSpecs).map(({ names }) => String(names[0])),
    ...Object.keys(own),
  ].flatMap((field) =>
    samples
      .filter((json) => refusals(field, json).includes('meta/wrong-type') && validate({ [field]: json }))
      .map((json) => `${field}: ${JSON.stringify(json)}`),
  )
  assert.deepEqual(missed, [
    // That a series is one, and which numbers are no day, is told by the reader alone.
    'series: ["a",1,null,true]',
    'series: ["here","there"]',
    ...['""', '3.5', '-2', '12', '"5"', '"1e3"'].map((json) => `published: ${json}`),
  ])
})

test('every front matter of the golden cases that is read without an error passes', () => {
  const inputs = readFileSync('test/content/frontmatter.cases', 'utf8')
    .split(/^={10,}\n/m)
    .slice(1)
    .map((block) => block.split('\n').slice(1).join('\n').split('\n.\n')[0] ?? '')
  const failed: string[] = []
  let read = 0
  for (const text of inputs) {
    const { fields } = splitFrontmatter(text, 'content/a.md')
    const { problems } = readMeta('a.md', (path) => (path === 'content/a.md' ? text : undefined), configOf())
    if (fields === null || problems.some(({ severity }) => severity === 'error')) continue
    read++
    if (!ajv.compile(frontMatterSchema())(fields)) failed.push(text)
  }
  assert.deepEqual(failed, [])
  assert.ok(read > 20, `only ${read} were looked at`)
})

test('every field says what it is for', () => {
  const silent = Object.entries(frontMatterSchema()['properties'] ?? {}).filter(
    ([, schema]) => !/^[A-Z].*\.$/.test(String((schema as { description?: string }).description)),
  )
  assert.deepEqual(silent, [])
})
