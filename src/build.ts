// The story: how a folder becomes a site, one call a paragraph. What can be computed is in the floors below;
// what prints or exits is in the command line above.
import { makeBundles } from './assets/bundles.js'
import { planCopies } from './assets/copies.js'
import { makeDemos } from './assets/demos.js'
import { type BuildOptions, type Built, failedBuild, problemsOfStop, sortProblems } from './built.js'
import { instantOf, parseDate } from './content/dates.js'
import { readGitDates } from './content/git-dates.js'
import { makeMetas } from './content/metas.js'
import { scan } from './content/scan.js'
import { loadStats, saveStats } from './content/stat-file.js'
import { packageLayouts, themeOf } from './content/theme.js'
import { makeAnswers } from './engine/answers.js'
import { type Disk, realDisk } from './engine/disk.js'
import { absent } from './engine/fingerprint.js'
import { DamagedEntry, makeEngine } from './engine/step.js'
import type { Problem } from './errors.js'
import { feedDocuments, gatherOutputs } from './gather.js'
import { inputFolders } from './inputs.js'
import { checksOf, makeBodies } from './markdown/bodies.js'
import { createMarkdown } from './markdown/body.js'
import { makeFeedBodies } from './markdown/feed-bodies.js'
import { checkLinks } from './output/check-links.js'
import { findCollisions } from './output/collisions.js'
import { openOutput } from './output/output.js'
import { packageFolder } from './package.js'
import { featuresWith, planPages } from './pages/plan.js'
import { answerAssets, answerBodies, answerFeeds, answerFiles, answerSite } from './questions.js'
import { forgetBuild, rememberBuild } from './quick.js'
import { makePages } from './render/pages.js'
import { createRenderer } from './render/render.js'
import { openSession, type Session } from './session.js'
import { makeAsk } from './site/ask.js'
import { buildIndex } from './site/index.js'
import { queries } from './site/queries.js'
import { makeSiteView } from './site/views.js'
import { bodyContext, bodySource, workersOf } from './wiring.js'

/** Builds a site once. What is wrong with the site or the disk is in `problems`; only our own mistakes are thrown. */
export async function build(options: BuildOptions): Promise<Built> {
  const disk = options.disk ?? realDisk
  let session: Session | undefined
  try {
    session = await openSession({ ...options, disk })
    return await tell(options, disk, session)
  } catch (error) {
    return failedBuild(options, [...(session?.problems ?? []), ...problemsOfStop(error)])
  } finally {
    session?.close()
  }
}

/** A damaged value in the cache is found when it is wanted: all such are left out and the story begins again. */
async function tell(options: BuildOptions, disk: Disk, session: Session): Promise<Built> {
  try {
    return await once(options, disk, session)
  } catch (error) {
    if (!(error instanceof DamagedEntry)) throw error
    session.store.distrust()
    return await once(options, disk, session)
  }
}

