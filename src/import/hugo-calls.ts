// Hugo's shortcodes as calls: found in a text whose code is masked, with their arguments and, where a closing one
// follows, what stands between. Quotes and backticks may hold `>}}`; blanks before the slash are allowed.
import { type Arguments, readArguments } from './calls.js'

export interface Call extends Arguments {
  readonly name: string
  /** `{{% %}}`: what stands inside is Markdown; `{{< >}}`: Hugo leaves it alone. */
  readonly markdown: boolean
  readonly opening: string
  readonly closing: string
  /** Between opening and closing one; null for a single call. */
  readonly inner: string | null
  readonly start: number
  readonly end: number
}

interface Tag {
  readonly name: string
  readonly closes: boolean
  readonly selfClosing: boolean
  readonly markdown: boolean
  readonly rest: string
  readonly start: number
  readonly end: number
}

const longestTag = 8000

/** One tag from `{{<` on, or null. */
function readTag(text: string, start: number): Tag | null {
  const markdown = text[start + 2] === '%'
  const close = markdown ? '%}}' : '>}}'
  let quote = ''
  for (let at = start + 3; at < text.length && at < start + longestTag; at++) {
    const char = text[at]!
    if (quote !== '') {
      if (char === '\\' && quote === '"') at++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === '`') quote = char
    else if (text.startsWith(close, at)) {
      const inside = text.slice(start + 3, at)
      const [, slash, name, rest = ''] = /^\s*(\/)?\s*([\w/.-]+?)(?=[\s/]|$)([\s\S]*)$/.exec(inside) ?? []
      if (name === undefined) return null
      return {
        name,
        closes: slash !== undefined,
        selfClosing: /\/\s*$/.test(rest),
        markdown,
        rest: rest.replace(/\/\s*$/, ''),
        start,
        end: at + close.length,
      }
    }
  }
  return null
}

/** The outermost calls, in order; what is nested is found by asking again for the inside. */
export function callsIn(text: string, unmask: (text: string) => string): Call[] {
  const tags: Tag[] = []
  for (const { index } of text.matchAll(/\{\{[<%](?!\/\*)/g)) {
    if (index < (tags.at(-1)?.end ?? 0)) continue
    const tag = readTag(text, index)
    if (tag) tags.push(tag)
  }
  const calls: Call[] = []
  for (let i = 0; i < tags.length; i++) {
    const tag = tags[i]!
    if (tag.closes) continue
    const end = tag.selfClosing ? -1 : closingOf(tags, i)
    const last = end < 0 ? undefined : tags[end]
    calls.push({
      ...readArguments(unmask(tag.rest)),
      name: tag.name,
      markdown: tag.markdown,
      opening: text.slice(tag.start, tag.end),
      closing: last ? text.slice(last.start, last.end) : '',
      inner: last ? text.slice(tag.end, last.start) : null,
      start: tag.start,
      end: last?.end ?? tag.end,
    })
    if (end > 0) i = end
  }
  return calls
}

/** Number of the tag that closes this one, -1 for none. */
function closingOf(tags: readonly Tag[], opening: number): number {
  const { name } = tags[opening]!
  let depth = 0
  for (let i = opening + 1; i < tags.length; i++) {
    const tag = tags[i]!
    if (tag.name !== name) continue
    if (!tag.closes) {
      if (!tag.selfClosing) depth++
    } else if (depth === 0) return i
    else depth--
  }
  return -1
}
