// The excerpt, cut on the tree and therefore always balanced: at the author's mark, else after the last whole sentence
// that fits a visual width. Never within an inline element, a surrogate pair, an emoji sequence or before a
// variation selector. Whatever belongs to the full page alone (ids, anchors, footnote numbers) is not in it.
import type { Element, ElementContent, Root } from 'hast'
import { aliasClass } from './old-anchors.js'
import { quietPicture } from './pictures.js'
import { cutSentence } from './sentence.js'
import { plainText } from './text.js'
import { attribute, element, hasClass, type Parent, walk } from './walk.js'
import { widthOfText } from './width.js'

export interface Excerpt {
  readonly tree: Root
  /** Something of the text is not in the excerpt. */
  readonly more: boolean
}

/**
 * Cuts the excerpt out of a finished tree and takes the mark out of the tree itself. `home` is the `href` of the page:
 * a link to one of its places must lead there from wherever the excerpt is shown.
 */
export function takeExcerpt(root: Root, width: number, home: string): Excerpt {
  const excerpt = cutExcerpt(root, width)
  walk(
    excerpt.tree,
    (node) => {
      const href = attribute(node, 'href')
      if (href.startsWith('#')) node.properties['href'] = home + href
      return undefined
    },
    () => true,
  )
  return excerpt
}

function cutExcerpt(root: Root, width: number): Excerpt {
  const mark = findMark(root)
  if (!mark) return automatic(root, width)
  const before = clean(upTo(root, mark))
  const rest = hasContentAfter(root, mark)
  mark.parent.children.splice(mark.index, 1)
  if (mark.parent.type === 'element' && mark.parent.tagName === 'p' && mark.parent.children.length === 0)
    removeEmpty(root, mark.parent)
  // A mark before any text says nothing.
  if (before.every((node) => node.type !== 'element')) return automatic(root, width)
  return { tree: { type: 'root', children: before }, more: rest }
}

interface Mark {
  readonly parent: Parent
  readonly index: number
}

function findMark(parent: Parent): Mark | undefined {
  for (const [index, child] of parent.children.entries()) {
    if (child.type === 'comment') return { parent, index }
    const found = child.type === 'element' ? findMark(child) : undefined
    if (found) return found
  }
  return undefined
}

/** A copy of everything before the mark; the elements that hold the mark are cut open and closed again. */
function upTo(parent: Parent, mark: Mark): ElementContent[] {
  const children: ElementContent[] = []
  for (const [index, child] of parent.children.entries()) {
    if (parent === mark.parent && index === mark.index) break
    if (child.type === 'doctype') continue
    if (child.type === 'element' && contains(child, mark)) {
      children.push({ ...child, children: upTo(child, mark) })
      break
    }
    children.push(child)
  }
  return children
}

function contains(node: Element, mark: Mark): boolean {
  return (
    node === mark.parent || node.children.some((child) => child.type === 'element' && contains(child, mark))
  )
}

function hasContentAfter(root: Root, mark: Mark): boolean {
  let passed = false
  let found = false
  const enter = (parent: Parent): void => {
    for (const [index, child] of parent.children.entries()) {
      if (parent === mark.parent && index === mark.index) passed = true
      else if (child.type === 'text') found ||= passed && child.value.trim() !== ''
      else if (child.type === 'element') {
        found ||= passed && /^(?:img|video|audio|hr|iframe|svg)$/.test(child.tagName)
        enter(child)
      }
    }
  }
  enter(root)
  return found
}

function removeEmpty(root: Root, node: Element): void {
  const at = root.children.indexOf(node)
  if (at >= 0) root.children.splice(at, 1)
}

/** Copies without ids, anchors, footnotes; a heading becomes a strong paragraph, so that lists keep their outline. */
function clean(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text' || node.type === 'raw') return [{ ...node }]
    if (node.type !== 'element' || isOnlyForThePage(node)) return []
    const { id: _id, ariaDescribedBy: _by, ...properties } = node.properties
    const children = clean(node.children)
    if (/^h[1-6]$/.test(node.tagName)) return [element('p', {}, [element('strong', {}, children)])]
    return [quietPicture({ type: 'element', tagName: node.tagName, properties, children })]
  })
}

