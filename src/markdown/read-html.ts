// HTML that `stringify.ts` has written, read back: the tree that rehype-parse would make of it, in a tenth of its time. Only
// texts are read in which no rule of the standard's tree construction (html.spec.whatwg.org, 13.2.6) moves anything:
// known elements, closed in order, each within one where it may stand. For all else there is no answer, and rehype-parse,
// which is the definition, must be asked. A differential test holds both equal.
import type { Element, ElementContent, Root } from 'hast'
import { find, html } from 'property-information'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const voids = words('br hr img input source track wbr')
const phrasing = words(
  'a abbr b bdi bdo br cite code data del dfn em i img input ins kbd mark picture q ruby s samp small source span strong ' +
    'sub sup time track u var wbr audio video rt rp',
)
/** Each closes a paragraph that is open. */
const blocks = words(
  'article aside blockquote details div dl figcaption figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre section summary ' +
    'table ul li dt dd',
)
/** Where some must stand. Cells hold anything. */
const parents = new Map(
  Object.entries({
    li: words('ul ol'),
    dt: words('dl'),
    dd: words('dl'),
    rt: words('ruby'),
    rp: words('ruby'),
    caption: words('table'),
    thead: words('table'),
    tbody: words('table'),
    tfoot: words('table'),
    tr: words('thead tbody tfoot'),
    th: words('tr'),
    td: words('tr'),
  }),
)
/** What may stand in a table, and no text but blanks. */
const tables = new Map(
  Object.entries({
    table: words('caption thead tbody tfoot'),
    thead: words('tr'),
    tbody: words('tr'),
    tfoot: words('tr'),
    tr: words('th td'),
  }),
)
/** Reopened where they were left open: none may be around a table. */
const formatting = words('a b code em i s small strong u')
const headings = words('h1 h2 h3 h4 h5 h6')

const tag = /<(\/?)([a-z][a-z0-9]*)((?: [a-z][a-z0-9:_.-]*(?:="[^"]*")?)*)>/y
const attribute = / ([^ =]+)(?:="([^"]*)")?/g
const references = new Map(Object.entries({ '3C': '<', '26': '&', '22': '"', '27': "'", '60': '`' }))

/** Thrown within this file: the definition must be asked. */
const notOurs = Symbol('not ours')

function decode(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x(\w+);)?/g, (_, code: string | undefined) => {
    const char = references.get(code ?? '')
    if (char === undefined) throw notOurs
    return char
  })
}

function propertiesOf(attributes: string): Element['properties'] {
  const properties: Element['properties'] = {}
  for (const [, name = '', written = ''] of attributes.matchAll(attribute)) {
    // property-information's trap: it takes what every object has for a property that it knows.
    if (name in Object.prototype) throw notOurs
    const info = find(html, name)
    const value = decode(written)
    if (Object.hasOwn(properties, info.property) || info.commaSeparated || info.commaOrSpaceSeparated)
      throw notOurs
    const isTrue = (info.boolean || info.overloadedBoolean) && (value === '' || value.toLowerCase() === name)
    if (info.spaceSeparated)
      properties[info.property] = value.split(/[ \t\n\f]+/).filter((word) => word !== '')
    else if (isTrue) properties[info.property] = true
    else
      properties[info.property] = info.number && value && !Number.isNaN(Number(value)) ? Number(value) : value
  }
  return properties
}

/** May `name` be opened within these elements without anything being closed, moved or opened before? */
function mayOpen(name: string, open: readonly Element[]): boolean {
  const parent = open.at(-1)?.tagName ?? ''
  const allowed = parents.get(name)
  if (allowed ? !allowed.has(parent) : tables.has(parent)) return false
  const within = (which: (tagName: string) => boolean): boolean => open.some(({ tagName }) => which(tagName))
  if (name === 'a') return !within((tagName) => tagName === 'a')
  if (phrasing.has(name)) return true
  if (name === 'table' && within((tagName) => formatting.has(tagName))) return false
  if (headings.has(name) && headings.has(parent)) return false
  return allowed || blocks.has(name) ? !within((tagName) => tagName === 'p') : false
}

/** The tree, or undefined where rehype-parse must be asked. Never throws. */
export function readHtml(text: string): Root | undefined {
  // Read differently from how they are written.
  if (/[\0\r]/.test(text)) return undefined
  try {
    return read(text)
  } catch (error) {
    if (error === notOurs) return undefined
    throw error
  }
}

function read(text: string): Root {
  const root: Root = { type: 'root', children: [] }
  const open: Element[] = []
  let children = root.children as ElementContent[]
  let at = 0
  while (at < text.length) {
    const next = text.indexOf('<', at)
    const end = next < 0 ? text.length : next
    if (end > at) {
      const value = decode(text.slice(at, end))
      const parent = open.at(-1)?.tagName ?? ''
      if (tables.has(parent) && /[^ \t\n\f]/.test(value)) throw notOurs
      // A parser drops the first line break of these.
      if (parent === 'pre' && children.length === 0 && value.startsWith('\n')) throw notOurs
      children.push({ type: 'text', value })
    }
    if (next < 0) break
    tag.lastIndex = next
    const [whole = '', slash, name = '', attributes = ''] = tag.exec(text) ?? []
    if (whole === '') throw notOurs
    at = next + whole.length
    if (slash === '/') {
      if (open.pop()?.tagName !== name || attributes !== '') throw notOurs
    } else {
      if (!mayOpen(name, open)) throw notOurs
      const element: Element = {
        type: 'element',
        tagName: name,
        properties: propertiesOf(attributes),
        children: [],
      }
      children.push(element)
      if (!voids.has(name)) open.push(element)
    }
    children = open.at(-1)?.children ?? (root.children as ElementContent[])
  }
  if (open.length > 0) throw notOurs
  return root
}
