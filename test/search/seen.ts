// What a page says, block by block, read from its HTML by a parser that knows nothing of ours: the judge of what
// search finds.
import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

const blocks = new Set(
  (
    'address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 ' +
    'h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)

const attribute = (node: Element, name: string): string =>
  node.attrs.find((attr) => attr.name === name)?.value ?? ''
const hasClass = (node: Element, name: string): boolean => attribute(node, 'class').split(' ').includes(name)

/** Title, tags and blocks of a post's page, NFKC and lower case; each a text that something may stand in. */
export function seenOn(html: string): string[] {
  const seen: string[] = []
  let current = ''
  const end = (): void => {
    const text = current.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
    if (text !== '') seen.push(text)
    current = ''
  }
  const isOurs = (node: Element): boolean =>
    ['script', 'style', 'template', 'iframe', 'video', 'audio', 'textarea'].includes(node.tagName) ||
    hasClass(node, 'anchor') ||
    hasClass(node, 'embed') ||
    hasClass(node, 'callout-title') ||
    hasClass(node, 'katex-html') ||
    node.attrs.some(({ name }) => /^data-footnote-(?:ref|backref)$/.test(name)) ||
    attribute(node, 'id') === 'footnote-label'
  const enter = (node: Node, inCode = false): void => {
    if ('value' in node) {
      if (inCode)
        for (const [i, line] of node.value.split('\n').entries()) {
          if (i > 0) end()
          current += line
        }
      else current += node.value
    } else if ('tagName' in node && node.tagName === 'semantics')
      // A formula is its TeX.
      node.childNodes
        .filter((child) => 'tagName' in child && child.tagName === 'annotation')
        .forEach((child) => void enter(child))
    else if ('tagName' in node && !isOurs(node)) {
      const isBlock = blocks.has(node.tagName)
      if (isBlock) end()
      if (node.tagName === 'br') current += ' '
      for (const child of node.childNodes) enter(child, inCode || node.tagName === 'pre')
      if (isBlock) end()
    }
  }
  const find = (node: Node, wanted: (element: Element) => boolean): void => {
    if (!('tagName' in node)) return
    if (wanted(node)) {
      enter(node)
      end()
    } else for (const child of node.childNodes) find(child, wanted)
  }
  const isWanted = (node: Element): boolean =>
    hasClass(node, 'prose') || hasClass(node, 'p-name') || hasClass(node, 'p-category')
  const inPost = (node: Node): void => {
    if (!('tagName' in node)) return
    if (hasClass(node, 'relation') || hasClass(node, 'near') || hasClass(node, 'toc')) return
    if (isWanted(node)) find(node, isWanted)
    else node.childNodes.forEach(inPost)
  }
  parse(html).childNodes.forEach(inPost)
  return seen
}
