// Links between documents, looked at when everything that exists is known. Which documents have a broken one is a step: it
// depends on where links lead, on what there is to lead to, and on nothing else. Only of those is it then asked which link,
// and where it stands.
import type { DocId, Url } from './content/types.js'
import { type Answer, fingerprint } from './engine/fingerprint.js'
import type { Problem } from './errors.js'
import { allTargets } from './markdown/link-targets.js'
import type { Link } from './markdown/types.js'
import type { Moment } from './moment.js'
import { checkLinks, type LinkTargets, whatIsWrong } from './output/check-links.js'
import { areAsBefore } from './unchanged.js'

/** One warning for each link to a page or anchor that does not exist. `paths`: of the whole output. */
export async function linkProblems(moment: Moment, paths: ReadonlySet<string>): Promise<Problem[]> {
  const { engine, index, metas, bodies, snapshot } = moment
  const targets: LinkTargets = { paths, anchorsAt: anchorsOf(moment) }
  const find = (): readonly DocId[] =>
    index.published.filter((id) => {
      const url = index.urls.get(id) ?? ''
      return bodies.targets(id).some((link) => whatIsWrong(link, url, targets) !== undefined)
    })
  const documents = documentsMark(moment)
  const version = fingerprint([documents, ...paths].join('\n'))
  const step = await engine.step('links', version, () => ({
    broken: find(),
    documents,
    targets: allTargets(bodies),
  }))
  const found = step.part<readonly DocId[]>('broken').flatMap((id) => {
    const meta = metas.get(id)
    const links = bodies.made.get(id)?.part<readonly Link[]>('links') ?? []
    return meta ? [{ file: meta.file, url: meta.url, links }] : []
  })
  return checkLinks({ ...targets, documents: found, text: (file) => snapshot.text(file) ?? '' })
}

/** Of who is there, where their links lead, and what there is in them to lead to. */
function documentsMark({ engine, isSameSite, index, bodies }: Moment): Answer {
  const before = isSameSite ? engine.before('links') : undefined
  if (before && areAsBefore(engine, bodies.made, ['targets', 'anchors'])) return before.part('documents')
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
