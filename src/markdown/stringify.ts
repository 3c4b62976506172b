// hast → HTML: what rehype-stringify writes, byte for byte, in a fraction of its time (it was a tenth of a cold
// build: each attribute is looked up, classified and escaped anew). Elements of HTML with plain attributes are written
// here; whatever is rare (SVG, templates, comments, odd names and values) goes to rehype-stringify itself, which stays
// the definition. A differential test holds both equal. property-information says how a property is written.
import type { Element, Nodes, Root } from 'hast'
import { find, html } from 'property-information'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'

const definition = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze()

/** One node by the definition; a node alone means the same as within its parent, but for text in scripts. */
const byDefinition = (node: Nodes): string =>
  definition.stringify(
    node.type === 'root' ? node : { type: 'root', children: [node as Exclude<Nodes, Root>] },
  )

const voids = new Set(
  'area base basefont bgsound br col command embed frame hr image img input keygen link meta param source track wbr'.split(
    ' ',
  ),
)

/** A unified plugin: the compiler of a pipeline. It throws as rehype-stringify does for what is no node. */
export function stringifyHtml(this: { compiler?: unknown }): void {
  this.compiler = createWriter()
}

/**
 * Browsers nest no deeper than 512 elements. A limit of its own instead of the stack's, which would differ from machine to
 * machine, and beyond which everybody who reads the HTML again would fail.
 */
const deepest = 512

/** Writes trees in HTML's space. Throws a RangeError for a tree that is nested too deeply. */
export function createWriter(): (tree: Root) => string {
  /** How properties are named, for plain ones; '' where the value decides how one is written. */
  const names = new Map<string, string>()
  const nameOf = (key: string): string => {
    const known = names.get(key)
    if (known !== undefined) return known
    const { attribute, boolean, overloadedBoolean, commaSeparated } = find(html, key)
    const isPlain = !boolean && !overloadedBoolean && !commaSeparated && /^[\w:.-]+$/.test(attribute)
    const name = isPlain ? attribute : ''
    if (names.size < mostNames) names.set(key, name)
    return name
  }

  const attributeOf = (key: string, value: Value): string => {
    if (value === null || value === undefined) return ''
    const name = nameOf(key)
    if (name !== '' && typeof value === 'string') return ` ${name}="${escapeValue(value)}"`
    if (name !== '' && Array.isArray(value) && value.every((word) => typeof word === 'string' && word !== ''))
      return ` ${name}="${escapeValue(value.join(' ').trim())}"`
    const whole = byDefinition({ type: 'element', tagName: 'a', properties: { [key]: value }, children: [] })
    return whole.slice('<a'.length, -'></a>'.length)
  }

  const elementOf = (node: Element, depth: number): string => {
    if (depth > deepest) throw new RangeError(`more than ${deepest} elements within each other`)
    const { tagName, properties } = node
    if (tagName === 'svg' || tagName === 'template') return byDefinition(node)
    let text = `<${tagName}`
    for (const key in properties) text += attributeOf(key, properties[key])
    const content = childrenOf(node.children, tagName, depth + 1)
    // A void element with children is none.
    return content === '' && voids.has(tagName.toLowerCase()) ? `${text}>` : `${text}>${content}</${tagName}>`
  }

  const childrenOf = (children: readonly Nodes[], parent: string, depth: number): string => {
    let text = ''
    for (const child of children)
      if (child.type === 'text')
        text += parent === 'script' || parent === 'style' ? child.value : escapeText(child.value)
      else if (child.type === 'element') text += elementOf(child, depth)
      else if (child.type === 'raw') text += child.value
      else text += byDefinition(child)
    return text
  }

  return (tree) => childrenOf(tree.children, '', 1)
}

type Value = Element['properties'][string]

const mostNames = 1000
const hexadecimal = (character: string): string => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`
const escapeText = (text: string): string => (/[<&]/.test(text) ? text.replace(/[<&]/g, hexadecimal) : text)
const escapeValue = (text: string): string =>
  /["&'`\0]/.test(text) ? text.replace(/["&'`\0]/g, hexadecimal) : text
