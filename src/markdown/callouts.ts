// Callouts as GitHub writes them: a quotation whose first line is `[!NOTE]` (five kinds, any case). Behind the mark a title
// of one's own may stand; otherwise the kind's name in the document's language does.
import type { Element, ElementContent } from 'hast'
import type { Blockquote } from 'mdast'
import type { Job } from './job.js'
import { element } from './walk.js'
import { type CalloutKind, calloutKinds } from './words.js'

const mark = new RegExp(`^\\s*\\[!(${calloutKinds.join('|')})\\][ \\t]*`, 'i')

/**
 * Sets a break behind a callout's first line, before lines of Chinese are joined: `[!NOTE] 标题⏎内容` has two lines for a
 * reason. For any other quotation it does nothing.
 */
export function keepTitleLine(quote: Blockquote): void {
  const [first] = quote.children
  const start = first?.type === 'paragraph' ? first.children[0] : undefined
  if (first?.type !== 'paragraph' || start?.type !== 'text' || !mark.test(start.value)) return
  for (const [i, node] of first.children.entries()) {
    const at = node.type === 'text' ? node.value.search(/\r\n?|\n/) : -1
    if (node.type === 'break') return
    if (node.type !== 'text' || at < 0) continue
    const rest = node.value.slice(at).replace(/^\r?\n?/, '')
    node.value = node.value.slice(0, at)
    first.children.splice(
      i + 1,
      0,
      { type: 'break' },
      ...(rest === '' ? [] : [{ type: 'text' as const, value: rest }]),
    )
    return
  }
}

/** The `aside` for a `blockquote` that is a callout, undefined for any other. */
export function calloutOf(job: Job, quote: Element): Element | undefined {
  const first = quote.children.find((child) => child.type === 'element')
  const start = first?.type === 'element' && first.tagName === 'p' ? first.children[0] : undefined
  if (first?.type !== 'element' || start?.type !== 'text') return undefined
  const match = mark.exec(start.value)
  const kind = calloutKinds.find((name) => name === match?.[1]?.toLowerCase())
  if (!match || !kind) return undefined

  start.value = start.value.slice(match[0].length)
  const { title, rest } = splitFirstLine(first.children)
  first.children = rest
  const at = quote.children.indexOf(first)
  // With the paragraph goes the line break behind it.
  const others = [...quote.children.slice(0, at), ...quote.children.slice(at + (rest.length > 0 ? 0 : 2))]
  return {
    ...element('aside', { className: ['callout', kind], role: 'note' }, [
      '\n',
      element('p', { className: ['callout-title'] }, titleOf(job, kind, title)),
      ...others,
    ]),
    ...(quote.position && { position: quote.position }),
  }
}

function titleOf(job: Job, kind: CalloutKind, title: readonly ElementContent[]): (ElementContent | string)[] {
  return title.length > 0 ? [...title] : [job.words.callouts[kind]]
}

/** The inline content up to the first line break (soft or hard), and what follows it. */
function splitFirstLine(nodes: readonly ElementContent[]): {
  title: ElementContent[]
  rest: ElementContent[]
} {
  const title: ElementContent[] = []
  for (const [i, node] of nodes.entries()) {
    const after = nodes.slice(i + 1)
    if (node.type === 'element' && node.tagName === 'br')
      return { title: trimmed(title), rest: trimmed(after) }
    const at = node.type === 'text' ? node.value.indexOf('\n') : -1
    if (node.type === 'text' && at >= 0) {
      title.push({ type: 'text', value: node.value.slice(0, at) })
      return {
        title: trimmed(title),
        rest: trimmed([{ type: 'text', value: node.value.slice(at + 1) }, ...after]),
      }
    }
    title.push(node)
  }
  return { title: trimmed(title), rest: [] }
}

function trimmed(nodes: readonly ElementContent[]): ElementContent[] {
  const [first, ...others] = nodes
  if (first?.type !== 'text') return [...nodes]
  const value = first.value.trimStart()
  return value === '' ? others : [{ type: 'text', value }, ...others]
}
