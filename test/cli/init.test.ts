import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { parse } from 'jsonc-parser'
import { config, makeFolder, post } from './site.js'

const site = { 'site.config.json': config, 'content/a.md': post('甲', '2024-01-01') }

test('init deploy writes the files of a host and says what is left to do', (t) => {
  const folder = makeFolder(t, site)
  const { code, out, err } = folder.run('init', 'deploy', 'netlify')
  assert.deepEqual(
    { code, out, err },
    {
      code: 0,
      out: 'new        netlify.toml\nnew        public/_headers\nConnect the repository at app.netlify.com; the settings come from netlify.toml.\n',
      err: '',
    },
  )
  assert.deepEqual(
    folder.files().filter((file) => !file.startsWith('.inkstone')),
    ['content/a.md', 'netlify.toml', 'public/_headers', 'site.config.json'],
  )
  const again = folder.run('init', 'deploy', 'netlify')
  assert.equal(again.out.split('\n')[0], 'unchanged  netlify.toml')
})

test('a file that differs is never replaced in silence: what differs is shown, and nothing at all is written', (t) => {
  const folder = makeFolder(t, { ...site, 'netlify.toml': '[build]\npublish = "public"\n' })
  const { code, out, err } = folder.run('init', 'deploy', 'netlify')
  assert.deepEqual({ code, out }, { code: 1, out: '' })
  assert.deepEqual(err.split('\n').slice(0, 5), [
    'netlify.toml:1:1  error  init/exists',
    '  this file is there already and differs from what would be written',
    '    - [build]',
    '    - publish = "public"',
    '    + # Headers stand in public/_headers. Old addresses have stub pages, which Netlify serves before it asks _redirects.',
  ])
  assert.equal(folder.files().includes('public/_headers'), false)
  assert.equal(folder.read('netlify.toml'), '[build]\npublish = "public"\n')
  const forced = folder.run('init', 'deploy', 'netlify', '--force')
  assert.deepEqual(
    [forced.code, forced.out.split('\n').slice(0, 2)],
    [0, ['replaced   netlify.toml', 'new        public/_headers']],
  )
  assert.match(folder.read('netlify.toml'), /publish = "dist"/)
})

test('--dry-run writes nothing; --json prints one object', (t) => {
  const folder = makeFolder(t, site)
  const { code, out } = folder.run('init', 'deploy', 'vercel', '--dry-run', '--json')
  const { next: _next, ...told } = JSON.parse(out)
  assert.deepEqual(
    [code, told],
    [0, { ok: true, written: false, files: [{ path: 'vercel.json', state: 'new' }] }],
  )
  assert.equal(folder.files().includes('vercel.json'), false)
})

test('the workflow of GitHub knows what is scheduled', (t) => {
  const folder = makeFolder(t, {
    ...site,
    'content/posts/later.md': '---\ntitle: L\ndate: 2090-01-01 10:00\n---\n',
    '.git/HEAD': 'ref: refs/heads/trunk\n',
  })
  assert.equal(folder.run('init', 'deploy', 'github').code, 0)
  const written = folder.read('.github/workflows/publish.yml')
  assert.match(written, /branches: \[trunk\]/)
  // 2090 is further away than the lines of a year.
  assert.deepEqual(written.match(/- cron: .*/g), ["- cron: '7 16 * * *'"])
})

const wrong: readonly [args: readonly string[], what: string][] = [
  [
    ['init', 'deploy', 'netlfy'],
    'init deploy netlfy: there are github, cloudflare, netlify, vercel, nginx, s3; did you mean netlify?',
  ],
  [['init', 'depoly', 'netlify'], 'init depoly: there are deploy, editor; did you mean deploy?'],
  [['init', 'editor', 'emacs'], 'init editor emacs: there are vscode'],
  [
    ['init', 'deploy'],
    'usage: inkstone init deploy github|cloudflare|netlify|vercel|nginx|s3 | init editor vscode',
  ],
  [['theme', 'list'], 'theme list: there is eject'],
  [['theme', 'eject', 'fooder'], 'the theme has no fooder'],
  [['theme', 'eject', 'pots.njk'], 'the theme has no pots.njk, did you mean post.njk?'],
]
for (const [args, what] of wrong)
  test(`inkstone ${args.join(' ')}: is wrong usage, told in one sentence, as JSON too`, (t) => {
    const folder = makeFolder(t, site)
    const { code, out, err } = folder.run(...args)
    assert.deepEqual({ code, out, what: err.split('\n')[1] }, { code: 2, out: '', what: `  ${what}` })
    const json = folder.run(...args, '--json')
    const told = JSON.parse(json.out)
    assert.deepEqual([json.code, told.ok, told.problems[0].what], [2, false, what])
  })

