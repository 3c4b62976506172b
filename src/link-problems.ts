// Links between documents, looked at when everything that exists is known. Which documents have a broken one is a step: it
// depends on where links lead, on what there is to lead to, and on nothing else. Only of those is it then asked which link,
// and where it stands.
import type { DocId, Url } from './content/types.js'
import { type Answer, fingerprint } from './engine/fingerprint.js'
import type { Engine } from './engine/step.js'
import type { Problem } from './errors.js'
import type { Link } from './markdown/types.js'
import type { Moment } from './moment.js'
import { checkLinks, type LinkTargets, whatIsWrong } from './output/check-links.js'
import type { OutputFolder } from './output/output.js'
import { areAsBefore } from './unchanged.js'
import { outPathOf } from './urls.js'

/**
 * One warning for each link to a page or anchor that does not exist. `paths`: of the whole output. `owned`: those that were
 * there before, where somebody knows.
 */
export async function linkProblems(
  moment: Moment,
  paths: ReadonlySet<string>,
  owned?: OutputFolder['owned'],
): Promise<Problem[]> {
  const { engine, index, metas, bodies, snapshot } = moment
  const targets: LinkTargets = { paths, anchorsAt: anchorsOf(moment) }
  const find = (): readonly DocId[] => {
    const looked = owned && mayHaveChanged(moment, paths, owned)
    return index.published.filter((id) => {
      if (looked && !looked.has(id)) return false
      const url = index.urls.get(id) ?? ''
      return bodies.targets.of(id).some((link) => whatIsWrong(link, url, targets) !== undefined)
    })
  }
  const about = { count: index.published.length, documents: documentsMark(moment), paths: markOf(paths) }
  const version = fingerprint(`${about.documents} ${about.paths}`)
  const step = await engine.step('links', version, () => ({
    ...about,
    broken: find(),
    targets: bodies.targets.together(),
  }))
  const found = step.part<readonly DocId[]>('broken').flatMap((id) => {
    const meta = metas.get(id)
    const links = bodies.made.get(id)?.part<readonly Link[]>('links') ?? []
    return meta ? [{ file: meta.file, url: meta.url, links }] : []
  })
  return checkLinks({ ...targets, documents: found, text: (file) => snapshot.text(file) ?? '' })
}

const markOf = (paths: Iterable<string>): Answer => fingerprint([...paths].join('\n'))

/**
 * Documents of which it may be another answer than before whether they have a broken link; undefined: all. Where all that was
 * there is there still, and no document lost or got an anchor or moved, what led somewhere does so now: it remains to look
 * at what was broken, and at those that were made again or are new.
 */
function mayHaveChanged(
  { engine, bodies, index }: Moment,
  paths: ReadonlySet<string>,
  owned: OutputFolder['owned'],
): ReadonlySet<DocId> | undefined {
  const before = engine.isSure ? engine.before('links') : undefined
  if (!before || markOf([...paths].filter((path) => owned.has(path))) !== before.part('paths'))
    return undefined
  const looked = new Set(before.part<readonly DocId[]>('broken'))
  for (const [id, step] of bodies.made) {
    if (!step.ran) continue
    const was = engine.before(step.key)
    // One that is new must not come to the address of a file: that had no anchors of which a link could miss one.
    const misleadsNobody = was
      ? was.hash('anchors') === step.hash('anchors') && isLabelledAsBefore(engine, id)
      : !owned.has(outPathOf(index.urls.get(id) ?? ''))
    if (!misleadsNobody) return undefined
    looked.add(id)
  }
  return looked
}

/** A label holds the address. */
const isLabelledAsBefore = (engine: Engine, id: DocId): boolean =>
  engine.before(`meta:${id}`)?.hash('label') === engine.answers.ask(`label:${id}`)

/** Of who is there, where their links lead, and what there is in them to lead to. */
function documentsMark({ engine, isSameSite, index, bodies }: Moment): Answer {
  const before = engine.isSure ? engine.before('links') : undefined
  const areThere = (): boolean =>
    isSameSite ||
    (before?.part('count') === index.published.length &&
      [...bodies.made].every(([id, { ran }]) => !ran || isLabelledAsBefore(engine, id)))
  if (before && areThere() && areAsBefore(engine, bodies.made, ['targets', 'anchors']))
    return before.part('documents')
  const documents = index.published.map((id) => {
    const body = bodies.made.get(id)
    return body ? `${body.hash('targets')} ${body.hash('anchors')} ${index.urls.get(id)} ${id}` : id
  })
  return fingerprint(documents.join('\n'))
}

/** Ids of elements in documents by their address; read where a link asks for them. */
function anchorsOf({ index, bodies }: Moment): LinkTargets['anchorsAt'] {
  let ids: ReadonlyMap<Url, DocId> | undefined
  const known = new Map<Url, ReadonlySet<string> | undefined>()
  return (url) => {
    if (known.has(url)) return known.get(url)
    ids ??= new Map([...index.urls].map(([id, own]) => [own, id]))
    const body = bodies.made.get(ids.get(url) ?? '')
    const anchors = body && new Set(body.part<readonly string[]>('anchors'))
    known.set(url, anchors)
    return anchors
  }
}
