// One moment of the site: the world as it is now, who is in it, and which pages exist. Everything dear is made when
// it is asked for: all of it by `build.ts`, or first what somebody is looking at by the dev server.
import { type Bundles, makeBundles } from './assets/bundles.js'
import { type Demos, makeDemos } from './assets/demos.js'
import { strangersCode } from './assets/strangers.js'
import type { BuildOptions } from './built.js'
import { cardAddresses } from './cards.js'
import type { LoadedConfig } from './config/load.js'
import { makeData } from './content/data-files.js'
import { readGitDates } from './content/git-dates.js'
import { makeMetas } from './content/metas.js'
import type { Snapshot } from './content/scan.js'
import { themeOf } from './content/theme.js'
import { coverReaders } from './covers.js'
import { type Answers, makeAnswers } from './engine/answers.js'
import type { Disk } from './engine/disk.js'
import { absent } from './engine/fingerprint.js'
import type { Unchanged } from './engine/judge.js'
import { type Engine, makeEngine } from './engine/step.js'
import type { Problem } from './errors.js'
import { pagesToMake, templatesOf } from './gather.js'
import { missingLayouts } from './layouts.js'
import { type Backlinks, openBacklinks } from './markdown/backlinks.js'
import { type Bodies, openBodies } from './markdown/bodies.js'
import { createMarkdown } from './markdown/body.js'
import type { Crew } from './markdown/crew.js'
import { type FeedBodies, openFeedBodies } from './markdown/feed-bodies.js'
import { packageFolder, packagesFor } from './package.js'
import type { Plan } from './pages/plan.js'
import { openPictures, type Pictures } from './pictures.js'
import { atPlugins } from './plugins.js'
import { answerAssets, answerBodies, answerData, answerFeeds, answerFiles, answerSite } from './questions.js'
import type { Memory } from './remember.js'
import { openPages, type PageKeeper, type Pages } from './render/pages.js'
import { createRenderer } from './render/render.js'
import { openSearch, type Search } from './search/documents.js'
import { searchedIds } from './search/searched.js'
import { pluginsOf, type Session } from './session.js'
import { settleSite } from './settle.js'
import type { Index, Metas } from './site/types.js'
import { makeSiteView } from './site/views.js'
import { planSite } from './site-plan.js'
import { unchangedBodies } from './unchanged.js'
import { bodyContext, bodySource, helloOf, makeReady, wantingRender, warmUp } from './wiring.js'

export interface MomentSource {
  readonly options: BuildOptions
  readonly disk: Disk
  readonly session: Session
  readonly snapshot: Snapshot
  /** Milliseconds since 1970: decides what is future. */
  readonly at: number
  readonly keeper: PageKeeper
  /** Threads for bodies. */
  readonly crew: Crew
  /** What is known not to have changed since what is kept was told. */
  readonly unchanged?: (() => Unchanged | undefined) | undefined
  /** What an earlier moment of this process left. */
  readonly memory?: Memory
  /** The last moment of this process under the same configuration, and the paths that changed since. */
  readonly before?: { readonly moment: Moment; readonly changed: ReadonlySet<string> }
}

export interface Moment {
  /** The configuration's file, for problems that point into it. */
  readonly loaded: Pick<LoadedConfig, 'file' | 'text'>
  readonly snapshot: Snapshot
  readonly engine: Engine
  /** Is everybody there, and every page, who was there when all that is kept was told? */
  readonly isSameSite: boolean
  /** To be called when all bodies are made: who asked about those that are as they were is not asked again. */
  sameBodies(): void
  readonly metas: Metas
  readonly index: Index
  readonly plan: Plan
  readonly bundles: Bundles
  readonly demos: Demos
  readonly bodies: Bodies
  readonly backlinks: Backlinks
  readonly pictures: Pictures
  readonly context: ReturnType<typeof bodyContext>
  readonly feeds: FeedBodies
  readonly search: Search
  readonly pages: Pages
  /** What is known to be wrong before any body or page is made. */
  readonly problems: readonly Problem[]
  /** What the author may want to do, though nothing is wrong. */
  readonly notices: readonly string[]
}

