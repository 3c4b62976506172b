// A line break in the source between two characters that are written without blanks (Han, kana, full-width
// punctuation) gives no space; between Han and Latin, and in Korean, it stays one. With `hardBreaks` every line break is
// a `<br>` instead. Inside links and code nothing changes.
import type { PhrasingContent, Text } from 'mdast'
import { isSharedPunctuation, isUnspaced } from './scripts.js'

type Inline = PhrasingContent

/** Han or full-width here, and Han, full-width or Chinese quotes there (or the other way round). */
function joins(before: string, after: string): boolean {
  return (
    (isUnspaced(before) && (isUnspaced(after) || isSharedPunctuation(after))) ||
    (isSharedPunctuation(before) && isUnspaced(after))
  )
}

const lastOf = (text: string): string => [...text.slice(-2)].at(-1) ?? ''
const firstOf = (text: string): string => [...text.slice(0, 2)][0] ?? ''

/** The character that the reader sees first (or last) in these nodes; '' where it is no text. */
function edge(nodes: readonly Inline[], from: number, step: 1 | -1): string {
  for (let i = from; i >= 0 && i < nodes.length; i += step) {
    const node = nodes[i]!
    // A footnote's number stands between, but is not part of the line.
    if (node.type === 'footnoteReference') continue
    if (node.type === 'text') {
      if (node.value === '') continue
      return step > 0 ? firstOf(node.value) : lastOf(node.value)
    }
    if ('children' in node) return edge(node.children, step > 0 ? 0 : node.children.length - 1, step)
    return ''
  }
  return ''
}

/** Joins lines in the content of a paragraph, heading or cell; `before` and `after` are what surrounds it. */
export function joinLines(nodes: Inline[], before = '', after = ''): void {
  nodes.forEach((node, i) => {
    if (node.type === 'text' && node.value.includes('\n')) {
      const left = edge(nodes, i - 1, -1) || (i === 0 ? before : '')
      const right = edge(nodes, i + 1, 1) || (i === nodes.length - 1 ? after : '')
      node.value = joinText(node.value, left, right)
    } else if (node.type === 'emphasis' || node.type === 'strong' || node.type === 'delete') {
      joinLines(node.children, edge(nodes, i - 1, -1), edge(nodes, i + 1, 1))
    }
  })
}

function joinText(value: string, left: string, right: string): string {
  return value.replace(/[ \t]*\n[ \t]*/g, (gap, at: number) => {
    const before = at === 0 ? left : lastOf(value.slice(Math.max(0, at - 2), at))
    const end = at + gap.length
    const after = end === value.length ? right : firstOf(value.slice(end, end + 2))
    return joins(before, after) ? '' : gap
  })
}

/** `hardBreaks`: every line break of the source becomes a `<br>`. */
export function breakLines(nodes: Inline[]): void {
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!
    if (node.type === 'text' && node.value.includes('\n')) {
      const parts = node.value.split(/[ \t]*\n[ \t]*/)
      const made: Inline[] = parts.flatMap((value, n): Inline[] => [
        ...(n > 0 ? [{ type: 'break' } as const] : []),
        ...(value === '' ? [] : [{ type: 'text', value } satisfies Text]),
      ])
      nodes.splice(i, 1, ...made)
      i += made.length - 1
    } else if ('children' in node) breakLines(node.children)
  }
}
