import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeFolder, post } from './site.js'

// site.config.*: in every form that it may have, and with every kind of mistake. None of these folders has a
// node_modules.

const content = { 'content/posts/a.md': post('甲', '2024-01-01') }
const object = "{ title: '站', baseUrl: 'https://example.org/', permalinks: { posts: '/p/:slug/' } }"

const forms: readonly [file: string, text: string][] = [
  ['site.config.ts', `export default ${object}\n`],
  [
    'site.config.ts',
    `import { defineConfig } from 'inkstone'\nconst size: number = 3\nexport default defineConfig({ ...${object}, pagination: { size } })\n`,
  ],
  [
    'site.config.ts',
    `import type { UserConfig } from 'inkstone'\nexport default ${object} satisfies UserConfig\n`,
  ],
  ['site.config.mts', `export default ${object}\n`],
  ['site.config.js', `import { defineConfig } from 'inkstone'\nexport default defineConfig(${object})\n`],
  ['site.config.mjs', `export default ${object}\n`],
  ['site.config.cjs', `module.exports = ${object}\n`],
  [
    'site.config.json',
    '{ "title": "站", "baseUrl": "https://example.org/", "permalinks": { "posts": "/p/:slug/" } }',
  ],
]
for (const [file, text] of forms)
  test(`${file} is understood: ${text.split('\n')[0]}`, (t) => {
    const folder = makeFolder(t, { ...content, [file]: text })
    const { code, problems } = folder.build()
    assert.deepEqual({ code, problems }, { code: 0, problems: [] })
    assert.equal(folder.files('dist').includes('p/a/index.html'), true)
    assert.match(folder.read('dist/index.html'), /<title>站<\/title>/)
  })

test('a configuration may import modules of the site', (t) => {
  const folder = makeFolder(t, {
    ...content,
    'site.config.ts':
      "import { title } from './config/title.js'\nexport default { title, baseUrl: 'https://example.org/' }\n",
    'config/title.ts': "export const title: string = '别处的名字'\n",
  })
  assert.equal(folder.build().code, 0)
  assert.match(folder.read('dist/index.html'), /<title>别处的名字<\/title>/)
  folder.write('config/title.ts', "export const title: string = '新的名字'\n")
  assert.equal(folder.build().code, 0)
  assert.match(folder.read('dist/index.html'), /<title>新的名字<\/title>/)
})

interface Told {
  readonly code: string
  readonly what: string
  readonly at: string
}

const mistakes: readonly [name: string, file: string, text: string, told: readonly Told[]][] = [
  [
    'an unknown key',
    'site.config.ts',
    "export default {\n  titel: '站',\n  baseUrl: 'https://example.org/',\n}\n",
    [
      {
        code: 'config/unknown-key',
        what: 'unknown key "titel", did you mean "title"?',
        at: 'site.config.ts:2:3',
      },
    ],
  ],
  [
    'an unknown key inside another',
    'site.config.json',
    '{\n  "baseUrl": "https://example.org/",\n  "pagination": { "sise": 3 }\n}\n',
    [
      {
        code: 'config/unknown-key',
        what: 'unknown key "pagination.sise", did you mean "size"?',
        at: 'site.config.json:3:20',
      },
    ],
  ],
  [
    'several wrong values at once',
    'site.config.js',
    "export default {\n  title: 3,\n  baseUrl: 'example.org',\n  language: '!',\n  timezone: 'Mars/Olympus',\n}\n",
    [
      { code: 'config/bad-value', what: 'title has a wrong value', at: 'site.config.js:2:3' },
      { code: 'config/bad-value', what: '"example.org" is no base address', at: 'site.config.js:3:3' },
      { code: 'config/bad-value', what: '"!" is no language tag', at: 'site.config.js:4:3' },
      { code: 'config/bad-value', what: '"Mars/Olympus" is no time zone', at: 'site.config.js:5:3' },
    ],
  ],
  [
    'a program that is none',
    'site.config.ts',
    "export default {\n  title: '站'\n  baseUrl: 'https://example.org/'\n}\n",
    [{ code: 'bundle/fails', what: 'Expected "}" but found "baseUrl"', at: 'site.config.ts:3:3' }],
  ],
  [
    'JSON that is none',
    'site.config.json',
    '{ "title": "站", }',
    [{ code: 'config/not-json', what: '', at: 'site.config.json:1:17' }],
  ],
  [
    'a program that throws',
    'site.config.mjs',
    "throw new Error('no luck')\n",
    [{ code: 'config/fails', what: 'the configuration threw: no luck', at: 'site.config.mjs:1:1' }],
  ],
  [
    'no default export',
    'site.config.ts',
    "export const title = '站'\n",
    [{ code: 'config/no-object', what: 'the configuration must be an object', at: 'site.config.ts:1:1' }],
  ],
  [
    'an import that is not there',
    'site.config.ts',
    "import x from './nowhere.js'\nexport default { title: x }\n",
    [{ code: 'bundle/fails', what: 'Could not resolve "./nowhere.js"', at: 'site.config.ts:1:15' }],
  ],
]
for (const [name, file, text, told] of mistakes)
  test(`${name} in the configuration is told with its place`, (t) => {
    const folder = makeFolder(t, { ...content, [file]: text })
    const { ok, code, problems } = folder.build()
    // What V8 says of bad JSON differs between its versions.
    const seen = problems.map((problem) => ({
      code: problem['code'],
      what: problem['code'] === 'config/not-json' ? '' : problem['what'],
      at: [problem['file'], problem['line'], problem['column']].join(':'),
    }))
    assert.deepEqual({ ok, code, seen }, { ok: false, code: 1, seen: told })
  })

test('a mistake in the configuration is shown with its line', (t) => {
  const folder = makeFolder(t, {
    ...content,
    'site.config.ts': "export default {\n  baseUrl: 'https://example.org/',\n  titel: '站',\n}\n",
  })
  const { code, out, err } = folder.run('build')
  assert.deepEqual({ code, out }, { code: 1, out: '' })
  assert.deepEqual(
    err.split('\n').map((line) => line.replace(/expected .*/, 'expected …')),
    [
      'site.config.ts:3:3  error  config/unknown-key',
      '  unknown key "titel", did you mean "title"?',
      "    2 |   baseUrl: 'https://example.org/',",
      "    3 |   titel: '站',",
      '      |   ^^^^^',
      '  found titel, expected …',
      '  fix: write title',
      '',
      '1 error',
      'Nothing was published; the output folder is as it was.',
      '',
    ],
  )
})
