// A body for feed readers: every address absolute, nothing that runs or loads by itself, formulas as MathML only, no
// classes or ids that mean nothing there. Code keeps its text byte for byte; what a style sheet would have said
// (added lines, done tasks) is said in characters. Must never hold a character that XML forbids.
import type { Element, ElementContent, Root } from 'hast'
import type { Url } from '../content/types.js'
import { absoluteOf } from '../urls.js'
import { readHtml } from './read-html.js'
import { createWriter } from './stringify.js'
import { attribute, element, hasClass } from './walk.js'

/** The parser that knows all of HTML is loaded where some body needs it. */
const parse = async (html: string): Promise<Root> =>
  readHtml(html) ?? (await import('./whole-html.js')).parse(html)

/** Elements that vanish with their content, and those that leave only their content. */
const dropped =
  /^(?:script|style|template|link|meta|base|noscript|form|button|input|select|textarea|canvas|dialog)$/
const framed = /^(?:iframe|embed|object|frame)$/
const kept = new Set(
  (
    'href src srcSet sizes poster alt title width height colSpan rowSpan start reversed type value dateTime cite lang dir open ' +
    'scope span headers controls label kind srcLang abbr'
  ).split(' '),
)

/** Control characters, noncharacters and lone surrogates: XML 1.0, section 2.2. */
function withoutIllegal(text: string): string {
  return text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g, '')
}

export interface FeedOptions {
  readonly url: Url
  readonly baseUrl: string
  /** In plain words what a project's demo shows; '' for nothing. */
  readonly summaryOf?: (slug: string) => string
}

interface FeedPage {
  /** Absolute. */
  readonly address: string
  readonly summaryOf: (slug: string) => string
}

/** `html` as `Body.html`; `url` the page's address, `baseUrl` the site's. Deterministic, never rejects for any HTML. */
export async function makeFeedHtml(html: string, { url, baseUrl, summaryOf }: FeedOptions): Promise<string> {
  const page: FeedPage = { address: absoluteOf(url, baseUrl), summaryOf: summaryOf ?? (() => '') }
  const tree = await parse(withoutIllegal(html))
  tree.children = convert(tree.children as ElementContent[], page)
  // A character reference may have brought back what was taken out above.
  return withoutIllegal(createWriter()(tree)).trim()
}

function convert(nodes: readonly ElementContent[], page: FeedPage): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return [node]
    if (node.type !== 'element') return []
    return convertElement(node, page)
  })
}

function convertElement(node: Element, page: FeedPage): ElementContent[] {
  const { tagName } = node
  if (tagName === 'input' && node.properties['type'] === 'checkbox')
    return [{ type: 'text', value: node.properties['checked'] ? '☑' : '☐' }]
  if (framed.test(tagName)) return linkInstead(node, page)
  // What leads back to the reference would lead out of the reader, onto the page.
  if (tagName === 'a' && (hasClass(node, 'anchor') || 'dataFootnoteBackref' in node.properties)) return []
  if (dropped.test(tagName)) return []
  if (hasClass(node, 'katex')) return mathOf(node)
  if (tagName === 'math') return [cleanMath(node)]
  if (tagName === 'svg') return []

  const children = convert(node.children, page)
  // Highlighting, line marks and our boxes: their content alone.
  if (tagName === 'span' && !node.properties['lang'] && !node.properties['dir'])
    return hasClass(node, 'line') ? markLine(node, children) : children
  if (tagName === 'div' && hasClass(node, 'table')) return children
  if (tagName === 'div' && hasClass(node, 'demo-embed')) {
    const summary = page.summaryOf(attribute(node, 'dataDemo'))
    return [element('p', {}, children), ...(summary === '' ? [] : [element('p', {}, [summary])])]
  }
  if (tagName === 'h2' && node.properties['id'] === 'footnote-label') return [element('hr', {})]
  return [{ type: 'element', tagName, properties: properties(node, page), children }]
}

function properties(node: Element, page: FeedPage): Element['properties'] {
  const result: Element['properties'] = {}
  for (const [name, value] of Object.entries(node.properties)) {
    if (!kept.has(name) || value === null || value === undefined) continue
    if (name === 'srcSet') result[name] = absoluteSet(String(value), page)
    else if (name === 'href' || name === 'src' || name === 'poster' || name === 'cite') {
      const absolute = absoluteAddress(String(value), page)
      if (absolute !== undefined) result[name] = absolute
    } else result[name] = value
  }
  if (node.tagName === 'code' || node.tagName === 'pre') {
    // Some readers highlight by this class, the only one that means something outside.
    const classes = node.properties['className']
    const language = Array.isArray(classes) && classes.find((name) => String(name).startsWith('language-'))
    if (language) result['className'] = [String(language)]
  }
  return result
}

/** undefined for an address that runs code or is none. */
function absoluteAddress(address: string, page: FeedPage): string | undefined {
  if (/^(?:javascript|vbscript):/i.test(address.replace(/[\0-\x20]/g, ''))) return undefined
  try {
    return new URL(address, page.address).href
  } catch {
    return undefined
  }
}

function absoluteSet(value: string, page: FeedPage): string {
  return value
    .split(/,\s+/)
    .map((entry) => {
      const [address = '', ...descriptor] = entry.trim().split(/\s+/)
      return [absoluteAddress(address, page) ?? '', ...descriptor].join(' ')
    })
    .join(', ')
}

function linkInstead(node: Element, page: FeedPage): ElementContent[] {
  const address = attribute(node, 'src') || attribute(node, 'data')
  const href = address === '' ? undefined : absoluteAddress(address, page)
  if (href === undefined) return []
  return [element('p', {}, [element('a', { href }, [attribute(node, 'title') || href])])]
}

function markLine(node: Element, children: ElementContent[]): ElementContent[] {
  if (hasClass(node, 'add')) return [{ type: 'text', value: '+ ' }, ...children]
  if (hasClass(node, 'del')) return [{ type: 'text', value: '- ' }, ...children]
  return children
}

/** KaTeX's MathML without the HTML beside it. */
function mathOf(node: Element): ElementContent[] {
  if (node.tagName === 'math') return [cleanMath(node)]
  for (const child of node.children) {
    const found = child.type === 'element' ? mathOf(child) : []
    if (found.length > 0) return found
  }
  return []
}

function cleanMath(node: Element): Element {
  const { className: _class, style: _style, id: _id, href: _href, ...rest } = node.properties
  return {
    ...node,
    properties: rest,
    children: node.children.flatMap((child): ElementContent[] =>
      child.type === 'element' ? [cleanMath(child)] : child.type === 'text' ? [child] : [],
    ),
  }
}
