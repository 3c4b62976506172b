// One `feed:` step for each document that stands in some feed: its HTML as readers want it.
import type { SiteConfig } from '../config/types.js'
import type { DocId, Url } from '../content/types.js'
import { note } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import { makeFeedHtml } from './feed.js'

export interface FeedBodiesSource {
  readonly engine: Engine
  readonly config: SiteConfig
  readonly urls: ReadonlyMap<DocId, Url>
  readonly bodies: ReadonlyMap<DocId, Step>
  /** Documents of all feeds; each is made once. */
  readonly ids: Iterable<DocId>
}

export async function makeFeedBodies({
  engine,
  config,
  urls,
  bodies,
  ids,
}: FeedBodiesSource): Promise<Map<DocId, Step>> {
  const steps = new Map<DocId, Step>()
  for (const id of [...new Set(ids)].sort()) {
    const body = bodies.get(id)
    const url = urls.get(id)
    if (!body || url === undefined) continue
    const run = () => {
      note(`html:${id}`)
      note(`url:${id}`)
      return { html: makeFeedHtml(body.part<string>('html'), { url, baseUrl: config.baseUrl }) }
    }
    steps.set(id, await engine.step(`feed:${id}`, '', run))
  }
  return steps
}
