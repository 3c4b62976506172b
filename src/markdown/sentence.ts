// Cuts the inline content of one block so that it fits a width: after the last sentence that ends in plain text, where
// there is one, else between two graphemes, with an ellipsis. Inline elements are taken whole or not at all.
import type { ElementContent } from 'hast'
import { plainText } from './text.js'
import { graphemesOf, widthOfText } from './width.js'

/**
 * Ends of sentences: Chinese marks anywhere, Latin ones before a blank; closing quotes and brackets belong to the
 * sentence. What follows must not be a mark (a variation selector is one) that changes the character before it.
 */
const sentenceEnd = /(?:[。！？!?…]+|\.(?=[\s”’"')\]]|$))[”’"'）)」』】\]》]*(?![\p{M}\p{Cf}])/gu

/** Content of at most `width` columns; [] where `mayDrop` and nothing of use would be left. */
export function cutSentence(
  nodes: readonly ElementContent[],
  width: number,
  mayDrop: boolean,
): ElementContent[] {
  const sentence = upToSentence(nodes, width)
  if (sentence) return sentence
  // Half a line of a paragraph that does not fit says nothing, where others stand before it.
  return mayDrop ? [] : upToGrapheme(nodes, width)
}

function upToSentence(nodes: readonly ElementContent[], width: number): ElementContent[] | undefined {
  let used = 0
  let best: ElementContent[] | undefined
  for (const [i, node] of nodes.entries()) {
    if (node.type === 'text') {
      for (const match of node.value.matchAll(sentenceEnd)) {
        const value = node.value.slice(0, match.index + match[0].length)
        if (used + widthOfText(value) > width) return best
        best = [...nodes.slice(0, i), { type: 'text', value }]
      }
      used += widthOfText(node.value)
    } else {
      const text = plainText(node)
      used += widthOfText(text)
      // `**重要。**后文`: the sentence ends inside; it may be cut behind the element.
      if (used <= width && /[。！？!?…][”’"'）)」』】\]》]*$/u.test(text)) best = nodes.slice(0, i + 1)
    }
    if (used > width) return best
  }
  return best
}

const opening = /[\s（(「『【《“‘[，、：；,:;—-]+$/u

function upToGrapheme(nodes: readonly ElementContent[], width: number): ElementContent[] {
  // One column for the ellipsis, which Chinese sets as wide as a character.
  let left = width - 2
  const kept: ElementContent[] = []
  for (const node of nodes) {
    if (node.type === 'text') {
      let value = ''
      for (const grapheme of graphemesOf(node.value)) {
        const needed = widthOfText(grapheme)
        if (needed > left) return finish(kept, endOfWord(value, grapheme))
        left -= needed
        value += grapheme
      }
      kept.push({ type: 'text', value })
      continue
    }
    const text = plainText(node)
    const needed = widthOfText(text)
    if (needed <= left) {
      left -= needed
      kept.push(node)
    } else if (kept.length > 0) return finish(kept, '')
    // One element fills the whole width: its text alone may be cut.
    else return upToGrapheme([{ type: 'text', value: text }], width)
  }
  return kept
}

function finish(kept: readonly ElementContent[], value: string): ElementContent[] {
  return [...kept, { type: 'text', value: `${value.replace(opening, '')}…` }]
}

/** `text` without the Latin word that goes on with `next`, if it is not a monster. A mark alone is no word. */
export function endOfWord(text: string, next: string): string {
  if (!/^[\p{sc=Latin}\p{N}'’-]/u.test(next)) return text
  const word = /[\p{sc=Latin}\p{N}][\p{sc=Latin}\p{N}\p{M}'’.-]*$/u.exec(text)?.[0] ?? ''
  return word.length < 30 && word.length < text.length ? text.slice(0, text.length - word.length) : text
}
