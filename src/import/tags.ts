// Tags of the form `{% name … %}`, single or in pairs, as Liquid and Hexo share them. What a tag means is its program's
// business: makers are handed in. A tag without a maker stays as typed, since `{%` means nothing to our Markdown; its
// inside is converted like any other text.
import { asBlock } from './markup.js'
import { maskCode, replaceRaw } from './masked.js'
import type { Note } from './types.js'

export interface TagCall {
  readonly name: string
  /** Between the name and `%}`, trimmed. */
  readonly args: string
  /** Between the pair, already converted; null for a single tag. */
  readonly inner: string | null
  /** Blanks before the tag on its line. */
  readonly indent: string
  note(note: Omit<Note, 'file' | 'line'>): void
}

/** What takes the tag's place; undefined keeps it as typed. */
export type TagMaker = (call: TagCall) => string | undefined

export interface TagRules {
  readonly makers: Readonly<Record<string, TagMaker>>
  /** Their inside is code: it is taken before anything else looks at the text. */
  readonly raw: readonly string[]
  /** They stand within a sentence; all others are blocks. */
  readonly inline: ReadonlySet<string>
  readonly file: string
  readonly bodyLine: number
  readonly note: (note: Note) => void
}

interface Tag {
  readonly name: string
  readonly args: string
  readonly start: number
  readonly end: number
}

/** Linear: a tag ends at the first `%}` outside of quotes, on the same or one of the next few lines. */
function tagsIn(text: string): Tag[] {
  const tags: Tag[] = []
  for (let start = text.indexOf('{%'); start >= 0; ) {
    const end = text.indexOf('%}', start + 2)
    if (end < 0) break
    const inside = text.slice(start + 2, end)
    const next = inside.lastIndexOf('{%')
    if (next >= 0 || inside.length > 4000) {
      start = next >= 0 ? start + 2 + next : text.indexOf('{%', start + 2)
      continue
    }
    const [, name = '', args = ''] = /^-?\s*([A-Za-z_][\w-]*)\s*([\s\S]*?)\s*-?$/.exec(inside) ?? []
    if (name !== '') tags.push({ name, args, start, end: end + 2 })
    start = text.indexOf('{%', end + 2)
  }
  return tags
}

/** `{% raw %}` protects what stands in it: its braces are private characters until `show` is called. */
export function hideRaw(text: string): { readonly text: string; show(text: string): string } {
  const hidden = '\uf8f0'
  if (!text.includes('raw') || text.includes(hidden)) return { text, show: (shown) => shown }
  return {
    text: text.replace(/\{%-?\s*raw\s*-?%\}([\s\S]*?)\{%-?\s*endraw\s*-?%\}/g, (_, inner: string) =>
      inner.replace(/\{(?=[{%#])/g, hidden),
    ),
    show: (shown) => shown.replaceAll(hidden, '{'),
  }
}

export function convertTags(body: string, rules: TagRules): string {
  if (!body.includes('{%')) return body
  const call = (
    name: string,
    args: string,
    inner: string | null,
    indent: string,
    line: number,
  ): string | undefined => {
    const place = { file: rules.file, line: rules.bodyLine + line - 1 }
    const make = rules.makers[name.toLowerCase()]
    const made = make?.({ name, args, inner, indent, note: (note) => rules.note({ ...note, ...place }) })
    rules.note({ kind: made === undefined ? 'unknown' : 'changed', what: `tag {% ${name} %}`, ...place })
    return made
  }
  const names = rules.raw.join('|')
  const withCode =
    names === ''
      ? body
      : replaceRaw(
          body,
          new RegExp(`\\{%-?\\s*(${names})(?=[\\s%-])((?:[^%]|%(?!\\}))*?)-?%\\}[ \\t]*\\n?`, 'i'),
          (match) => new RegExp(`\\{%-?\\s*end${match[1] ?? ''}\\s*-?%\\}`, 'i'),
          (match, inner, indent, line) =>
            call(match[1] ?? '', (match[2] ?? '').trim(), inner, indent ?? '', line) ?? match[0] + inner,
        )
  const masked = maskCode(withCode)
  const convert = (part: string, base: number): string => {
    const tags = tagsIn(part)
    let result = ''
    let from = 0
    for (let i = 0; i < tags.length; i++) {
      const tag = tags[i]!
      if (tag.start < from || /^end/i.test(tag.name)) continue
      const end = closingOf(tags, i)
      const close = end < 0 ? undefined : tags[end]
      const before = part.slice(0, tag.start)
      const indent = /(?:^|\n)([ \t]*)$/.exec(before)?.[1] ?? ''
      const inner = close ? convert(part.slice(tag.end, close.start), base + tag.end) : null
      const made = call(
        tag.name,
        masked.restore(tag.args),
        // Whole, since some makers set a mark before each of its lines.
        inner === null ? null : masked.restore(inner),
        indent,
        masked.line(base + tag.start),
      )
      const stop = close?.end ?? tag.end
      result += part.slice(from, tag.start)
      if (made === undefined)
        result +=
          part.slice(tag.start, tag.end) +
          (close ? `${inner ?? ''}${part.slice(close.start, close.end)}` : '')
      else result += rules.inline.has(tag.name.toLowerCase()) ? made : asBlock(before, made, part.slice(stop))
      from = stop
    }
    return result + part.slice(from)
  }
  return masked.restore(convert(masked.text, 0))
}

function closingOf(tags: readonly Tag[], opening: number): number {
  const name = tags[opening]!.name.toLowerCase()
  let depth = 0
  for (let i = opening + 1; i < tags.length; i++) {
    const other = tags[i]!.name.toLowerCase()
    if (other === name) depth++
    else if (other === `end${name}`) {
      if (depth === 0) return i
      depth--
    }
  }
  return -1
}
