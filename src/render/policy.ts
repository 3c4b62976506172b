// A page's Content-Security-Policy, made from the finished page itself: it allows what stands in it and nothing else.
// The page says where it wants it by an empty policy in its head; a layout without one gets none. Inline scripts are
// allowed by their hash (CSP Level 3, section 2.3.1), never by 'unsafe-inline'.
import { createHash } from 'node:crypto'
import { escapeAttribute } from './escape.js'

/** What `base.njk` writes, and what is replaced. */
const placeholder = '<meta http-equiv="Content-Security-Policy" content="">'

const scripts = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi
const frames = /<(?:iframe|embed|object)\b[^>]*?\s(?:src|data)="([^"]+)"/gi
const sheets = /<link\b(?=[^>]*\brel="?stylesheet)[^>]*?\shref="(https?:[^"]+)"/gi

/** Fills the page's empty policy. A demo that compiles WebAssembly says so by `data-wasm` at its place. */
export function withPolicy(html: string): string {
  const at = html.indexOf(placeholder)
  if (at < 0) return html
  const policy = escapeAttribute(policyOf(html))
  const filled = placeholder.replace('content=""', `content="${policy}"`)
  return html.slice(0, at) + filled + html.slice(at + placeholder.length)
}

function policyOf(html: string): string {
  const run = new Set<string>(["'self'"])
  if (/<(?:div|section) [^>]*\sdata-wasm\b/.test(html)) run.add("'wasm-unsafe-eval'")
  for (const [, attributes = '', text = ''] of html.matchAll(scripts)) {
    const source = /\ssrc="([^"]*)"/i.exec(attributes)?.[1]
    if (source !== undefined) addOrigin(run, source)
    // Data (JSON-LD) is not run and needs no leave.
    else if (!/\stype="(?!module|text\/javascript|application\/javascript)/i.test(attributes))
      run.add(`'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`)
  }
  const framed = new Set<string>(["'self'"])
  for (const [, address = ''] of html.matchAll(frames)) addOrigin(framed, address)
  const styled = new Set<string>(["'self'"])
  for (const [, address = ''] of html.matchAll(sheets)) addOrigin(styled, address)
  // Formulas are placed by style attributes, which have no hash.
  if (/<style\b|<[a-z][^>]*\sstyle=/i.test(html)) styled.add("'unsafe-inline'")
  const rules: Readonly<Record<string, Iterable<string>>> = {
    'default-src': ["'self'"],
    'script-src': run,
    'style-src': styled,
    'img-src': ["'self'", 'data:', 'https:', 'http:'],
    'media-src': ["'self'", 'data:', 'https:', 'http:'],
    'font-src': ["'self'", 'data:'],
    'frame-src': framed,
    'object-src': framed.size > 1 ? framed : ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
  }
  return Object.entries(rules)
    .map(([name, values]) => `${name} ${[...values].join(' ')}`)
    .join('; ')
}

function addOrigin(allowed: Set<string>, address: string): void {
  const url = address.startsWith('//') ? `https:${address}` : address
  if (/^https?:/i.test(url) && URL.canParse(url)) allowed.add(new URL(url).origin)
}
