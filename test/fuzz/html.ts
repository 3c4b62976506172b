// What a finished text holds, as a browser would see it: parsed by the algorithm of the HTML standard.
import { parse, parseFragment, serialize } from 'parse5'

/** An element as parse5 gives it; templates hold their own tree. */
interface Node {
  readonly nodeName: string
  readonly attrs?: readonly { readonly name: string; readonly value: string; readonly prefix?: string }[]
  readonly childNodes?: readonly Node[]
  readonly content?: Node
  /** Of text. */
  value?: string
}

export interface Found {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** All elements of a page or, without a doctype, of a piece of one. */
export function elementsOf(html: string): Found[] {
  const found: Found[] = []
  const visit = (node: Node): void => {
    if (node.attrs) {
      const attributes: Record<string, string> = Object.create(null)
      for (const { name, value, prefix } of node.attrs)
        attributes[prefix ? `${prefix}:${name}` : name] = value
      found.push({ name: node.nodeName, attributes })
    }
    for (const child of node.childNodes ?? []) visit(child)
    if (node.content) visit(node.content)
  }
  visit(/^\s*<!doctype/i.test(html) ? parse(html) : parseFragment(html))
  return found
}

/** A parser drops the first line break of these, and parse5 does not write another one for it. */
const dropsBreak = new Set(['pre', 'textarea', 'listing'])

const written = (html: string): string => {
  const tree = parseFragment(html)
  const visit = (node: Node): void => {
    const [first] = node.childNodes ?? []
    if (dropsBreak.has(node.nodeName) && first?.value?.startsWith('\n')) first.value = `\n${first.value}`
    for (const child of node.childNodes ?? []) visit(child)
    if (node.content) visit(node.content)
  }
  visit(tree)
  return serialize(tree)
}

/** Does the text mean the same when what a browser made of it is written down and read again? */
export function isStable(html: string): boolean {
  const once = written(html)
  return written(once) === once
}

const forbiddenElements = new Set(
  'script style iframe frame frameset object embed applet base meta link form button textarea select svg math template noscript portal'.split(
    ' ',
  ),
)
const addresses = new Set([
  'href',
  'src',
  'xlink:href',
  'action',
  'formaction',
  'poster',
  'data',
  'background',
  'cite',
  'longdesc',
  'srcset',
])

/** What could run code or load a document in a piece of HTML; '' for nothing. Formulas are ours: `<math>` in `.katex`. */
export function dangerIn(html: string): string {
  for (const { name, attributes } of elementsOf(html)) {
    if (forbiddenElements.has(name)) return `<${name}>`
    for (const [key, value] of Object.entries(attributes)) {
      if (/^on/i.test(key) || key === 'srcdoc' || key === 'http-equiv') return `${name} ${key}`
      const plain = value.replace(/[\u0000-\u0020\u007f-\u009f\u00ad\u200b-\u200f\u2028\u2029\ufeff]+/g, '')
      if (
        addresses.has(key) &&
        /^(?:javascript|vbscript|livescript|mocha|data|file|blob|filesystem):/i.test(plain)
      )
        return `${name} ${key}=${value}`
    }
  }
  return ''
}

/** Ids that stand more than once. */
export function doubleIds(html: string): string[] {
  const ids = elementsOf(html).flatMap(({ attributes }) => attributes['id'] ?? [])
  return ids.filter((id, at) => ids.indexOf(id) !== at)
}
