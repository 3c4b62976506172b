// Golden cases: each file of test/markdown/cases is read as prose. A case is a title line (`@ …`, options as JSON behind
// it), the Markdown, a line with a single dot, the HTML. Further parts follow lines such as `.excerpt`, `.text`, `.toc`,
// `.links`, `.wants`, `.counts` and `.problems`; a case without `.problems` must give none.
// UPDATE=1 writes what comes out into the files, to be read before it is believed.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Body, Heading } from '../../src/markdown/types.js'
import { bodyOf, type Options } from './world.js'

const folder = 'test/markdown/cases'

interface Case {
  readonly title: string
  readonly options: Options
  readonly input: string
  readonly parts: ReadonlyMap<string, string>
  readonly head: string
}

function readCases(text: string): { lead: string; cases: Case[] } {
  const [lead = '', ...blocks] = text.split(/^(?=@ )/m)
  return {
    lead,
    cases: blocks.map((block) => {
      const [head = '', ...lines] = block.replace(/\n+$/, '').split('\n')
      const [, title = '', json = '{}'] = /^@ (.*?)(?: (\{.*\}))?$/.exec(head) ?? []
      const parts = new Map<string, string>()
      let name = 'input'
      let part: string[] = []
      for (const line of [...lines, '.end']) {
        const next = /^\.(html|excerpt|text|toc|links|wants|counts|problems|facts|end)?$/.exec(line)
        if (!next) part.push(line)
        else {
          parts.set(name, part.join('\n'))
          name = next[1] ?? 'html'
          part = []
        }
      }
      const input = (parts.get('input') ?? '')
        .replaceAll('␠', ' ')
        .replaceAll('␍', '\r')
        .replaceAll('→', '\t')
      parts.delete('input')
      return { title, options: JSON.parse(json), input, parts, head }
    }),
  }
}

const outline = (toc: readonly Heading[], indent = ''): string[] =>
  toc.flatMap(({ depth, id, text, children }) => [
    `${indent}${depth} #${id} ${text}`,
    ...outline(children, `${indent}  `),
  ])

const writers: Readonly<Record<string, (body: Body) => string>> = {
  html: (body) => body.html,
  excerpt: (body) => `${body.excerpt}${body.more ? '\n(more)' : ''}`,
  text: (body) => body.text,
  toc: (body) => outline(body.toc).join('\n'),
  links: (body) =>
    body.links
      .map(({ url, anchor, text, line, column }) => `${line}:${column} ${text} -> ${url}#${anchor}`)
      .join('\n'),
  wants: (body) => body.wants.map(({ src, out }) => `${src} -> ${out}`).join('\n'),
  counts: (body) => `${body.words} words, ${body.minutes} min`,
  facts: (body) =>
    `math ${body.hasMath}, code ${body.hasCode}, diagrams ${body.hasDiagrams}, embeds ${body.hasEmbeds}, image ${body.image || '-'}, first heading ${body.firstHeading || '-'}`,
  problems: (body) =>
    body.problems
      .map(
        ({ severity, code, what, line, column, found, fix }) =>
          `${line}:${column} ${severity} ${code}: ${what}${found === undefined ? '' : ` [${found}]`} -- ${fix}`,
      )
      .join('\n'),
}

const update = process.env['UPDATE'] === '1'
let count = 0

for (const name of readdirSync(folder).sort()) {
  const path = join(folder, name)
  const { lead, cases } = readCases(readFileSync(path, 'utf8'))
  count += cases.length
  if (update) {
    test(`${name} is written anew`, async () => {
      const made: string[] = []
      for (const { head, input, parts, options } of cases) {
        const body = await bodyOf(input, options)
        const names = [
          ...new Set(['html', ...parts.keys(), ...(body.problems.length > 0 ? ['problems'] : [])]),
        ].filter((part) => part !== 'problems' || body.problems.length > 0)
        const shown = names.map(
          (part) => `${part === 'html' ? '.' : `.${part}`}\n${writers[part]?.(body) ?? ''}`,
        )
        const typed = input
          .replaceAll('\t', '→')
          .replaceAll('\r', '␍')
          .replace(/ +$/gm, (blanks) => '␠'.repeat(blanks.length))
        made.push([head, typed, ...shown].join('\n'))
      }
      writeFileSync(path, `${lead}${made.join('\n\n')}\n`)
    })
    continue
  }
  for (const { title, input, parts, options } of cases)
    test(`${name}: ${title}`, async () => {
      const body = await bodyOf(input, options)
      const names = [...new Set([...parts.keys(), 'problems'])]
      const actual = Object.fromEntries(names.map((part) => [part, writers[part]?.(body)]))
      const expected = Object.fromEntries(names.map((part) => [part, parts.get(part) ?? '']))
      assert.deepEqual(actual, expected)
    })
}

test('there are at least 150 golden cases', () => assert.ok(count >= 150, `only ${count}`))
