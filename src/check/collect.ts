// Everything that may be wrong in an output, from the facts of its files alone; where each stands in the sources is
// looked for afterwards. Documents' own pages come first: what a list or a feed repeats of them is told there.
import type { Making } from '../output/output.js'
import type { MadePage } from '../render/pages.js'
import type { Facts, Issue, Ref } from './facts.js'
import type { Finding } from './places.js'
import type { Resolved, Resolver } from './resolve.js'

export interface Candidate extends Finding {
  /** What it is about: an address that leads nowhere, or a fault within the file. */
  readonly of: { readonly ref: Ref; readonly resolved: Resolved } | { readonly issue: Issue }
}

export interface Collected {
  readonly candidates: readonly Candidate[]
  /** Paths that some other page links to. */
  readonly linked: ReadonlySet<string>
  /** Addresses outside the site, with the first place of each. */
  readonly outside: ReadonlyMap<string, Finding>
  readonly references: number
}

const isFine = ({ kind }: Resolved): boolean => kind === 'here' || kind === 'elsewhere' || kind === 'other'

/** The field of the front matter that most likely holds what a head names. */
const fields: Partial<Record<Ref['kind'], Finding['field']>> = { card: 'cover', canonical: 'canonical' }

export function collect(
  outputs: readonly Making[],
  pages: ReadonlyMap<string, MadePage>,
  factsOf: (path: string) => Facts | undefined,
  resolver: Resolver,
): Collected {
  const candidates: Candidate[] = []
  const linked = new Set<string>()
  const outside = new Map<string, Finding>()
  let references = 0
  for (const { path } of inOrder(outputs, pages)) {
    const facts = factsOf(path)
    if (!facts) continue
    const { head } = facts
    const isStub = head !== undefined && head.refresh !== ''
    for (const ref of facts.refs) {
      references++
      const resolved = faultOf(ref) ?? resolver.resolve(ref.to, path, head?.base ?? '')
      if (resolved.kind === 'here' && resolved.path !== path && head && !isStub && ref.kind === 'link')
        linked.add(resolved.path)
      if (resolved.kind === 'here' || resolved.kind === 'other') continue
      const field = fields[ref.kind]
      const item = ref.item
      const finding: Finding = {
        path,
        at: ref.at,
        found: ref.to,
        resolved,
        ...(field !== undefined && { field }),
        ...(item !== undefined && { item }),
      }
      const url = resolved.kind === 'elsewhere' ? resolved.url.replace(/#.*$/s, '') : ''
      if (url !== '' && !outside.has(url)) outside.set(url, finding)
      if (!isFine(resolved)) candidates.push({ ...finding, of: { ref, resolved } })
    }
    // Files that are copied are their author's own; only where they lead is looked at.
    if (!pages.has(path) || isStub) continue
    for (const issue of facts.issues) {
      const { at, found, item } = issue
      candidates.push({ path, at, found, ...(item !== undefined && { item }), of: { issue } })
    }
  }
  return { candidates, linked, outside, references }
}

/** An empty address leads to the page itself, which is what a link may mean and an image never does. */
function faultOf({ kind, to }: Ref): Resolved | undefined {
  return to.trim() === '' && kind !== 'link' ? { kind: 'no-address' } : undefined
}

function inOrder(outputs: readonly Making[], pages: ReadonlyMap<string, MadePage>): readonly Making[] {
  const rank = ({ path }: Making): number => {
    const made = pages.get(path)
    if (!/\.x?html?$/i.test(path)) return 3
    return made?.page.from !== undefined && made.page.by !== 'redirects'
      ? 0
      : made?.page.by === 'redirects'
        ? 2
        : 1
  }
  return [...outputs].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
}
