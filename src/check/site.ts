// What is wrong between the pages of a site, though each is right by itself: titles and descriptions that stand twice,
// documents that nothing leads to, files that are too large.
import { placeOfField } from '../content/address-place.js'
import type { Problem } from '../errors.js'
import type { Moment } from '../moment.js'
import type { Making } from '../output/output.js'
import type { MadePage } from '../render/pages.js'
import { addressOfPath } from '../urls.js'
import type { Facts } from './facts.js'

export interface SiteSource {
  readonly moment: Moment
  readonly outputs: readonly Making[]
  readonly pages: readonly MadePage[]
  readonly factsOf: (path: string) => Facts | undefined
  /** Paths of pages that some other page links to. */
  readonly linked: ReadonlySet<string>
}

export function checkSite(source: SiteSource): Problem[] {
  return [...checkTwice(source), ...checkReachable(source), ...checkBudgets(source)]
}

/** Titles of all pages that search engines may list; descriptions of documents, since lists share the site's. */
function checkTwice({ moment, pages, factsOf }: SiteSource): Problem[] {
  const { metas, snapshot } = moment
  const problems: Problem[] = []
  const titles = new Map<string, MadePage>()
  const descriptions = new Map<string, MadePage>()
  const tell = (field: 'title' | 'description', text: string, made: MadePage, first: MadePage): void => {
    // The author can change that of a document.
    const [own, other] =
      made.page.from === undefined && first.page.from !== undefined ? [first, made] : [made, first]
    const meta = metas.get(own.page.from ?? '')
    problems.push({
      severity: 'warning',
      code: `check/duplicate-${field}`,
      what: `${own.page.url} has the ${field} of ${other.page.url}`,
      ...(meta && placeOfField(meta.file, snapshot.text(meta.file) ?? '', field)),
      found: text.length > 100 ? `${text.slice(0, 99)}…` : text,
      fix: `give one of them another ${field}`,
    })
  }
  for (const made of pages) {
    const head = factsOf(made.path)?.head
    if (!head || head.noindex || head.refresh !== '' || made.path === '404.html') continue
    const title = titles.get(head.title)
    // Two pages at one address are told as that.
    if (title?.path === made.path) continue
    if (head.title !== '' && title) tell('title', head.title, made, title)
    else titles.set(head.title, made)
    if (made.page.from === undefined || head.description === '') continue
    const description = descriptions.get(head.description)
    if (description) tell('description', head.description, made, description)
    else descriptions.set(head.description, made)
  }
  return problems
}

function checkReachable({ moment, pages, linked }: SiteSource): Problem[] {
  return pages.flatMap(({ page, path }) => {
    const meta = page.from === undefined || page.by === 'redirects' ? undefined : moment.metas.get(page.from)
    if (!meta || meta.unlisted || meta.url !== page.url || linked.has(path) || path === '404.html') return []
    return [
      {
        severity: 'warning' as const,
        code: 'check/unreachable',
        what: `no page of the site links to ${page.url}`,
        file: meta.file,
        line: 1,
        column: 1,
        fix: 'link to it, put it into navigation, or say unlisted: true where that is meant',
      },
    ]
  })
}

const kinds = [
  ['page', /\.x?html?$/i],
  ['image', /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|ico)$/i],
  ['script', /\.m?js$/i],
  ['style', /\.css$/i],
  ['font', /\.(?:woff2?|ttf|otf|eot)$/i],
  ['feed', /\.(?:xml|json)$/i],
] as const

function checkBudgets({ moment, outputs, pages, factsOf }: SiteSource): Problem[] {
  const { budgets } = moment.index.config
  const from = new Map(pages.map(({ path, page }) => [path, page.from]))
  return outputs.flatMap(({ path, by, place }) => {
    const kind = kinds.find(([, pattern]) => pattern.test(path))?.[0]
    const size = factsOf(path)?.size ?? 0
    if (!kind || budgets[kind] === 0 || size <= budgets[kind] * 1000) return []
    const id = from.get(path)
    const file = place?.().file ?? (id === undefined ? undefined : `content/${id}`)
    return [
      {
        severity: 'warning' as const,
        code: 'check/too-large',
        what: `${addressOfPath(path)} has ${kilo(size)}, more than budgets.${kind} allows (${by})`,
        ...(file !== undefined && { file }),
        found: kilo(size),
        expected: [`at most ${kilo(budgets[kind] * 1000)}`],
        fix:
          kind === 'image'
            ? 'scale or compress the picture, or raise budgets.image in the configuration'
            : `make it smaller, or raise budgets.${kind} in the configuration`,
      },
    ]
  })
}

/** `1,234 kB` */
const kilo = (bytes: number): string =>
  `${Math.ceil(bytes / 1000)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')} kB`