function isOnlyForThePage(node: Element): boolean {
  return (
    (node.tagName === 'a' && hasClass(node, 'anchor')) ||
    hasClass(node, aliasClass) ||
    (node.tagName === 'section' && hasClass(node, 'footnotes')) ||
    isFootnoteNumber(node) ||
    /^(?:script|style|template)$/.test(node.tagName)
  )
}

function isFootnoteNumber(node: Element): boolean {
  if (node.properties['dataFootnoteRef'] !== undefined) return true
  const [only] = node.children
  return (
    node.tagName === 'sup' &&
    node.children.length === 1 &&
    only?.type === 'element' &&
    only.properties['dataFootnoteRef'] !== undefined
  )
}

const skipped =
  /^(?:h[1-6]|figure|table|pre|hr|img|picture|video|audio|iframe|embed|object|script|style|template|form|svg)$/

/** Whole blocks of prose from the beginning while they fit, then as much of the next as whole sentences allow. */
function automatic(root: Root, width: number): Excerpt {
  const taken: ElementContent[] = []
  let left = width
  let more = false
  const enter = (nodes: readonly ElementContent[], into: ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type !== 'element' || isOnlyForThePage(node)) continue
      if (isSkipped(node)) {
        more = true
        continue
      }
      if (left <= 0) {
        more ||= plainText(node) !== ''
        continue
      }
      if (isProse(node)) takeProse(node, into)
      else {
        const shell: Element = {
          type: 'element',
          tagName: node.tagName,
          properties: plainProperties(node),
          children: [],
        }
        enter(node.children, shell.children)
        if (shell.children.length > 0) into.push(shell)
      }
    }
  }
  const takeProse = (node: Element, into: ElementContent[]): void => {
    const children = withoutImages(clean(node.children))
    const whole: Element = {
      type: 'element',
      tagName: node.tagName,
      properties: plainProperties(node),
      children,
    }
    const text = plainText(whole)
    if (text === '') {
      more ||= node.children.some((child) => child.type === 'element')
      return
    }
    const needed = widthOfText(text)
    if (needed <= left) {
      left -= needed
      into.push(whole)
      return
    }
    more = true
    const cut = cutSentence(children, left, taken.length > 0 || into.length > 0)
    left = 0
    if (cut.length > 0) into.push({ ...whole, children: cut })
  }
  enter(root.children as ElementContent[], taken)
  return { tree: { type: 'root', children: lined(taken) }, more }
}

/** Blocks on lines of their own, as in the page: without markup their words must not run together. */
function lined(blocks: readonly ElementContent[]): ElementContent[] {
  return blocks.flatMap((block, i): ElementContent[] =>
    i === 0 ? [block] : [{ type: 'text', value: '\n' }, block],
  )
}

function isSkipped(node: Element): boolean {
  return skipped.test(node.tagName) || hasClass(node, 'table') || hasClass(node, 'katex-display')
}

/** Only inline content: a paragraph, or a tight list's item. */
function isProse(node: Element): boolean {
  if (node.tagName === 'p' || node.tagName === 'dt' || node.tagName === 'summary') return true
  return node.children.some((child) => child.type === 'text' && child.value.trim() !== '')
}

function plainProperties(node: Element): Element['properties'] {
  const { id: _id, role: _role, ariaLabel: _label, ...properties } = node.properties
  return properties
}

function withoutImages(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return [node]
    if (skipped.test(node.tagName) || attribute(node, 'type') === 'checkbox') return []
    const children = withoutImages(node.children)
    // A link around an image alone would be left empty.
    return children.length === 0 && node.tagName === 'a' ? [] : [{ ...node, children }]
  })
}
