// All of one moment: every body and every page is made, everything that the site consists of is gathered, and it is
// looked at whether it holds together. Nothing is published here.
import { planCopies } from './assets/copies.js'
import { makeFonts } from './assets/fonts.js'
import { strangersCopies, strangersProblems } from './assets/strangers.js'
import { type BuildOptions, sortProblems } from './built.js'
import { cardProblems, cardsOf } from './cards.js'
import type { DocId } from './content/types.js'
import type { Pace } from './engine/pace.js'
import { type Problem, passOn } from './errors.js'
import { feedDocuments, gatherOutputs } from './gather.js'
import { linkProblems } from './link-problems.js'
import type { BodyChecks } from './markdown/bodies.js'
import type { Moment } from './moment.js'
import { findCollisions } from './output/collisions.js'
import type { Making, OutputFolder } from './output/output.js'
import { coversOf, makeOutputs, outputOf, picturesOf } from './pictures.js'
import { atPlugins } from './plugins.js'
import type { MadePage, PageKeeper } from './render/pages.js'

export interface WholeSource {
  readonly moment: Moment
  readonly keeper: PageKeeper
  readonly options: Pick<BuildOptions, 'progress' | 'strict' | 'cores'>
  readonly pace: Pace
  /** Where it will be published. Absent: pictures are made when somebody asks for them. */
  readonly output?: Pick<OutputFolder, 'stands' | 'owned'>
}

export interface Whole {
  /** Every file of the site, in path order. */
  readonly outputs: readonly Making[]
  /** Those of them that are pages. */
  readonly pages: readonly MadePage[]
  /** In report order; with an error among them nothing may be published. */
  readonly problems: readonly Problem[]
}

export async function makeWhole({ moment, keeper, options, pace, output }: WholeSource): Promise<Whole> {
  const { snapshot, metas, index, bundles, demos, bodies, feeds, engine } = moment
  const { progress = () => {} } = options

  // While threads make the next bodies, this one makes the pages of those that are there. What is wrong with a page is
  // told when all of them are asked for. Of two at one address the first is made, as in the order of the plan.
  const pageAt = new Map(moment.plan.pages.toReversed().map((page) => [page.url, page]))
  const madeOne = async (id: DocId): Promise<void> => {
    const page = pageAt.get(index.urls.get(id) ?? '')
    if (page) await moment.pages.one(page).catch(passOn)
  }
  await bodies.all((done, total) => progress('documents', done, total), pace, madeOne)
  moment.backlinks.settle()
  moment.sameBodies()
  for (const id of new Set(feedDocuments(moment.plan.pages))) {
    await feeds.one(id)
    await pace.breathe()
  }
  await moment.search.all(pace)
  const pages = await moment.pages.all((done, total) => progress('pages', done, total), pace)

  await bundles.settled()

  const { fonts: wanted, basePath } = index.config
  const shown = pages.made.filter(({ path }) => wanted.length > 0 && path.endsWith('.html'))
  const fonts = await makeFonts({
    engine,
    snapshot,
    fonts: wanted,
    basePath,
    pages: shown.map(({ page, step }) => ({
      glyphs: step.part<string>('glyphs'),
      file: page.from === undefined ? '' : `content/${page.from}`,
    })),
    pace,
  })

  // Nothing need be looked at in most of them.
  const withFiles = new Set(index.withFiles)
  const documents = index.published.flatMap((id) => {
    const checks = bodies.checks(id)
    if (!checks || (isEmpty(checks) && !withFiles.has(id))) return []
    const meta = metas.get(id)
    return meta ? [{ ...checks, meta, file: meta.file, url: meta.url }] : []
  })
  await pace.breathe()
  const covers = await coversOf(moment)
  const wantedPictures = [...picturesOf(moment, covers), ...cardsOf(moment)]
  const pictures = output
    ? await makeOutputs(wantedPictures, {
        moment,
        stands: output.stands,
        cores: options.cores,
        progress: (done, total) => progress('pictures', done, total),
      })
    : { outputs: wantedPictures.map((one) => outputOf(one, moment.pictures.shelf, one.key)), problems: [] }
  const planned = planCopies(
    snapshot,
    documents,
    covers.map(({ want }) => want),
  )
  const isTrusted = index.config.trust === 'content-is-mine'
  const outputs = gatherOutputs({
    pages: pages.made,
    keeper,
    bundled: [...bundles.outputs, ...demos.outputs, ...fonts.outputs],
    copies: isTrusted ? planned : strangersCopies(planned),
    pictures: pictures.outputs,
    traces: engine.traces,
    snapshot,
  })
  await pace.breathe()
  const paths = new Set(outputs.map(({ path }) => path))
  const problems = [
    ...moment.problems,
    ...bundles.problems,
    ...documents.flatMap((document) => document.problems),
    ...atPlugins(pages.problems, moment.loaded),
    ...fonts.problems,
    ...(isTrusted ? [] : strangersProblems(planned, snapshot)),
    ...pictures.problems,
    ...cardProblems(moment),
    ...findCollisions(outputs, output?.owned),
    ...(await linkProblems(moment, paths, output?.owned)),
  ]
  return { outputs, pages: pages.made, problems: sortProblems(problems, options.strict) }
}

const isEmpty = ({ wants, problems }: BodyChecks): boolean => wants.length + problems.length === 0
