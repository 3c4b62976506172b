// Do emphasis and deletion read the same with and without the rules for Chinese? Asked of a tree that the plain rules made:
// where the rules judge a run of marks differently, the result may still be the same. Says no whenever it is not sure:
// that costs time, a wrong yes would change a page.
import type { Nodes, PhrasingContent, Root } from 'mdast'
import { isMarker, judge, type Run, readAlike } from './flanking.js'

/** Offsets of runs of marks that stand beside another mark, or beside anything that is no ASCII. */
function suspectsIn(source: string): number[] {
  const isPlain = (char: string): boolean => (char === '' || char <= '\x7f') && !isMarker(char)
  return [...source.matchAll(/\*+|_+|~+/g)]
    .filter(
      ({ 0: run, index }) =>
        !isPlain(source.charAt(index - 1)) || !isPlain(source.charAt(index + run.length)),
    )
    .map(({ index }) => index)
}

/**
 * `tree` is what the plain rules make of `source`. Without `chinese` rules it is only asked whether every character that
 * matters is one that all parsers judge alike.
 */
export function emphasisReadsAlike(source: string, tree: Root, chinese: boolean): boolean {
  const suspects = suspectsIn(source)
  let at = 0
  const enter = (node: Nodes): boolean => {
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell')
      return 'children' in node ? node.children.every(enter) : true
    const start = node.position?.start.offset ?? 0
    const end = node.position?.end.offset ?? source.length
    while ((suspects[at] ?? Number.POSITIVE_INFINITY) < start) at++
    if ((suspects[at] ?? Number.POSITIVE_INFINITY) >= end) return true
    const text = { source, start, end, isCell: node.type === 'tableCell', chinese }
    // An escaped pipe is content, a bare one is the edge of a cell.
    if (text.isCell && source.slice(start, end).includes('\\|')) return false
    return levelReadsAlike(text, node.children, start, end)
  }
  return suspects.length === 0 || enter(tree)
}

/** A paragraph, a heading or a cell. */
interface Content {
  readonly source: string
  readonly start: number
  readonly end: number
  readonly isCell: boolean
  readonly chinese: boolean
}

/** One level of marks that see each other: the content from `start` to `end` without the labels of links, which are their own. */
function levelReadsAlike(
  content: Content,
  nodes: readonly PhrasingContent[],
  start: number,
  end: number,
): boolean {
  const { source } = content
  const runs: Run[] = []
  let from = start
  let isSure = true

  const readTo = (to: number): void => {
    for (const { 0: run, index } of source.slice(from, to).matchAll(/\\[\s\S]|\*+|_+|~+/g)) {
      if (run.startsWith('\\')) continue
      const at = from + index
      const found = judge(run.charAt(0), charBefore(content, at), charAfter(content, at + run.length))
      if (found) runs.push({ marker: run.charAt(0), length: run.length, ...found })
      else isSure = false
    }
  }
  const enter = (node: PhrasingContent): boolean => {
    if (node.type === 'text') return true
    if ('children' in node && node.type !== 'link' && node.type !== 'linkReference')
      return node.children.every(enter)
    // What holds no marks of this level.
    const nodeStart = node.position?.start.offset
    const nodeEnd = node.position?.end.offset
    if (nodeStart === undefined || nodeEnd === undefined || nodeStart < from) return false
    readTo(nodeStart)
    from = nodeEnd
    if (node.type === 'image' || node.type === 'imageReference')
      return suspectsIn(source.slice(nodeStart, nodeEnd)).length === 0
    if (!('children' in node) || source.charAt(nodeStart) !== '[') return true
    const labelEnd = node.children.at(-1)?.position?.end.offset ?? nodeStart + 1
    return source.charAt(labelEnd) === ']' && levelReadsAlike(content, node.children, nodeStart + 1, labelEnd)
  }
  if (!nodes.every(enter)) return false
  readTo(end)
  return isSure && (!content.chinese || readAlike(runs))
}

/** The character before, '' for the edge: also where only marks of quotes stand before it in its line. */
function charBefore({ source, start, isCell }: Content, at: number): string {
  if (at === start) return ''
  const before = source.charAt(at - 1)
  if (isCell && before === '|') return ''
  return before === '>' && /[\n\r][ \t>]*$/.test(source.slice(start, at)) ? '' : before
}

function charAfter({ source, end, isCell }: Content, at: number): string {
  const after = at === end ? '' : source.charAt(at)
  return isCell && after === '|' ? '' : after
}
