// All documents together, and which pages exist: made from all front matter when any of it has changed, else taken from the
// build before. Both are one step without questions: its version says who there is.
import type { SiteConfig } from './config/types.js'
import type { DocId } from './content/types.js'
import { entriesOf } from './engine/entries.js'
import { canonical, fingerprint } from './engine/fingerprint.js'
import type { Engine, Step } from './engine/step.js'
import { type KeptPlan, keptPlanOf, type PlanColumns, pagesOfKept } from './pages/kept-plan.js'
import type { PageVersions } from './pages/page.js'
import { featuresWith, planPages } from './pages/plan.js'
import type { Slots } from './plugin.js'
import type { Memory, SiteMemory } from './remember.js'
import type { SettledSite } from './settle.js'
import { makeAsk } from './site/ask.js'
import { buildIndex } from './site/index.js'
import { indexOfKept, type KeptIndex, keptIndexOf } from './site/kept-index.js'
import { queries } from './site/queries.js'
import type { Metas } from './site/types.js'

export interface SitePlanSource {
  readonly config: SiteConfig
  readonly slots: Pick<Slots, 'queries' | 'pages'>
  readonly documents: { readonly metas: Metas; readonly steps: ReadonlyMap<DocId, Step> }
  readonly at: number
  readonly drafts: boolean
  readonly future: boolean
  readonly ledger: Pick<SettledSite, 'former' | 'feedIds' | 'commentIds' | 'mark'>
  readonly hasBlogroll: boolean
  readonly versions: PageVersions
}

/** From scratch. */
function gatherSite({
  documents: { metas },
  config,
  slots,
  hasBlogroll,
  ...source
}: SitePlanSource): SiteMemory {
  const index = buildIndex(metas, config, { ...source, blogroll: hasBlogroll })
  const ask = makeAsk(index, metas, queries, slots.queries)
  return { metas, index, ask, plan: planPages(index, metas, featuresWith(slots.pages)) }
}

export interface PlannedSite extends SiteMemory {
  /** It is that of the build before: whoever asked about documents then is told the same now. */
  readonly isKept: boolean
}

/** Between which moments nothing appears or expires. */
interface Span {
  readonly at: number
  readonly until: number | null
}

/** Kept where it can be. A process that builds again and again has it in its `memory`. */
export function planSite(engine: Engine, source: SitePlanSource, memory: Memory | undefined): PlannedSite {
  const { config, slots, documents, at, versions, ledger, hasBlogroll } = source
  if (memory) {
    const mark = `${ledger.mark} ${hasBlogroll}`
    return { ...memory.site(documents.steps, at, () => gatherSite(source), mark), isKept: false }
  }
  // What a plugin writes is a function of its own, which cannot be kept.
  if (slots.pages.length > 0) return { ...gatherSite(source), isKept: false }
  const version = versionOf(source)
  const isOfNow = (step: Step): boolean => {
    const span = step.part<Span>('span')
    return at >= span.at && (span.until === null || at < span.until)
  }
  const kept = engine.keep('site', version, { usable: isOfNow })
  if (kept) {
    const { metas } = documents
    const index = indexOfKept(JSON.parse(kept.part('index')) as KeptIndex, metas, config)
    const ask = makeAsk(index, metas, queries, slots.queries)
    const columns = JSON.parse(kept.part('plan')) as PlanColumns
    const plan: KeptPlan = { columns, props: kept.part('props') }
    return { metas, index, ask, plan: { pages: pagesOfKept(plan, versions), problems: [] }, isKept: true }
  }
  const site = gatherSite(source)
  const { columns, props } = keptPlanOf(site.plan.pages, versions)
  const span: Span = { at, until: site.index.nextChange }
  // As texts: they are large, and only read here.
  const texts = { index: JSON.stringify(keptIndexOf(site.index)), plan: JSON.stringify(columns) }
  engine.take('site', version, entriesOf({ span, ...texts, props }), [])
  return { ...site, isKept: false }
}

/** Of everything that the Index and the plan are made of, beside the configuration and the moment. */
function versionOf({ documents, drafts, future, ledger, hasBlogroll }: SitePlanSource): string {
  const about = canonical({ drafts, future, ledger: ledger.mark, hasBlogroll })
  const ids = [...documents.steps].map(([id, step]) => `${step.hash('meta')} ${id}`)
  return fingerprint([about, ...ids].join('\n'))
}
