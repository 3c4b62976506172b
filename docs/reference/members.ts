// Reads the members of an exported interface out of our own sources, with the comment above each: what the pages of
// reference are made from. It knows as much of TypeScript as our formatted sources use, and throws on the rest.
import { readFileSync } from 'node:fs'

/** One property or method of an interface. */
export interface Member {
  readonly name: string
  /** As written, on one line; what stands between braces is `members` and is `{ … }` here. */
  readonly type: string
  /** The comment, on one line; '' for none. */
  readonly words: string
  readonly members: readonly Member[]
}

/** The members of `export interface NAME` in a file; throws where there is none. */
export function membersOf(file: string, name: string): readonly Member[] {
  const text = readFileSync(file, 'utf8')
  const start = new RegExp(`^export interface ${name}\\b[^{]*\\{`, 'm').exec(text)
  if (!start) throw new Error(`${file} has no interface ${name}`)
  const from = start.index + start[0].length
  return readMembers(text.slice(from, closing(text, from)))
}

/** Where the brace that was opened before `from` is closed. */
function closing(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('/*', at)) at = text.indexOf('*/', at) + 1
    else if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at
  }
  throw new Error('a brace is not closed')
}

function readMembers(body: string): Member[] {
  const members: Member[] = []
  let rest = body
  for (;;) {
    rest = rest.replace(/^[\s;]+/, '')
    if (rest === '') return members
    const comment = /^\/\*\*([\s\S]*?)\*\/\s*/.exec(rest)
    if (comment) rest = rest.slice(comment[0].length)
    const words = (comment?.[1] ?? '').replace(/\s*\n\s*\*?\s*/g, ' ').trim()
    const head = /^(?:readonly )?(\w+)\??(?=[:(])/.exec(rest)
    if (!head) throw new Error(`this is no member: ${rest.slice(0, 60)}`)
    const end = endOfMember(rest)
    const source = rest.slice(head[0].length, end).replace(/^:\s*/, '')
    rest = rest.slice(end)
    const brace = /(?:^|\| |readonly )\{/.exec(source)
    const isMethod = source.startsWith('(')
    const open = brace && !isMethod ? brace.index + brace[0].length : -1
    const close = open < 0 ? -1 : closing(source, open)
    const type = open < 0 ? source : `${source.slice(0, open)} … ${source.slice(close)}`
    members.push({
      name: head[1] ?? '',
      type: type.replace(/\s+/g, ' ').replace(/^\| /, '').trim(),
      words,
      members: open < 0 ? [] : readMembers(source.slice(open, close)),
    })
  }
}

/** A member ends at `;` or a line's end outside of brackets, unless the next line goes on with `|`. */
function endOfMember(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (text.startsWith('/*', at)) at = text.indexOf('*/', at) + 1
    else if ('{[('.includes(char)) depth++
    else if ('}])'.includes(char)) depth--
    else if (depth === 0 && char === ';') return at
    else if (
      depth === 0 &&
      char === '\n' &&
      !/^\s*\|/.test(text.slice(at)) &&
      !/[:|]\s*$/.test(text.slice(0, at))
    )
      return at
  }
  return text.length
}
