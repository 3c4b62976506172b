// The old site against the new one: each address, and where the old pages are at hand what stood on them. Pure: plain
// data in, a report out. What was broken before is not called missing.
import type { Url } from '../content/types.js'
import { normalAddress } from '../import/old-addresses.js'
import { itemsOf, type OldFeedItem, type OldSite } from '../import/old-site.js'
import { parseXml } from '../text/xml.js'
import { type PageFacts, readPage } from './page.js'
import { type Answer, hostOf, type NewSite } from './resolve.js'

export interface Finding {
  readonly address: Url
  readonly old: string
  readonly now: string
}

export interface VerifyReport {
  readonly counts: {
    readonly addresses: number
    readonly same: number
    readonly redirected: number
    readonly missing: number
    readonly forgotten: number
    /** Old style sheets, scripts and fonts that are not here: told, never counted as missing. */
    readonly assets: number
  }
  readonly redirects: readonly { readonly address: Url; readonly to: Url }[]
  readonly missing: readonly { readonly address: Url; readonly why: string }[]
  readonly forgotten: readonly Url[]
  readonly assets: readonly Url[]
  readonly anchors: readonly { readonly address: Url; readonly anchor: string }[]
  readonly images: readonly { readonly address: Url; readonly image: Url }[]
  readonly links: readonly { readonly address: Url; readonly target: Url }[]
  readonly feedIds: readonly Finding[]
  readonly titles: readonly Finding[]
  readonly dates: readonly Finding[]
}

export interface VerifySource {
  readonly old: OldSite
  readonly site: NewSite
  readonly forgotten: ReadonlySet<Url>
  /** Feed ids by present or former address, by the ledger. */
  readonly kept: ReadonlyMap<Url, string>
}

const assetName =
  /\.(?:css|js|mjs|map|woff2?|ttf|eot|otf|less|scss|xsl)$|[./-][\da-f]{5,40}\.(?:json|bin|wasm)$/i
/** Which posts stand on it depends on how many are newer. */
const furtherPage = /\/page\/?\d+\/?$/

/** Is anything missing that nobody acknowledged? */
export function isSound({ counts, anchors, images, links, feedIds }: VerifyReport): boolean {
  return counts.missing + anchors.length + images.length + links.length + feedIds.length === 0
}

export function compareSites({ old, site, forgotten, kept }: VerifySource): VerifyReport {
  const host = hostOf(site)
  const addresses = [...new Set(old.addresses.map((typed) => normalAddress(typed, site.basePath)))]
    .filter((url) => url !== '')
    .sort()
  const answers = new Map<Url, Answer>()
  const report = {
    redirects: [] as { address: Url; to: Url }[],
    missing: [] as { address: Url; why: string }[],
    forgotten: [] as Url[],
    assets: [] as Url[],
  }
  let same = 0
  for (const address of addresses) {
    const answer = host.answer(address)
    answers.set(address, answer)
    if (answer.state === 'same') same++
    else if (answer.state === 'redirect') report.redirects.push({ address, to: answer.to })
    else if (forgotten.has(address) || forgotten.has(`${address}/`)) report.forgotten.push(address)
    else if (assetName.test(address)) report.assets.push(address)
    else report.missing.push({ address, why: answer.why })
  }
  const pages = comparePages(old, site, answers, forgotten)
  return {
    counts: {
      addresses: addresses.length,
      same,
      redirected: report.redirects.length,
      missing: report.missing.length,
      forgotten: report.forgotten.length,
      assets: report.assets.length,
    },
    ...report,
    ...pages,
    feedIds: compareFeeds(old.items, site, kept),
  }
}

type PageFindings = Pick<VerifyReport, 'anchors' | 'images' | 'links' | 'titles' | 'dates'>

