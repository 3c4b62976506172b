// The words of a tree, without its markup: for the table of contents, descriptions, counts and search. What a
// reader does not see as text of the author stays out: code blocks, anchors, footnote numbers, labels of ours.
import type { Element, Nodes } from 'hast'
import { attribute, hasClass } from './walk.js'
import type { Words } from './words.js'

export const blocks: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
)
const silent = new Set('audio canvas iframe noscript object script style template textarea video'.split(' '))

/** Text that is not the author's own, or no text at all. */
export function isSilent(node: Element): boolean {
  return (
    silent.has(node.tagName) ||
    node.properties['hidden'] === true ||
    node.properties['dataFootnoteRef'] !== undefined ||
    node.properties['dataFootnoteBackref'] !== undefined ||
    attribute(node, 'id') === 'footnote-label' ||
    (node.tagName === 'a' && hasClass(node, 'anchor')) ||
    (node.tagName === 'figure' && (hasClass(node, 'code') || hasClass(node, 'embed')))
  )
}

/** A formula is its TeX: MathML and HTML both hold every letter. */
export function texOf(node: Nodes): string | undefined {
  if (node.type !== 'element') return undefined
  if (node.tagName === 'annotation')
    return node.children.map((child) => (child.type === 'text' ? child.value : '')).join('')
  for (const child of node.children) {
    const tex = texOf(child)
    if (tex !== undefined) return tex
  }
  return undefined
}

/** The text within one block: blanks collapsed, no line breaks. */
export function plainText(node: Nodes): string {
  return blockTexts(node, undefined).join(' ')
}

/** The visible text of a document: blocks divided by `\n`, code blocks left out. */
export function visibleText(root: Nodes, words: Words): string {
  return blockTexts(root, words).join('\n')
}

/** Anything but single blanks; most text has none. */
const manyBlanks = /[\t\n\r\f]| {2}/

function blockTexts(root: Nodes, words: Words | undefined): string[] {
  const done: string[] = []
  let current = ''
  const end = (): void => {
    const text = (manyBlanks.test(current) ? current.replace(/[ \t\n\r\f]+/g, ' ') : current).trim()
    if (text !== '') done.push(text)
    current = ''
  }
  const enter = (node: Nodes): void => {
    if (node.type === 'text') current += node.value
    else if (node.type === 'root') node.children.forEach(enter)
    else if (node.type === 'element') {
      if (isSilent(node) || (words && node.tagName === 'pre')) return
      if (words && hasClass(node, 'callout-title') && isOurLabel(node, words)) return
      if (hasClass(node, 'katex')) current += texOf(node) ?? ''
      else if (node.tagName === 'br') current += ' '
      else if (node.tagName === 'td' || node.tagName === 'th') {
        node.children.forEach(enter)
        current += ' '
      } else if (blocks.has(node.tagName)) {
        end()
        node.children.forEach(enter)
        end()
      } else node.children.forEach(enter)
    }
  }
  enter(root)
  end()
  return done
}

/** "Note" above a callout: a word of ours. */
export function isOurLabel(node: Element, words: Words): boolean {
  const [only] = node.children
  return only?.type === 'text' && Object.values(words.callouts).includes(only.value)
}

/** Every id in the tree, sorted. */
export function anchorsOf(root: Nodes): string[] {
  const ids = new Set<string>()
  const enter = (node: Nodes): void => {
    if (node.type === 'element' && attribute(node, 'id') !== '') ids.add(attribute(node, 'id'))
    if (node.type === 'element' || node.type === 'root') node.children.forEach(enter)
  }
  enter(root)
  return [...ids].sort()
}