test('init editor keeps what is in the settings: keys, comments, order', (t) => {
  const settings =
    '// Mine.\n{\n  "editor.tabSize": 3, // three\n  "json.schemas": [{ "fileMatch": ["a.json"], "url": "./a" }],\n}\n'
  const folder = makeFolder(t, {
    ...site,
    'site.config.json':
      '{ "baseUrl": "https://a.example/", "frontMatter": { "mood": { "type": "text", "oneOf": ["good", "bad"] } } }',
    '.vscode/settings.json': settings,
  })
  const { code, out, err } = folder.run('init', 'editor', 'vscode')
  assert.deepEqual([code, err], [0, ''])
  assert.deepEqual(out.split('\n').slice(0, 6), [
    'new        .vscode/inkstone-config.schema.json',
    'new        .vscode/inkstone-front-matter.schema.json',
    'new        .vscode/inkstone.code-snippets',
    'replaced   .vscode/settings.json',
    'new        .vscode/extensions.json',
    'new        .vscode/tasks.json',
  ])
  const after = folder.read('.vscode/settings.json')
  assert.ok(after.startsWith('// Mine.\n{\n  "editor.tabSize": 3, // three\n'), after)
  assert.deepEqual(parse(after, [], { allowTrailingComma: true }), {
    'editor.tabSize': 3,
    'json.schemas': [
      { fileMatch: ['a.json'], url: './a' },
      { fileMatch: ['/site.config.json'], url: './.vscode/inkstone-config.schema.json' },
    ],
    'yaml.schemas': { './.vscode/inkstone-front-matter.schema.json': ['content/**/_defaults.yml'] },
    '[markdown]': {
      'editor.quickSuggestions': { other: 'on', comments: 'off', strings: 'off' },
      'editor.snippetSuggestions': 'top',
    },
  })
  // Once more: nothing to do.
  const again = folder.run('init', 'editor', 'vscode')
  assert.equal(again.out.match(/^unchanged/gm)?.length, 6)
  // The schema knows the site's own field.
  const check = new Ajv({ allowUnionTypes: true }).compile(
    JSON.parse(folder.read('.vscode/inkstone-front-matter.schema.json')),
  )
  assert.deepEqual([check({ mood: 'good' }), check({ mood: 'fine' })], [true, false])
  assert.equal(
    JSON.parse(folder.read('.vscode/inkstone.code-snippets'))['Front matter: mood'].body,
    `mood: \${1|good,bad|}`,
  )
})

test('settings that are no JSON with comments are left alone, and nothing is written', (t) => {
  const folder = makeFolder(t, { ...site, '.vscode/tasks.json': '{ "tasks": [' })
  const { code, err } = folder.run('init', 'editor', 'vscode')
  assert.deepEqual([code, err.split('\n')[0]], [1, '.vscode/tasks.json  error  init/not-json'])
  assert.deepEqual(folder.files('.vscode'), ['tasks.json'])
})

test('the build task of the editor finds every problem that the command prints', (t) => {
  const folder = makeFolder(t, {
    ...site,
    'content/b.md': '---\ntitle: B\ndate: 2024-13-01\nmath: perhaps\n---\n',
  })
  folder.run('init', 'editor', 'vscode')
  const [task] = JSON.parse(folder.read('.vscode/tasks.json')).tasks
  const [first, second] = task.problemMatcher.pattern.map(
    ({ regexp }: { regexp: string }) => new RegExp(regexp),
  )
  const lines = folder.run('build', '--quiet').err.split('\n')
  const found = lines.flatMap((line, at) => {
    const place = first.exec(line)
    return place ? [[...place.slice(1), second.exec(lines[at + 1] ?? '')?.[1]]] : []
  })
  assert.deepEqual(found, [
    ['content/b.md', '3', '7', 'error', 'meta/bad-date', 'date: month 13 does not exist'],
    ['content/b.md', '4', '7', 'error', 'meta/wrong-type', 'math is either true or false'],
  ])
})

test('theme eject copies a file, says where it came from, and changes no page', (t) => {
  const folder = makeFolder(t, site)
  folder.run('build')
  const before = folder.files('dist').map((name) => folder.read(`dist/${name}`))
  const version = folder.run('--version').out.trim()
  const names = folder.run('theme', 'eject').out.trim().split('\n')
  for (const name of ['base.njk', 'post.njk', 'partials/footer.njk', 'styles/tokens.css', 'scripts/main.ts'])
    assert.ok(names.includes(name), name)
  assert.equal(names.includes('README.md'), false)
  for (const [name, file, first] of [
    ['base', 'layouts/base.njk', `{# From Inkstone ${version}, base.njk. -#}`],
    ['footer', 'layouts/partials/footer.njk', `{# From Inkstone ${version}, partials/footer.njk. -#}`],
    ['tokens.css', 'layouts/styles/tokens.css', `/* From Inkstone ${version}, styles/tokens.css. */`],
    ['scripts/main.ts', 'layouts/scripts/main.ts', `// From Inkstone ${version}, scripts/main.ts.`],
  ] as const) {
    const { code, out } = folder.run('theme', 'eject', name)
    assert.deepEqual([code, out.split('\n')[0], folder.read(file).split('\n')[0]], [0, file, first])
  }
  assert.equal(folder.run('theme', 'eject').out.match(/\(yours\)/g)?.length, 4)
  const again = folder.run('theme', 'eject', 'footer')
  assert.deepEqual(
    [again.code, again.err.split('\n')[0]],
    [1, 'layouts/partials/footer.njk  error  theme/exists'],
  )
  assert.equal(folder.run('build').code, 0)
  assert.deepEqual(
    folder.files('dist').map((name) => folder.read(`dist/${name}`)),
    before,
  )
})
