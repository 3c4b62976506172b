// Golden cases as prose: a line of `=`, a title, the input, a line with a single dot, the expected output.
// Characters that cannot be seen are written <BOM>, <CR>, <TAB>, <NUL>, <ESC> in the input.
// `UPDATE_CASES=1` writes what the program says now into the file; read the difference before you believe it.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import type { SiteConfig } from '../../src/config/types.js'
import { readMeta } from '../../src/content/meta.js'
import type { MetaResult } from '../../src/content/types.js'
import type { Problem } from '../../src/errors.js'

const invisible: Readonly<Record<string, string>> = {
  '<BOM>': '\ufeff',
  '<CR>': '\r',
  '<TAB>': '\t',
  '<NUL>': '\u0000',
  '<ESC>': '\u001b',
}

/** Makes each case of a file one test. */
export function testCases(path: string, run: (input: string) => string): void {
  const { preface, cases } = readCases(path)
  report(
    path,
    preface,
    cases.map((one) => ({ ...one, actual: `${run(one.input)}\n` })),
  )
}

/** The same for what takes its time: one case after the other, each as a test of its own. */
export async function testSlowCases(path: string, run: (input: string) => Promise<string>): Promise<void> {
  const { preface, cases } = readCases(path)
  const results: Result[] = []
  for (const one of cases) results.push({ ...one, actual: `${await run(one.input)}\n` })
  report(path, preface, results)
}

interface Case {
  readonly title: string
  /** As it stands in the file, and with invisible characters put in. */
  readonly typed: string
  readonly input: string
  readonly expected: string
}
type Result = Case & { readonly actual: string }

export function readCases(path: string): { preface: string; cases: Case[] } {
  const [preface = '', ...blocks] = readFileSync(path, 'utf8').split(/^={10,}\n/m)
  const cases = blocks.map((block) => {
    const [title = '', ...lines] = block.split('\n')
    const dot = lines.indexOf('.')
    const typed = lines.slice(0, dot).join('\n')
    const input = typed.replace(/<(?:BOM|CR|TAB|NUL|ESC)>/g, (name) => invisible[name] ?? name)
    return { title, typed, input, expected: lines.slice(dot + 1).join('\n') }
  })
  return { preface, cases }
}

function report(path: string, preface: string, results: readonly Result[]): void {
  if (process.env['UPDATE_CASES'] === '1') {
    const line = '='.repeat(40)
    const text = results.map(({ title, typed, actual }) => `${line}\n${title}\n${typed}\n.\n${actual}`)
    writeFileSync(path, preface + text.join(''))
  }
  for (const { title, expected, actual } of results)
    test(title, () => {
      assert.equal(actual, expected)
    })
}

/** What floor 2 asks of the configuration, and the rest at its default. */
export function configOf(
  permalinks: Readonly<Record<string, string>> = {},
  timezone = 'Asia/Shanghai',
): SiteConfig {
  return {
    title: '站',
    description: '',
    author: { name: '', email: '', url: '', avatar: '' },
    baseUrl: 'https://example.org/',
    basePath: '/',
    language: 'zh-CN',
    timezone,
    permalinks,
    pagination: { size: 10, tags: 100, archive: 500, from: 'newest' },
    feeds: {
      items: 20,
      content: 'full',
      tags: true,
      categories: false,
      sections: [],
      hub: '',
      paths: { rss: '/feed.xml', atom: '/atom.xml', json: '/feed.json' },
      more: [],
    },
    trust: 'content-is-mine',
    markdown: {
      html: 'allow',
      highlighter: 'lowlight',
      parser: 'auto',
      lineNumbers: false,
      hardBreaks: false,
      toc: { from: 2, to: 3 },
      excerptWidth: 280,
      anchors: { like: 'none', before: '' },
    },
    reading: { hanPerMinute: 400, wordsPerMinute: 200 },
    images: { variants: false, measure: 722 },
    search: false,
    cards: false,
    fonts: [],
    frontMatter: {},
    gitDates: false,
    navigation: [],
    social: [],
    slugs: 'unicode',
    tagSlugs: {},
    categorySlugs: {},
    redirects: {},
    comments: false,
    analytics: false,
    webmention: '',
    languages: [],
    words: {},
    check: { ignore: [] },
    budgets: { page: 0, image: 0, script: 0, style: 0, font: 0, feed: 0 },
    data: {},
  }
}

/** Reads one document among some files of a site, in memory. */
export function metaOf(
  files: Readonly<Record<string, string>>,
  permalinks: Readonly<Record<string, string>> = {},
): MetaResult {
  const id = (Object.keys(files)[0] ?? '').replace(/^content\//, '')
  return readMeta(id, (path) => (Object.hasOwn(files, path) ? files[path] : undefined), configOf(permalinks))
}

/** All of a Problem, as text. */
export function problemText(problem: Problem): string {
  const { severity, code, what, file, line, column, frame, found, expected, fix } = problem
  return [
    `${file}:${line}:${column} ${severity} ${code}`,
    `  ${what}`,
    ...(frame ?? '').split('\n').map((row) => `    ${row}`.trimEnd()),
    ...(found === undefined ? [] : [`  found: ${found}`]),
    ...(expected === undefined ? [] : [`  expected: ${expected.join(' · ')}`]),
    ...(fix === undefined ? [] : [`  fix: ${fix}`]),
  ].join('\n')
}