function comparePages(
  old: OldSite,
  site: NewSite,
  answers: ReadonlyMap<Url, Answer>,
  forgotten: ReadonlySet<Url>,
): PageFindings {
  const found = {
    anchors: [] as { address: Url; anchor: string }[],
    images: [] as { address: Url; image: Url }[],
    links: [] as { address: Url; target: Url }[],
    titles: [] as Finding[],
    dates: [] as Finding[],
  }
  if (old.kind !== 'folder') return found
  const host = hostOf(site)
  const pages = new Map<Url, PageFacts>()
  for (const path of old.addresses)
    if (/\.html?$/i.test(path)) {
      const facts = readPage(old.read(path) ?? '')
      if (facts.refresh === '') pages.set(normalAddress(path, site.basePath), facts)
    }
  const linked = anchorsLinkedTo(pages, site.basePath)
  const seen = new Set<Url>()
  for (const [address, facts] of [...pages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const answer = answers.get(address)
    if (!answer || answer.path === '' || !/\.html?$/i.test(answer.path)) continue
    const now = host.page(answer.path)
    const wanted = new Set([
      ...facts.anchors,
      ...[...(linked.get(address) ?? [])].filter((id) => facts.ids.has(id)),
    ])
    for (const anchor of wanted) if (!now.ids.has(anchor)) found.anchors.push({ address, anchor })
    compareTexts(address, facts, now, found)
    for (const src of facts.images) {
      const image = localTarget(src, address, site.basePath)
      if (image === '' || seen.has(image) || !answers.has(image)) continue
      seen.add(image)
      if (answers.get(image)?.state === 'missing' && !forgotten.has(image))
        found.images.push({ address, image })
    }
    for (const href of facts.links) {
      const target = localTarget(href, address, site.basePath)
      // What led nowhere before is not lost; what is a known address is told among the addresses.
      if (target === '' || seen.has(target) || answers.has(target) || !existed(target, pages)) continue
      seen.add(target)
      if (host.answer(target).state === 'missing') found.links.push({ address, target })
    }
  }
  return found
}

const existed = (url: Url, pages: ReadonlyMap<Url, PageFacts>): boolean =>
  pages.has(url) || pages.has(`${url.replace(/\/$/, '')}/`)

function compareTexts(
  address: Url,
  old: PageFacts,
  now: PageFacts,
  found: { titles: Finding[]; dates: Finding[] },
): void {
  const bare = (text: string): string =>
    text
      .normalize('NFKC')
      .replace(/[\s\p{P}]+/gu, '')
      .toLowerCase()
  const [title = now.title] = now.headings
  // Titles of pages carry the site's name; it is enough that one holds the other.
  const olds = [old.title, ...old.headings].map(bare)
  const mine = [title, now.title].map(bare).filter((text) => text !== '')
  const agrees = mine.some((text) =>
    olds.some((other) => other !== '' && (other.includes(text) || text.includes(other))),
  )
  if (olds.some((text) => text !== '') && !agrees)
    found.titles.push({ address, old: old.title, now: now.title })
  if (!furtherPage.test(address) && old.date !== '' && now.date !== '' && old.date !== now.date)
    found.dates.push({ address, old: old.date, now: now.date })
}

/** Ids that some old page links to, by page. */
function anchorsLinkedTo(pages: ReadonlyMap<Url, PageFacts>, basePath: string): Map<Url, Set<string>> {
  const linked = new Map<Url, Set<string>>()
  for (const [address, { links }] of pages)
    for (const href of links) {
      const at = href.indexOf('#')
      if (at < 0 || at === href.length - 1) continue
      const target = at === 0 ? address : localTarget(href, address, basePath)
      if (target === '') continue
      const ids = linked.get(target) ?? new Set<string>()
      ids.add(decoded(href.slice(at + 1)))
      linked.set(target, ids)
    }
  return linked
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** An address on an old page as a path of the site, '' for another site. Whole addresses count where they are known. */
function localTarget(href: string, page: Url, basePath: string): Url {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(href)) return ''
  try {
    return normalAddress(
      new URL(href, `http://old.invalid${basePath.slice(0, -1)}${encodeURI(page)}`).pathname,
      basePath,
    )
  } catch {
    return ''
  }
}

/** Ids of the same post that differ: readers would see it as new. */
function compareFeeds(
  items: readonly OldFeedItem[],
  site: NewSite,
  kept: ReadonlyMap<Url, string>,
): Finding[] {
  const now = new Map<Url, Set<string>>()
  const add = (url: Url, id: string): void => void now.set(url, (now.get(url) ?? new Set()).add(id))
  if (items.length > 0)
    for (const path of site.paths)
      if (/\.xml$/i.test(path)) {
        const { root } = parseXml(site.read(path))
        if (root) for (const item of itemsOf(root)) add(normalAddress(item.link, site.basePath), item.id)
      }
  const found = new Map<string, Finding>()
  for (const { link, id } of items) {
    const address = normalAddress(link, site.basePath)
    const ids = now.get(address) ?? (kept.has(address) ? new Set([kept.get(address) ?? '']) : undefined)
    if (id !== '' && ids && !ids.has(id)) found.set(id, { address, old: id, now: [...ids].join(', ') })
  }
  return [...found.values()]
}
