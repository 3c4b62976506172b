// All documents together, and which pages exist: made from all front matter when a document has come, gone or stands
// elsewhere, else taken from the build before. Both are one step without questions: its version says who stands where.
import type { SiteConfig } from './config/types.js'
import type { Listing } from './content/listing.js'
import type { DocId } from './content/types.js'
import { entriesOf } from './engine/entries.js'
import { type Answer, canonical, fingerprint } from './engine/fingerprint.js'
import type { Unchanged } from './engine/judge.js'
import type { Engine, Step } from './engine/step.js'
import type { Store } from './engine/store.js'
import { type KeptPlan, keptPlanOf, type PlanColumns, pagesOfKept } from './pages/kept-plan.js'
import type { PageVersions } from './pages/page.js'
import { featuresWith, planPages } from './pages/plan.js'
import type { Slots } from './plugin.js'
import type { Memory, SiteMemory } from './remember.js'
import type { SettledSite } from './settle.js'
import { makeAsk } from './site/ask.js'
import { type Grounds, grounded, groundsOf, otherSince } from './site/grounds.js'
import { buildIndex } from './site/index.js'
import { indexOfKept, type KeptIndex, keptIndexOf } from './site/kept-index.js'
import { queries } from './site/queries.js'
import type { Metas } from './site/types.js'
import { areAsBefore, goneSince } from './unchanged.js'

export interface SitePlanSource {
  readonly config: SiteConfig
  readonly slots: Pick<Slots, 'queries' | 'pages'>
  /** What the build before left. */
  readonly store: Pick<Store, 'old'>
  readonly documents: {
    readonly metas: Metas
    readonly listing: Listing
    readonly steps: ReadonlyMap<DocId, Step>
  }
  readonly at: number
  readonly drafts: boolean
  readonly future: boolean
  readonly ledger: Pick<SettledSite, 'former' | 'feedIds' | 'commentIds' | 'mark'>
  readonly hasBlogroll: boolean
  readonly versions: PageVersions
}

/** From scratch. */
function gatherSite({
  documents: { metas, listing },
  config,
  slots,
  hasBlogroll,
  ...source
}: SitePlanSource): SiteMemory {
  const index = buildIndex(listing, config, { ...source, blogroll: hasBlogroll })
  const ask = makeAsk(index, metas, queries, slots.queries)
  return { metas, index, ask, plan: planPages(index, metas, featuresWith(slots.pages), listing) }
}

export interface PlannedSite extends SiteMemory {
  /** Is everybody there, and every page, who was there when all that is kept was told? */
  readonly isSame: boolean
}

const nothing: Unchanged = { prefixes: [], except: new Set() }
/** Schemes whose answers follow from all front matter and the moment, and those that follow from the document's own. */
const aboutAll = ['meta:', 'label:', 'url:', 'query:']
const aboutOne = ['meta:', 'label:', 'url:']

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
    return { ...memory.site(documents.steps, at, () => gatherSite(source), mark), isSame: false }
  }
  const gather = (): SiteMemory => {
    const site = gatherSite(source)
    documents.listing.keep()
    return site
  }
  // What a plugin writes is a function of its own, which cannot be kept.
  if (slots.pages.length > 0) return { ...gather(), isSame: false }
  const about = canonical({ drafts: source.drafts, future: source.future, ledger: ledger.mark, hasBlogroll })
  const who = whoIsThere(engine, source)
  const version = fingerprint(`${about}\n${who.mark}`)
  const kept = engine.keep('site', version, { usable: (step) => isOfNow(step, at) })
  if (kept) {
    const { metas, listing } = documents
    const index = indexOfKept(JSON.parse(kept.part('index')) as KeptIndex, listing, config)
    const ask = makeAsk(index, metas, queries, slots.queries)
    const columns = JSON.parse(kept.part('plan')) as PlanColumns
    const plan: KeptPlan = { columns, props: () => kept.part('props') }
    const pages = pagesOfKept(plan, index)
    engine.same(() =>
      areAsBefore(engine, documents.steps, ['meta'])
        ? { prefixes: aboutAll, except: new Set() }
        : unchangedSince(engine, kept, source),
    )
    return { metas, index, ask, plan: { pages, problems: [] }, isSame: engine.isSure }
  }
  const site = gather()
  const { columns, props } = keptPlanOf(site.plan.pages, site.index, versions)
  const span: Span = { at, until: site.index.nextChange }
  // As texts: they are large, and only read here.
  const grounds = groundsOf(site.index)
  const texts = {
    index: JSON.stringify(keptIndexOf(site.index)),
    plan: JSON.stringify(columns),
    grounds: JSON.stringify(grounds),
  }
  const step = engine.take('site', version, entriesOf({ span, about, who, ...texts, props: props() }), [])
  // What whoever asked about documents is told as before, if all that is kept was told in one moment.
  engine.same(() => unchangedSince(engine, step, source, grounds))
  return { ...site, isSame: false }
}

const isOfNow = (step: Step, at: number): boolean => {
  const span = step.part<Span>('span')
  return at >= span.at && (span.until === null || at < span.until)
}

/**
 * Some front matter changed. What follows from other documents' own did not, nor what queries say of documents, but for
 * those that stand beside what changed. `now`: where the site was made anew.
 */
function unchangedSince(
  engine: Engine,
  step: Step,
  { documents, at, store, slots }: SitePlanSource,
  now?: Grounds,
): Unchanged {
  const before = engine.before('site')
  if (!before || !isOfNow(before, at) || before.hash('about') !== step.hash('about')) return nothing
  const names = grounded.filter((name) => !Object.hasOwn(slots.queries, name))
  const except = new Set<string>()
  const leaveOut = (name: string, id: DocId): void => void except.add(`query:${name}?${canonical([id])}`)
  const changed = [...documents.steps].flatMap(([id, { ran }]) => (ran ? id : []))
  for (const id of [...changed, ...goneSince(store, 'meta:', documents.steps)]) {
    for (const prefix of aboutOne) except.add(`${prefix}${id}`)
    for (const name of names) leaveOut(name, id)
  }
  if (now && before.hash('grounds') !== step.hash('grounds')) {
    // As it was written above.
    const others = otherSince(JSON.parse(before.part('grounds')) as Grounds, now, documents.listing)
    for (const name of names) for (const id of others[name]) leaveOut(name, id)
  }
  return { prefixes: [...aboutOne, ...names.map((name) => `query:${name}?`)], except }
}

/** All that the Index and the plan are made of, beside the configuration and the moment. */
interface Who {
  readonly count: number
  /** Hash of their ids, and of what of their front matter says where they stand. */
  readonly mark: Answer
}

function whoIsThere(engine: Engine, { documents }: SitePlanSource): Who {
  const steps = [...documents.steps]
  const before = engine.isSure ? engine.before('site')?.part<Who>('who') : undefined
  // As many as there were, and none that is new or stands elsewhere: the same.
  if (before?.count === steps.length && areAsBefore(engine, documents.steps, ['place'])) return before
  const mark = fingerprint(steps.map(([id, step]) => `${step.hash('place')} ${id}`).join('\n'))
  return { count: steps.length, mark }
}
