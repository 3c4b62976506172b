// A bare URL ends before Chinese punctuation and Han text (`见https://a.cn/b。（下）`), where GFM would swallow the rest of the
// sentence. What follows may hold the next URL. Addresses in `<…>` and `[…](…)` stay whole.
import type { Link, PhrasingContent, Text } from 'mdast'
import { urlEnd } from './scripts.js'

/** A literal link has neither `<` nor `[` before its text. */
function isLiteral(node: Link, source: string): boolean {
  const [only] = node.children
  if (node.children.length !== 1 || only?.type !== 'text') return false
  const start = node.position?.start.offset
  // GFM's second pass makes links without a position, from text alone.
  return start === undefined || !/[<[]/.test(source.charAt(start))
}

const bare =
  /(?<![A-Za-z0-9])https?:\/\/[\x21-\x3b\x3d\x3f-\x7e]+|(?<![A-Za-z0-9_])www\.[\x21-\x3b\x3d\x3f-\x7e]+/gi

/** Cuts the literal links among `nodes`; what is cut off becomes text, and URLs in it links of their own. */
export function cutAutolinks(nodes: PhrasingContent[], source: string): void {
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!
    if (node.type !== 'link' || !isLiteral(node, source)) continue
    const [child] = node.children
    const shown = child?.type === 'text' ? child.value : ''
    if (shown.search(urlEnd) < 0) continue
    const made = linkify(shown, node)
    nodes.splice(i, 1, ...made)
    i += made.length - 1
  }
  mergeTexts(nodes)
}

function linkify(text: string, from: Link): PhrasingContent[] {
  const made: PhrasingContent[] = []
  let done = 0
  for (const match of text.matchAll(bare)) {
    const url = withoutTail(match[0])
    if (!isWholeUrl(url)) continue
    if (match.index > done) made.push({ type: 'text', value: text.slice(done, match.index) })
    made.push({
      type: 'link',
      title: null,
      url: /^www/i.test(url) ? `http://${url}` : url,
      children: [{ type: 'text', value: url }],
      ...(from.position && { position: from.position }),
    })
    done = match.index + url.length
  }
  if (done < text.length) made.push({ type: 'text', value: text.slice(done) })
  return made
}

/** GFM's rule for what does not belong to a URL's end. */
function withoutTail(url: string): string {
  for (;;) {
    const shorter = url.replace(/(?:[?!.,:*_~'"]|&[A-Za-z0-9]+;)+$/, '')
    const opened = shorter.split('(').length
    const closed = shorter.split(')').length
    const next = shorter.endsWith(')') && closed > opened ? shorter.slice(0, -1) : shorter
    if (next === url) return url
    url = next
  }
}

const isWholeUrl = (url: string): boolean => /^(?:https?:\/\/[^/?#.]+(?:[.:/?#]|$)|www\.[^/?#.]+)/i.test(url)

/** Neighbouring texts become one, as the parser would have made them. */
function mergeTexts(nodes: PhrasingContent[]): void {
  for (let i = nodes.length - 1; i > 0; i--) {
    const here = nodes[i]!
    const before = nodes[i - 1]!
    if (here.type !== 'text' || before.type !== 'text') continue
    const merged: Text = { type: 'text', value: before.value + here.value }
    if (before.position && here.position)
      merged.position = { start: before.position.start, end: here.position.end }
    else if (before.position) merged.position = before.position
    nodes.splice(i - 1, 2, merged)
  }
}
