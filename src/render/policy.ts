// A page's Content-Security-Policy, made from the finished page itself: it allows what stands in it and nothing else.
// The page says where it wants it by an empty policy in its head; a layout without one gets none. Inline scripts are
// allowed by their hash (CSP Level 3, section 2.3.1), never by 'unsafe-inline'.
import { createHash } from 'node:crypto'
import { escapeAttribute } from './escape.js'

/** What `base.njk` writes, and what is replaced. */
const placeholder = '<meta http-equiv="Content-Security-Policy" content="">'

/**
 * One tag with its attributes, quoted values as a whole: what looks like a script within the title of a link is none. A
 * policy that allowed it would hand strangers the leave that they lack.
 */
const tags = /<!--[\s\S]*?-->|<([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi
const parts = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g
/** The value of an attribute, '' for one without; undefined where there is none of that name. */
function attribute(attributes: string, wanted: string): string | undefined {
  for (const [, name = '', double, single, bare] of attributes.matchAll(parts))
    if (name.toLowerCase() === wanted) return double ?? single ?? bare ?? ''
  return undefined
}
const runs = /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i

/** Services for comments; a `data-host` of the page that is none of them gets no leave. */
const hosts: ReadonlySet<string> = new Set(['https://giscus.app', 'https://utteranc.es'])

/**
 * Fills the page's empty policy. A demo that compiles WebAssembly says so by `data-wasm` at its place. `connected` are
 * addresses that scripts of others report to, beside those that they come from.
 */
export function withPolicy(html: string, connected: readonly string[] = []): string {
  const at = html.indexOf(placeholder)
  if (at < 0) return html
  const policy = escapeAttribute(policyOf(html, connected))
  const filled = placeholder.replace('content=""', `content="${policy}"`)
  return html.slice(0, at) + filled + html.slice(at + placeholder.length)
}

/** The policy that a page has been given, decoded; undefined for a page without one. */
export function policyIn(html: string): string | undefined {
  const content = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1]
  return content?.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

/** What must be allowed for what stands in a page; `connected` as for `withPolicy`. */
export function policyOf(html: string, connected: readonly string[]): string {
  const run = new Set<string>(["'self'"])
  const framed = new Set<string>(["'self'"])
  /** Frames that stand in the page, and those that a click or a service brings. */
  const shown = new Set<string>(["'self'"])
  const reached = new Set<string>(["'self'"])
  const styled = new Set<string>(["'self'"])
  /** Styles within the page; '' for what is no attribute. */
  const placed = new Set<string>()
  tags.lastIndex = 0
  for (let found = tags.exec(html); found; found = tags.exec(html)) {
    const [, typed = '', attributes = ''] = found
    const name = typed.toLowerCase()
    if (name === 'style') placed.add('')
    else if (attributes.includes('style')) {
      const style = attribute(attributes, 'style')
      if (style !== undefined) placed.add(style)
    }
    if (name === 'iframe' || name === 'embed' || name === 'object')
      addOrigin(framed, attribute(attributes, name === 'object' ? 'data' : 'src') ?? '')
    else if (name === 'link' && /stylesheet/i.test(attribute(attributes, 'rel') ?? ''))
      addOrigin(styled, attribute(attributes, 'href') ?? '')
    else if ((name === 'div' || name === 'section') && attribute(attributes, 'data-wasm') !== undefined)
      run.add("'wasm-unsafe-eval'")
    else if (name === 'figure') {
      if (attribute(attributes, 'class') === 'embed')
        addOrigin(shown, attribute(attributes, 'data-src') ?? '')
      // Diagrams are drawn with styles of their own.
      if (attribute(attributes, 'class') === 'diagram') placed.add('')
    } else if (name === 'section' && attribute(attributes, 'class') === 'comments') {
      const host = attribute(attributes, 'data-host') ?? ''
      if (hosts.has(host)) for (const allowed of [run, styled, shown]) addOrigin(allowed, host)
    } else if (name === 'script' || name === 'style') {
      const start = tags.lastIndex
      const length = html.slice(start).search(/<\/(?:script|style)\s*>/i)
      if (name === 'script') addOrigin(reached, attribute(attributes, 'src') ?? '')
      if (name === 'script') allowScript(run, attributes, html.slice(start, start + Math.max(0, length)))
      tags.lastIndex = start + Math.max(0, length)
    }
  }
  for (const origin of framed) shown.add(origin)
  for (const source of styleSources(placed)) styled.add(source)
  if (reached.size > 1) for (const address of connected) addOrigin(reached, address)
  const rules: Readonly<Record<string, Iterable<string>>> = {
    'default-src': ["'self'"],
    'script-src': run,
    'style-src': styled,
    'img-src': ["'self'", 'data:', 'https:', 'http:'],
    'media-src': ["'self'", 'data:', 'https:', 'http:'],
    'font-src': ["'self'", 'data:'],
    ...(reached.size > 1 && { 'connect-src': reached }),
    'frame-src': shown,
    'object-src': framed.size > 1 ? framed : ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
  }
  return Object.entries(rules)
    .map(([name, values]) => `${name} ${[...values].join(' ')}`)
    .join('; ')
}

function allowScript(allowed: Set<string>, attributes: string, text: string): void {
  const source = attribute(attributes, 'src')
  if (source !== undefined) addOrigin(allowed, source)
  // Data (JSON-LD) is not run and needs no leave.
  else if (runs.test(attribute(attributes, 'type') ?? ''))
    allowed.add(`'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`)
}

/**
 * One policy for all pages, for a host's header: whatever any of them needs, and what only a header can say. The policy
 * in each page stays the stricter one; both must allow what is loaded.
 * @param policies the `content` of pages' policies, decoded
 */
export function headerPolicy(policies: Iterable<string>): string {
  const rules = new Map<string, Set<string>>()
  for (const policy of policies)
    for (const rule of policy.split('; ')) {
      const [name = '', ...values] = rule.split(' ')
      const all = rules.get(name) ?? new Set()
      for (const value of values) all.add(value)
      rules.set(name, all)
    }
  for (const values of rules.values()) {
    if (values.size > 1) values.delete("'none'")
    // A hash beside it would take it back (CSP Level 3, section 6.7.3.2).
    if (values.has("'unsafe-inline'"))
      for (const value of values) if (/^'(?:sha256-|unsafe-hashes)/.test(value)) values.delete(value)
  }
  rules.set('frame-ancestors', new Set(["'self'"]))
  const text = textOf(rules)
  if (text.length <= longestHeader) return text
  // So many hashes: those stay in the pages, and the header leaves their rules out, with that which stands in for them.
  for (const [name, values] of rules)
    if (name === 'default-src' || [...values].some((value) => value.startsWith("'sha256-")))
      rules.delete(name)
  return textOf(rules)
}

/** Cloudflare cuts no line and refuses those of more than 2,000 characters, the name of the header included. */
const longestHeader = 1950

const textOf = (rules: ReadonlyMap<string, ReadonlySet<string>>): string =>
  [...rules]
    .map(([name, values]) => `${name} ${[...values].sort().join(' ')}`)
    .sort()
    .join('; ')

/** The colour that stands where a picture will be, see `markdown/pictures.ts`. */
const toneStyle = /^background:#[0-9a-f]{3}$/

/**
 * What allows the page's inline styles: the colours of its pictures by their hashes (`'unsafe-hashes'`, CSP Level 3,
 * section 8.3); formulas are placed by too many styles for that.
 */
function styleSources(placed: ReadonlySet<string>): string[] {
  if (placed.size === 0) return []
  if ([...placed].some((style) => !toneStyle.test(style))) return ["'unsafe-inline'"]
  const hashOf = (style: string): string => createHash('sha256').update(style, 'utf8').digest('base64')
  return ["'unsafe-hashes'", ...[...placed].map((style) => `'sha256-${hashOf(style)}'`)]
}

function addOrigin(allowed: Set<string>, address: string): void {
  const url = address.startsWith('//') ? `https:${address}` : address
  if (/^https?:/i.test(url) && URL.canParse(url)) allowed.add(new URL(url).origin)
}
