// Code is coloured as lowlight does it, whatever it is: every language is run over the code of the repository, over
// fragments that make grammars do what they seldom do, and over random pieces of all of it.
//   ROUNDS=300 SEED=7 node test/run.mjs markdown/colouring    more random pieces, for each language
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { LanguageFn, ModeCallback } from 'highlight.js'
import HighlightJs from 'highlight.js/lib/core'
import { all, common, createLowlight } from 'lowlight'
import { GuessWanted, openColouring } from '../../src/markdown/colouring.js'
import { commonAliases } from '../../src/markdown/common-aliases.js'
import { openGrammars } from '../../src/markdown/grammars.js'
import { createHighlighter } from '../../src/markdown/languages.js'
import { rememberModes, rulesFrom } from '../../src/markdown/modes.js'
import { makeRandom } from '../incremental/random-site.js'

const rounds = Number(process.env['ROUNDS'] ?? 12)
const seed = Number(process.env['SEED'] ?? 20261130)

const grammars = openGrammars(all)
const colour = openColouring(grammars)
const lowlight = createLowlight(all)
/** Where nobody has been before: a grammar of highlight.js remembers which rules it was asked for. */
const freshly = (name: string, code: string) => createLowlight(all).highlight(name, code).children

type Verdict = 'same' | 'guess'
function judge(name: string, code: string): Verdict {
  let ours: string
  try {
    ours = JSON.stringify(colour(name, code))
  } catch (error) {
    if (error instanceof GuessWanted) return 'guess'
    ours = 'failed'
  }
  const theirs = (make: typeof freshly) => {
    try {
      return JSON.stringify(make(name, code))
    } catch {
      return 'failed'
    }
  }
  if (ours !== theirs((...args) => lowlight.highlight(...args).children))
    assert.equal(ours, theirs(freshly), `${name}: ${JSON.stringify(code)}`)
  return 'same'
}

const fragments = [
  ...[
    '"',
    "'",
    '`',
    '"""',
    "'''",
    '\\',
    '/',
    '//',
    '/*',
    '*/',
    '#',
    '--',
    '{-',
    '-}',
    '<!--',
    '-->',
    '%',
    ';',
    '$',
    '@',
  ],
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '<',
    '>',
    '</',
    '/>',
    '=>',
    '->',
    '::',
    ':',
    ',',
    '.',
    '=',
    '==',
    '!',
    '?',
    '|',
    '&',
  ],
  ...[
    '0',
    '1',
    '0x1F',
    '1e10',
    '1_000',
    '3.14f',
    'x',
    'foo',
    'Foo',
    'FOO',
    '_a',
    '中文',
    'é',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n\n',
  ],
  ...[
    'if',
    'else',
    'for',
    'class ',
    'function ',
    'def ',
    'fn ',
    'return ',
    'import ',
    'end',
    'begin',
    'let ',
    'var ',
    'new ',
  ],
  ...[
    '<<EOF\n$a\nEOF\n',
    "<<-'X'\n\tb\nX\n",
    'R"d(a)b)d"',
    '#{b}',
    '$(c)',
    '<?php echo 1; ?>',
    '<% a %>',
    '{{ b }}',
  ],
  ...[
    '#!/bin/sh\n',
    '<div class="a">b</div>',
    '<A/>',
    '<T>(a)',
    '/a[/]b/g',
    'html`<i>x</i>`',
    'css`a{b:c}`',
    '@media {}',
  ],
  ...[
    'key: value\n',
    '- item\n',
    '# title\n',
    '=begin\nx\n=end\n',
    'a = "b" # c\n',
    '| a | b |\n',
    '> q\n',
    '```\nx\n```\n',
  ],
  ...[
    'function f(a, b) { return a }\n',
    'const g = async (x) => x\n',
    'class A extends B {\n',
    'SELECT a FROM b;\n',
    'r#"x"#',
  ],
  ...[
    '[[a]]',
    '"a\\"b"',
    "'c'",
    'a.b.c()',
    'x::y<z>',
    '!a & b',
    '\\begin{a}x\\end{a}',
    '\\verb|x|',
    '$$y$$',
    'M: 5\n',
    '#if A\n',
  ],
] as const

const filesBelow = (folder: string, kinds: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => kinds.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))

const files = [
  ...filesBelow('src/markdown', /a.*\.ts$/),
  ...filesBelow('layouts', /\.(?:njk|css|ts)$/),
  ...filesBelow('content', /\.md$/),
  ...['package.json', '.gitignore', 'bench/measure.mjs'].map((name) => readFileSync(name, 'utf8')),
].map((text) => text.slice(0, 4000))
const lines = files.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '')

test('every language colours random pieces of code as lowlight does', () => {
  const random = makeRandom(seed)
  const count: Record<Verdict, number> = { same: 0, guess: 0 }
  for (const name of Object.keys(all))
    for (let round = 0; round < rounds; round++) {
      const piece = () => (random.below(3) === 0 ? `${random.pick(lines)}\n` : random.pick(fragments))
      const text = Array.from({ length: 1 + random.below(40) }, piece).join(random.pick(['', ' ', '']))
      count[judge(name, text)]++
    }
  assert.ok(count.same > count.guess * 10, JSON.stringify(count))
})

