// Everything that the site consists of: pages, copies, and the bundles that some page asks for.
import type { BundledOutput } from './assets/bundles.js'
import type { Copy } from './assets/copies.js'
import { placeOfAddress } from './content/address-place.js'
import { ChangedDuringBuild, type Snapshot } from './content/scan.js'
import type { DocId } from './content/types.js'
import { askedOf } from './engine/asked.js'
import { absent, fingerprint } from './engine/fingerprint.js'
import type { Trace } from './engine/trace.js'
import type { Making } from './output/output.js'
import type { Page } from './pages/page.js'
import type { MadePage, PageKeeper } from './render/pages.js'

export interface GatherSource {
  readonly pages: readonly MadePage[]
  readonly keeper: PageKeeper
  /** Of styles and scripts, and of demos. */
  readonly bundled: readonly BundledOutput[]
  readonly copies: readonly Copy[]
  readonly pictures: readonly Making[]
  readonly traces: ReadonlyMap<string, Trace>
  readonly snapshot: Snapshot
}

const givesWay = new Set(['robots', '404'])

/**
 * The pages to be made. A file of the author's in public/ stands in for one that we would only have made up; the page
 * of a document without a layout cannot be made.
 */
export function pagesToMake(
  pages: readonly Page[],
  snapshot: Snapshot,
  unlaid: ReadonlyMap<DocId, unknown>,
): readonly Page[] {
  return pages.filter(
    ({ by, url, from = '', make }) =>
      !(givesWay.has(by) && snapshot.has(`public${url}`)) && !('template' in make && unlaid.has(from)),
  )
}

/** The templates that pages begin with. */
export const templatesOf = (pages: readonly Page[]): ReadonlySet<string> =>
  new Set(pages.flatMap(({ make }) => ('template' in make ? [make.template] : [])))

/** All outputs in path order. Two of one path stay two: the collision names both. */
export function gatherOutputs(source: GatherSource): Making[] {
  const { pages, keeper, bundled, copies, pictures, traces, snapshot } = source
  const outputs = pages.map((page) => outputOfPage(page, keeper, snapshot))
  const tracesOfPages = pages.flatMap(({ step }) => traces.get(step.key) ?? [])
  const asked = askedOf(['asset', 'demo'], tracesOfPages)
  // Two demos with one package share its file.
  const once = new Map<string, Making>()
  for (const { entry, path, hash, bytes } of bundled)
    if (asked.has(`asset:${entry}`) || asked.has(entry) || entry === 'fonts')
      once.set(path, { path, hash, by: `bundle ${entry}`, bytes })
  outputs.push(...once.values(), ...pictures)
  for (const { path, source, change } of copies) {
    const bytes = () => snapshot.bytes(source) ?? gone(source)
    outputs.push({
      path,
      hash: change ? fingerprint(change(bytes())) : (snapshot.hash(source) ?? absent),
      by: source,
      place: () => ({ file: source }),
      bytes: change ? () => change(bytes()) : bytes,
    })
  }
  return outputs.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** With words and a place for where it comes from. */
function outputOfPage({ page, path, hash, step }: MadePage, keeper: PageKeeper, snapshot: Snapshot): Making {
  const bytes = () => keeper.bytes(path, step)
  if (page.from === undefined) return { path, hash, by: `the ${page.by} page ${page.url}`, bytes }
  const file = `content/${page.from}`
  const isAlias = page.by === 'redirects'
  return {
    path,
    hash,
    by: isAlias ? `an alias of ${file}` : file,
    bytes,
    place: () => placeOfAddress(file, snapshot.text(file) ?? '', isAlias ? page.url : undefined),
  }
}

/** Documents that stand in some feed. */
export function feedDocuments(pages: readonly Page[]): DocId[] {
  return pages.flatMap((page) => {
    const ids = page.by === 'feeds' ? page.props['ids'] : undefined
    return Array.isArray(ids) ? ids.map(String) : []
  })
}

function gone(source: string): never {
  throw new ChangedDuringBuild(source)
}
