// The fenced blocks of the documentation: what the tests run, type-check and build.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Block {
  /** Below docs/content/, with the line of its fence: `writing.md:12`. */
  readonly place: string
  readonly page: string
  readonly language: string
  /** What stands behind the language. */
  readonly marks: string
  readonly text: string
}

/** All blocks of the written pages, in order. A block inside a longer fence is text of that fence. */
export function blocks(): readonly Block[] {
  const names = readdirSync('docs/content', { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md') && !name.startsWith('reference/'))
    .sort()
  return names.flatMap((page) => {
    const text = readFileSync(join('docs/content', page), 'utf8')
    return [...text.matchAll(/^(`{3,})(\w+)(.*)\n([\s\S]*?)^\1$/gm)].map((match) => ({
      place: `${page}:${text.slice(0, match.index).split('\n').length}`,
      page,
      language: match[2] ?? '',
      marks: (match[3] ?? '').trim(),
      text: match[4] ?? '',
    }))
  })
}