export async function openMoment(source: MomentSource): Promise<Moment> {
  const { options, disk, session, snapshot, at, keeper, crew, memory, before } = source
  const { config, slots, store } = session
  const { root, cache, drafts, future, prove } = options

  // The world as it is.
  const theme = themeOf(snapshot)
  const answers: Answers = makeAnswers()
  answerFiles(answers, snapshot, theme)
  const packages = packagesFor(root)
  answers.answer('package', (name) => (packages(name) === undefined ? absent : 'yes'))
  const engine = makeEngine({
    answers,
    store,
    ...(prove && { prove }),
    ...(memory && { values: memory.values }),
  })

  if (source.unchanged) engine.same(source.unchanged)
  if (store.old.size === 0 && !memory) warmUp(crew, snapshot)

  // Each document's front matter.
  const git = config.gitDates ? readGitDates(root) : undefined
  answers.answer('git', (path) => git?.of(path) ?? absent)
  const documents = await makeMetas({
    engine,
    snapshot,
    config,
    slots: slots.meta,
    ...(git && { git }),
    ...(before && { before: { traces: before.moment.engine.traces, changed: before.changed } }),
  })

  const data = await makeData({ engine, snapshot })
  answerData(answers, data)

  // All documents together, and which pages exist.
  const ledger = settleSite({ snapshot, config, metas: documents.metas, at, drafts, future })
  const versions = memory?.versions ?? new Map()
  const { hasBlogroll } = data
  const about = { config, slots, store, documents, at, drafts, future, versions, ledger, hasBlogroll }
  const { metas, index, ask, isSame, plan: planned } = planSite(engine, about, memory)
  answerSite(answers, index, documents.steps, ask)
  const unlaid = missingLayouts(planned.pages, metas, theme, snapshot)
  const plan: Plan = { ...planned, pages: pagesToMake(planned.pages, snapshot, unlaid) }

  const templates = pluginsOf(session.loaded).length === 0 ? templatesOf(plan.pages) : []
  const bundles = makeBundles({ engine, snapshot, theme, templates, root, packageFolder, packages })
  const isTrusted = config.trust === 'content-is-mine'
  const withCode = index.projects.flatMap((id) => metas.get(id) ?? [])
  const projects = isTrusted ? withCode : []
  const sourceMaps = options.sourceMaps ?? false
  const demos = await makeDemos({ engine, snapshot, disk, root, cache, projects, sourceMaps })
  answerAssets(answers, bundles.addresses, demos.answers)

  // Each document's body, and what feeds make of it.
  const context = bodyContext({
    config,
    slots,
    urls: index.urls,
    metas,
    query: ask.query,
    files: snapshot,
    packages,
    shelf: session.shelf,
  })
  const bodies = openBodies({
    engine,
    snapshot,
    ids: index.published,
    metas,
    makeBody: createMarkdown(context, memory?.highlighter(config)).makeBody,
    crew,
    hello: () => helloOf(snapshot, metas, index.urls),
  })
  answerBodies(answers, bodies.made)
  const backlinks = openBacklinks({
    index,
    bodies,
    answers,
    ...(before && { before: before.moment.backlinks }),
  })
  const demo = demos.viewOf(config.basePath)
  const demoSummary = (slug: string) => demo(slug)?.summary ?? ''
  const feeds = openFeedBodies({ engine, config, urls: index.urls, bodies, demoSummary })
  answerFeeds(answers, feeds.made)
  const pictures = await openPictures(session, { engine, snapshot, index })
  // Every document once more, as search knows it.
  const search = openSearch(
    { engine, config, ids: searchedIds(index, metas), metas, bodies, folding: session.folding },
    answers,
  )

  // Each page's text.
  const wanted = new Set<string>()
  const site = makeSiteView({
    index,
    metas,
    listing: documents.listing,
    bodies: bodySource({ bodies: bodies.made, backlinks, feeds: feeds.made, urls: index.urls, wanted }),
    dataFiles: data.view,
    ...(config.search && { search: search.view(wanted) }),
    query: ask.query,
  })
  const renderer = createRenderer({
    config,
    site,
    templates: { find: (name) => theme.source(name) },
    ...(memory && { compiled: memory.templates }),
    assetUrl: bundles.hrefOf(config.basePath, wanted),
    demo,
    hasDemo: demos.has,
    exists: (name) => context.exists(`public/${name}`),
    card: cardAddresses(config, pictures.face),
    ...coverReaders({ context, looks: pictures.looks.made, wanted }),
    filters: slots.filters,
    finish: slots.finish,
  })
  const pages = openPages({
    engine,
    old: store.old,
    pages: plan.pages,
    render: wantingRender(renderer, wanted),
    ...makeReady({ bodies, feeds, search, bundles, looks: pictures.looks }),
    keeper,
    wantsGlyphs: config.fonts.length > 0,
    versions,
  })

  return {
    snapshot,
    engine,
    isSameSite: isSame,
    sameBodies: () => engine.same(() => unchangedBodies(engine, bodies.made, store, isSame)),
    metas,
    index,
    plan,
    bundles,
    demos,
    bodies,
    backlinks,
    pictures,
    context,
    feeds,
    search,
    pages,
    loaded: session.loaded,
    notices: ledger.notices,
    problems: [
      ...session.problems,
      ...documents.problems,
      ...data.problems,
      ...ledger.problems,
      ...demos.problems,
      ...(isTrusted ? [] : strangersCode(withCode, snapshot)),
      ...atPlugins(plan.problems, session.loaded),
      ...unlaid.values(),
    ],
  }
}
