// What of a document is looked through by search: all text that a reader sees, code too, block by block below the
// heading that leads to it. A block is what one may find a phrase in: a paragraph, a cell, a line of code.
import type { Element, Nodes } from 'hast'
import { blocks, isOurLabel, isSilent, texOf } from './text.js'
import type { Section } from './types.js'
import { attribute, hasClass } from './walk.js'
import type { Words } from './words.js'

const cells = new Set(['td', 'th', 'caption'])

/** The sections of a tree in document order; the first, before any heading, is there only if it has text. */
export function sectionsOf(root: Nodes, words: Words): Section[] {
  const sections: { id: string; heading: string; blocks: string[] }[] = [{ id: '', heading: '', blocks: [] }]
  let current = ''
  const end = (): void => {
    const text = oneLine(current)
    if (text !== '') sections.at(-1)?.blocks.push(text)
    current = ''
  }
  const enter = (node: Nodes): void => {
    if (node.type === 'text') current += node.value
    else if (node.type === 'root') node.children.forEach(enter)
    else if (node.type === 'element') {
      if (hasClass(node, 'katex')) current += texOf(node) ?? ''
      else if (node.tagName === 'br') current += ' '
      else if (node.tagName === 'pre') {
        end()
        for (const line of codeOf(node).split('\n')) {
          current = line
          end()
        }
      } else if (isHidden(node, words)) return
      else if (isAnchored(node)) {
        end()
        node.children.forEach(enter)
        sections.push({ id: attribute(node, 'id'), heading: oneLine(current), blocks: [] })
        current = ''
      } else if (blocks.has(node.tagName) || cells.has(node.tagName)) {
        end()
        node.children.forEach(enter)
        end()
      } else node.children.forEach(enter)
    }
  }
  enter(root)
  end()
  return sections.filter(({ id, heading, blocks }) => id + heading !== '' || blocks.length > 0)
}

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[ \t\n\r\f]+/g, ' ')
    .trim()

const isAnchored = (node: Element): boolean => /^h[1-6]$/.test(node.tagName) && attribute(node, 'id') !== ''

/** Silent, or a label of ours; a figure of code is neither, its text is wanted here. */
function isHidden(node: Element, words: Words): boolean {
  if (node.tagName === 'figure' && hasClass(node, 'code')) return false
  return isSilent(node) || (hasClass(node, 'callout-title') && isOurLabel(node, words))
}

function codeOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  return node.type === 'element' ? node.children.map(codeOf).join('') : ''
}
