import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { config, makeFolder, post } from './site.js'

// What the command says of itself, and to those who call it wrongly.

const version = String(JSON.parse(readFileSync('package.json', 'utf8')).version)

test('--version prints the version of the package, and nothing else', (t) => {
  const folder = makeFolder(t, {})
  const answer = { code: 0, out: `${version}\n`, err: '' }
  assert.deepEqual(folder.run('--version'), answer)
  assert.deepEqual(folder.run('-v'), answer)
})

test('help names every command; without a command it is wrong usage', (t) => {
  const folder = makeFolder(t, {})
  const { code, out, err } = folder.run('help')
  const named = [...out.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name)
  assert.deepEqual({ code, err }, { code: 0, err: '' })
  for (const name of ['build', 'list', 'new', 'why']) assert.equal(named.includes(name), true, name)
  assert.deepEqual(folder.run('--help'), { code, out, err })
  assert.deepEqual(folder.run('-h'), { code, out, err })
  assert.deepEqual(folder.run(), { code: 2, out, err })
})

test("a command's help names every flag that it has", (t) => {
  const { code, out, err } = makeFolder(t, {}).run('build', '--help')
  const flags = [...out.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name]) => name)
  assert.deepEqual({ code, err }, { code: 0, err: '' })
  assert.deepEqual(
    flags,
    'root out cache base-url at drafts future clean workers strict prove verify-inputs adopt json quiet help'.split(
      ' ',
    ),
  )
})

test('an unknown command is wrong usage, with what was probably meant', (t) => {
  const folder = makeFolder(t, {})
  const { code, out, err } = folder.run('bild')
  assert.deepEqual(
    { code, out, first: err.split('\n')[0] },
    { code: 2, out: '', first: 'inkstone bild: no such command, did you mean build?' },
  )
  assert.equal(folder.run('constructor').code, 2)
})

test('an unknown flag is wrong usage, with what was probably meant', (t) => {
  const folder = makeFolder(t, { 'content/a.md': post('甲', '2024-01-01') })
  const { code, out, err } = folder.run('build', '--stict')
  assert.deepEqual(
    { code, out, lines: err.split('\n').slice(0, 2) },
    { code: 2, out: '', lines: ['error  usage', '  unknown flag --stict, did you mean --strict?'] },
  )
  assert.deepEqual(folder.files(), ['content/a.md'])
})

const wrongCalls: readonly [args: readonly string[], what: string][] = [
  [['build', '--out'], '--out needs a value'],
  [['build', '--out', '--clean'], '--out needs a value'],
  [['build', '--workers', 'many'], '--workers needs a whole number'],
  [['build', '--workers', '-1'], '--workers needs a whole number'],
  [['build', '--strict=yes'], '--strict takes no value'],
  [['build', 'content'], 'usage: inkstone build'],
  [['build', '--at', 'tomorrow'], '--at is no time'],
  [['build', '--at', '2024-13-01'], '--at is no time'],
  [['new', 'post'], 'usage: inkstone new post "TITLE" | new project NAME'],
  [['why'], 'usage: inkstone why URL-or-output-path'],
]
for (const [args, what] of wrongCalls)
  test(`inkstone ${args.join(' ')}: is wrong usage, told in one sentence`, (t) => {
    const { code, out, err } = makeFolder(t, {}).run(...args)
    assert.deepEqual({ code, out, what: err.split('\n')[1] }, { code: 2, out: '', what: `  ${what}` })
  })

test('a root that does not exist is wrong usage', (t) => {
  const folder = makeFolder(t, {})
  const { code, problems } = folder.build('--root', 'nowhere')
  assert.deepEqual(
    { code, problems },
    {
      code: 2,
      problems: [
        {
          severity: 'error',
          code: 'usage',
          what: `there is no folder ${folder.path}/nowhere`,
          fix: 'correct --root',
        },
      ],
    },
  )
})

test('nothing is written into a folder that the site is read from', (t) => {
  const folder = makeFolder(t, { 'content/a.md': post('甲', '2024-01-01') })
  const told = (...args: string[]) => {
    const { code, problems } = folder.build(...args)
    return [code, ...problems.map(({ what }) => what)]
  }
  assert.deepEqual(told('--out', 'public'), [2, '--out lies in public/, which the site is read from'])
  assert.deepEqual(told('--out', 'content/x'), [2, '--out lies in content/, which the site is read from'])
  assert.deepEqual(told('--cache', 'data'), [2, '--cache lies in data/, which the site is read from'])
  assert.deepEqual(folder.files(), ['content/a.md'])
  assert.equal(folder.build('--out', 'public2').code, 0)
})

const keys = ['ok', 'out', 'outputs', 'written', 'removed', 'ran', 'kept', 'problems', 'ms']

test('--json prints one object with the same keys, on success, failure and wrong usage', (t) => {
  const folder = makeFolder(t, { 'site.config.json': config, 'content/a.md': post('甲', '2024-01-01') })
  const shapes = [
    ['build'],
    ['build', '--base-url', 'none'],
    ['build', '--out', 'content'],
    ['build', '--root', 'nowhere'],
    ['build', '--at', 'never'],
    ['build', '--jsno'],
    ['build', 'word'],
    ['bild'],
  ].map((args) => {
    const { code, out } = folder.run(...args, '--json')
    const lines = out.split('\n')
    return { code, lines: lines.length, keys: Object.keys(JSON.parse(lines[0] ?? '')) }
  })
  assert.deepEqual(
    shapes,
    [0, 1, 2, 2, 2, 2, 2, 2].map((code) => ({ code, lines: 2, keys })),
  )
})

test('a problem has its keys in one order, freshly found or kept in the cache', (t) => {
  const folder = makeFolder(t, { 'site.config.json': config, 'content/a.md': '# 甲\n' })
  const found = [folder.build(), folder.build(), folder.build('--clean')].map(({ problems }) => problems)
  const problem = {
    severity: 'warning',
    code: 'meta/no-title',
    what: 'there is no title; the first heading is used: "甲"',
    file: 'content/a.md',
    line: 1,
    column: 1,
    frame: '1 | # 甲\n  | ^^^^',
    fix: 'add a field title: …',
  }
  assert.deepEqual(found, [[problem], [problem], [problem]])
  assert.deepEqual(
    found.map(([first]) => Object.keys(first ?? {})),
    found.map(() => Object.keys(problem)),
  )
})
