import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { checkConfig } from '../../src/config/check.js'
import { configComments } from '../../src/config/comments.js'
import { configSchema } from '../../src/config/schema.js'
import type { JsonObject } from '../../src/json.js'

const schema = configSchema()
const validate = new Ajv({ allowUnionTypes: true, strict: true, strictRequired: false }).compile(schema)

/** Every path of keys in the schema, with its description. */
function walk(node: JsonObject, path: string): [path: string, about: unknown][] {
  const here: [string, unknown][] = path === '' ? [] : [[path, node['description']]]
  const forms = [node, ...((node['anyOf'] as readonly JsonObject[] | undefined) ?? [])]
  return [
    ...here,
    ...forms.flatMap((form) =>
      Object.entries((form['properties'] as JsonObject | undefined) ?? {}).flatMap(([key, child]) =>
        walk(child as JsonObject, path === '' ? key : `${path}.${key}`),
      ),
    ),
  ]
}

test('the schema knows every key of a checked configuration, and no other', () => {
  const { config } = checkConfig({ value: {}, file: '', text: '' })
  const keysOf = (value: unknown, path: string): string[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, item]) => {
          const at = path === '' ? key : `${path}.${key}`
          return [at, ...keysOf(item, at)]
        })
      : []
  const known = new Set(walk(schema, '').map(([path]) => path))
  const config2 = keysOf(config, '').filter((path) => path !== 'basePath')
  assert.deepEqual(
    config2.filter((path) => !known.has(path)),
    [],
  )
  const extra = [...known].filter((path) => !config2.includes(path))
  assert.deepEqual(
    extra,
    [
      '$schema',
      'plugins',
      'feeds.more.url',
      'feeds.more.format',
      'feeds.more.of',
      'feeds.more.folder',
      'fonts.family',
      'fonts.file',
      'fonts.weight',
      ...'provider repo repoId category categoryId label strict reactions input light dark'
        .split(' ')
        .map((key) => `comments.${key}`),
      ...['src', 'attributes', 'connect'].map((key) => `analytics.${key}`),
    ].filter((path) => extra.includes(path)),
  )
})

test('every key has its comment in types.ts', () => {
  const comments = configComments()
  assert.equal(comments.get('feeds.items'), 'Items a feed, default 20.')
  assert.equal(comments.get('frontMatter.whole'), 'Whole numbers only.')
  const silent = walk(schema, '').filter(
    ([path, about]) =>
      about === undefined &&
      // Their names say it, or the key above them does.
      !/^(?:\$schema|plugins|author\.(?:name|url|avatar)|reading\..*|images\..*|feeds\.paths\..*|markdown\.(?:toc|anchors)\..*)$/.test(
        path,
      ),
  )
  assert.deepEqual(silent, [])
})

const values: readonly [value: JsonObject, isGood: boolean][] = [
  [{ title: '站', author: '我', baseUrl: 'https://a.example/' }, true],
  [
    {
      author: { name: '我', email: 'a@b.example' },
      search: { initials: true },
      baseUrl: 'https://a.example/',
    },
    true,
  ],
  [{ $schema: './.vscode/inkstone-config.schema.json' }, true],
  [{ search: false, permalinks: { posts: '/:slug/' }, data: { any: [1, { a: null }] } }, true],
  [{ feeds: { more: [{ url: '/rss.xml' }], items: 5 }, navigation: [{ title: 'A', url: '/a/' }] }, true],
  [{ frontMatter: { rating: { type: 'number', min: 1, max: 5, whole: true, of: ['post'] } } }, true],
  [{ fonts: [{ family: 'F', file: 'fonts/f.ttf', weight: 400 }] }, true],
  [{ titel: 'A' }, false],
  [{ title: 1 }, false],
  [{ author: 1 }, false],
  [{ search: 'yes' }, false],
  [{ search: { initial: true } }, false],
  [{ pagination: { size: 0 } }, false],
  [{ pagination: { size: 1.5 } }, false],
  [{ slugs: 'latin' }, false],
  [{ feeds: { content: 'none' } }, false],
  [{ feeds: { more: [{ format: 'rss' }] } }, false],
  [{ navigation: [{ title: 'A' }] }, false],
  [{ fonts: [{ family: 'F' }] }, false],
  [{ frontMatter: { rating: { type: 'amount' } } }, false],
  [{ frontMatter: { rating: { min: 1 } } }, false],
]
test('the schema and the check agree on what may stand in a configuration', () => {
  for (const [value, isGood] of values) {
    const { problems } = checkConfig({ value, file: '', text: '', baseUrl: 'https://a.example/' })
    assert.deepEqual([validate(value), problems.length === 0], [isGood, isGood], JSON.stringify(value))
  }
})
