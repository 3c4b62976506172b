// A host's `_headers` (Cloudflare, Netlify) with the Content-Security-Policy of the pages it is for. The file says where it
// wants one by an empty `Content-Security-Policy:`, as a page does by an empty meta element; it is filled when all pages
// are made, because only then their hashes are known. A header guards what a meta element cannot: pages in others' frames,
// and files that are no pages.
import type { SiteConfig } from './config/types.js'
import { fingerprint } from './engine/fingerprint.js'
import type { Making } from './output/output.js'
import type { MadePage } from './render/pages.js'
import { headerPolicy, policyIn, policyOf } from './render/policy.js'
import { addressOfPath, hrefOf } from './urls.js'

const empty = /^([ \t]+Content-Security-Policy:)[ \t]*(\r?)$/i

/** Does the site have a `_headers` with a place for a policy? */
export function wantsHeaderPolicies(outputs: readonly Making[]): boolean {
  const own = outputs.find(({ path }) => path === '_headers')
  return (
    own !== undefined &&
    textOf(own)
      .split('\n')
      .some((line) => empty.test(line))
  )
}

/** The outputs with that file filled. What the pages hold must be there to be read. */
export function withHeaderPolicies(
  outputs: readonly Making[],
  pages: readonly MadePage[],
  { basePath }: Pick<SiteConfig, 'basePath'>,
): readonly Making[] {
  const made = new Map(pages.map(({ path, page }) => [path, page]))
  const known = outputs.flatMap((output) => {
    if (!/\.(?:x?html?|xslt?|svg)$/i.test(output.path)) return []
    const href = hrefOf(addressOfPath(output.path), basePath)
    const text = textOf(output)
    const page = made.get(output.path)
    // Stubs and files of others have no policy of their own, and run nothing but what stands in them.
    const isOwn = page !== undefined && page.by !== 'redirects' && /\.x?html?$/i.test(output.path)
    return [{ href, policy: isOwn ? policyIn(text) : policyOf(text, []) }]
  })
  return outputs.map((output) => {
    if (output.path !== '_headers') return output
    const text = fill(textOf(output), (matches) => {
      const policies = known.flatMap(({ href, policy }) => (matches(href) ? [policy] : []))
      // A layout without a policy wants none: then the header says only what restricts no page.
      return headerPolicy(
        policies.some((policy) => policy === undefined) ? [] : policies.filter((p) => p !== undefined),
      )
    })
    return { ...output, hash: fingerprint(text), bytes: () => text }
  })
}

const textOf = (output: Making): string => Buffer.from(output.bytes()).toString('utf8')

/** Fills each empty policy for the addresses of its block. */
function fill(text: string, policyFor: (matches: (href: string) => boolean) => string): string {
  let matches = (_: string): boolean => false
  return text
    .split('\n')
    .map((line) => {
      if (/^[^\s#]/.test(line)) matches = matcherOf(line.trim())
      const [, name, end] = empty.exec(line) ?? []
      return name === undefined ? line : `${name} ${policyFor(matches)}${end}`
    })
    .join('\n')
}

/** `/blog/*`, `/:year/x/`: `*` stands for anything, a name with a colon for one segment; a host in front is left out. */
function matcherOf(rule: string): (href: string) => boolean {
  const path = rule.replace(/^https?:\/\/[^/]*/, '')
  const source = path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replace(/:[a-z]\w*/gi, '[^/]+')
  const whole = new RegExp(`^${source}$`)
  return (href) => whole.test(href)
}