async function once(options: BuildOptions, disk: Disk, session: Session): Promise<Built> {
  const { config, slots, store } = session
  const { root, cache, drafts, future, progress = () => {} } = options
  const at = momentOf(options.at, config.timezone)
  const output = openOutput(disk, options.out)
  try {
    // 1. One moment of the world.
    const before = options.clean ? {} : loadStats(disk, cache)
    const folders = inputFolders(root, packageLayouts)
    const snapshot = scan({ disk, root, folders, before, now: options.now, verify: options.verifyInputs })
    const theme = themeOf(snapshot)
    const answers = makeAnswers()
    answerFiles(answers, snapshot, theme)
    const { prove } = options
    const engine = makeEngine({ answers, pack: store.pack, old: store.old, ...(prove && { prove }) })

    // 2. Each document's front matter.
    const git = config.gitDates ? readGitDates(root) : undefined
    answers.answer('git', (path) => git?.of(path) ?? absent)
    const {
      metas,
      steps,
      problems: metaProblems,
    } = await makeMetas({
      engine,
      snapshot,
      config,
      slots: slots.meta,
      ...(git && { git }),
    })

    // 3. All documents together.
    const index = buildIndex(metas, config, { at, drafts, future })
    const ask = makeAsk(index, metas, { ...queries, ...slots.queries })
    answerSite(answers, index, steps, ask)

    // 4. Each document's body.
    const context = bodyContext({ config, slots, index, metas, ask, files: snapshot })
    const { makeBody } = createMarkdown(context)
    const bodies = await makeBodies({
      engine,
      snapshot,
      ids: index.published,
      metas,
      makeBody,
      workers: workersOf({ ...options, at }, session, snapshot, metas),
      progress: (done, total) => progress('documents', done, total),
    })
    answerBodies(answers, bodies)

    // 5. Styles, scripts, and the demos of projects.
    const bundles = await makeBundles({ engine, snapshot, theme, root, packageFolder })
    const projects = index.projects.flatMap((id) => metas.get(id) ?? [])
    const demos = await makeDemos({ engine, snapshot, disk, root, cache, projects })
    answerAssets(answers, bundles.addresses, demos.answers)

    // 6. Which pages exist.
    const plan = planPages(index, metas, featuresWith(slots.pages))
    const feeds = await makeFeedBodies({
      engine,
      config,
      urls: index.urls,
      bodies,
      ids: feedDocuments(plan.pages),
    })
    answerFeeds(answers, feeds)

    // 7. Each page's text.
    const site = makeSiteView({ index, metas, bodies: bodySource(bodies, feeds), query: ask.query })
    const { render } = createRenderer({
      config,
      site,
      templates: { find: (name) => theme.source(name) },
      assetUrl: bundles.hrefOf(config.basePath),
      demo: demos.viewOf(config.basePath),
      exists: (name) => context.exists(`public/${name}`),
      filters: slots.filters,
      finish: slots.finish,
    })
    const pages = await makePages({
      engine,
      pages: plan.pages,
      render,
      stands: output.stands,
      stage: output.stage.put,
      progress: (done, total) => progress('pages', done, total),
    })

    // 8. Everything that the site consists of, and whether it holds together.
    const documents = index.published.flatMap((id) => {
      const meta = metas.get(id)
      const body = bodies.get(id)
      return meta && body ? [{ ...checksOf(body), meta, file: meta.file, url: meta.url }] : []
    })
    const copies = planCopies(snapshot, documents)
    const outputs = gatherOutputs({
      pages: pages.made,
      bundled: [...bundles.outputs, ...demos.outputs],
      copies,
      traces: engine.traces,
      snapshot,
    })
    const text = (file: string): string => snapshot.text(file) ?? ''
    const problems: Problem[] = sortProblems(
      [
        ...session.problems,
        ...metaProblems,
        ...documents.flatMap((document) => document.problems),
        ...bundles.problems,
        ...demos.problems,
        ...plan.problems,
        ...pages.problems,
        ...findCollisions(outputs),
        ...checkLinks({ documents, paths: new Set(outputs.map(({ path }) => path)), text }),
      ],
      options.strict,
    )

    // 9. Published all at once, or not at all; what was learnt is kept either way.
    const isSound = !problems.some(({ severity }) => severity === 'error')
    const committed = isSound
      ? output.commit(outputs, options.adopt)
      : { written: [], removed: [], problems: [] }
    const ok = isSound && committed.problems.length === 0
    store.save(ok ? engine.traces : new Map([...store.old, ...engine.traces]), engine.reasons)
    saveStats(disk, cache, snapshot.statIndex())
    const built: Built = {
      ok,
      out: options.out,
      outputs: new Map(outputs.map(({ path, hash }) => [path, hash])),
      pages: pages.made.length,
      written: committed.written,
      removed: committed.removed,
      ran: engine.ran,
      kept: engine.kept,
      problems: sortProblems([...problems, ...committed.problems], options.strict),
      nextChange: index.nextChange,
      notices: [store.notice, output.healed ? 'An interrupted build was finished first.' : ''].filter(
        (text) => text !== '',
      ),
    }
    if (ok && !config.gitDates) rememberBuild(disk, options, built, session.loaded, at, snapshot.paths.length)
    else forgetBuild(disk, cache)
    return built
  } finally {
    output.close()
  }
}

/** A date without a zone is meant in the site's. */
function momentOf(at: number | string, timezone: string): number {
  if (typeof at === 'number') return at
  const date = parseDate(at, timezone)
  return date === null ? Number.NaN : instantOf(date, timezone)
}