test('a match that is refused is looked for among the rules after it, and its end by its own groups', () => {
  const refuse: ModeCallback = (_, reply) => reply.ignoreMatch()
  const mark: ModeCallback = (match, reply) => {
    reply.data['mark'] = match[1]
  }
  const isMarked: ModeCallback = (match, reply) => {
    if (reply.data['mark'] !== match[1]) reply.ignoreMatch()
  }
  const grammars: Readonly<Record<string, LanguageFn>> = {
    // Nothing else in the first place; in the second, refused as well, the rule after that one.
    again: () => ({
      contains: [
        { begin: /a/, 'on:begin': refuse },
        { begin: /b/, 'on:begin': refuse },
        { match: /b/, scope: 'number' },
      ],
    }),
    // Where the last rule is refused, not even an end is looked for.
    last: () => ({
      contains: [{ begin: /</, end: /b/, scope: 'string', contains: [{ begin: /b/, 'on:begin': refuse }] }],
    }),
    // What ends with its parent hands on the groups of the match.
    around: () => ({
      contains: [
        {
          begin: /<(\w)/,
          end: /(\w)>/,
          scope: 'string',
          'on:begin': mark,
          'on:end': isMarked,
          contains: [{ begin: /'/, endsWithParent: true, scope: 'regexp', contains: [{ match: /(z)(y)/ }] }],
        },
      ],
    }),
  }
  const colour = openColouring(openGrammars(grammars))
  const codes: Readonly<Record<string, readonly string[]>> = {
    again: ['ab', 'ba', 'b'],
    last: ['<b b<b', 'ab<'],
    around: ["<a'x b> a> c", "<a'zy a>b", "<a b>a>'"],
  }
  for (const [name, ofName] of Object.entries(codes))
    for (const code of ofName)
      assert.deepEqual(
        colour(name, code),
        createLowlight(grammars).highlight(name, code).children,
        `${name}: ${code}`,
      )
  // Refused twice in a row: highlight.js leaves out too many rules then, how many by what it has read before.
  for (const code of ['ab', 'aab', 'aaab']) assert.match(JSON.stringify(colour('again', code)), /hljs-number/)
})

test('after a refused match nothing is looked for in what follows: that would cost the square of its length', () => {
  const python = grammars.compiled('python')
  const modesOf = rememberModes()
  const mode = modesOf(python, python)
  assert.deepEqual(
    [0, 1].map((from) => rulesFrom(mode, from, modesOf).pattern.sticky),
    [false, true],
  )
})

test('every common language colours the files of this repository as lowlight does', () => {
  for (const name of Object.keys(common)) for (const text of files) judge(name, text)
})

const blogs = join(process.cwd(), '..', 'shared', 'corpora')
test('code of real blogs is coloured as lowlight does', { skip: !existsSync(blogs) }, () => {
  const count: Record<Verdict, number> = { same: 0, guess: 0 }
  for (const text of filesBelow(blogs, /\.(?:md|markdown)$/))
    for (const [, language = '', code = ''] of text.matchAll(
      /^```[ \t]*([\w+#-]*)[^\n]*\n([\s\S]*?)^```/gm,
    )) {
      const name = grammars.find(language)
      if (name !== undefined) count[judge(name, code)]++
    }
  assert.ok(count.same > 500 && count.same > count.guess * 20, JSON.stringify(count))
})

test('the common languages are found by all of their names, without any of them being made', () => {
  const made: string[] = []
  const watched = Object.fromEntries(
    Object.entries(common).map(([name, grammar]): [string, LanguageFn] => [
      name,
      (engine) => {
        made.push(name)
        return grammar(engine)
      },
    ]),
  )
  const known = openGrammars(watched, commonAliases)
  const engine = HighlightJs.newInstance()
  for (const [name, grammar] of Object.entries(common)) engine.registerLanguage(name, grammar)
  for (const name of Object.keys(common))
    for (const alias of [name, name.toUpperCase(), ...(engine.getLanguage(name)?.aliases ?? [])])
      assert.equal(known.find(alias), openGrammars(common).find(alias), alias)
  const aliases = Object.values(commonAliases).flatMap((text) => text.split(' '))
  for (const alias of aliases) assert.ok(engine.getLanguage(alias), alias)
  assert.equal(known.find('klingon'), undefined)
  assert.deepEqual(made, [])
  known.compiled('rust')
  assert.deepEqual(made, ['rust'])
})

test('a language that has to be guessed, a rare one and none at all', async () => {
  const { find, highlight } = createHighlighter()
  const page = '<style>a { color: red }</style>'
  assert.deepEqual(
    highlight((await find('html'))!, page),
    createLowlight(common).highlight('xml', page).children,
  )
  assert.throws(() => openColouring(openGrammars(common))('xml', page), GuessWanted)
  assert.deepEqual(highlight((await find('zephir'))!, 'let a = 1;'), freshly('zephir', 'let a = 1;'))
  assert.equal(await find('klingon'), undefined)
  assert.deepEqual(highlight('', 'a'), [{ type: 'text', value: 'a' }])
})
