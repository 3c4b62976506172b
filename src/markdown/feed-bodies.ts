// One `feed:` step for each document that stands in some feed: its HTML as readers want it.
import type { SiteConfig } from '../config/types.js'
import type { DocId, Url } from '../content/types.js'
import { note } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import type { Bodies } from './bodies.js'
import { makeFeedHtml } from './feed.js'

export interface FeedBodiesSource {
  readonly engine: Engine
  readonly config: SiteConfig
  readonly urls: ReadonlyMap<DocId, Url>
  readonly bodies: Bodies
  /** Notes `demo:`; what a project's demo shows, in plain words. */
  readonly demoSummary: (slug: string) => string
}

export interface FeedBodies {
  /** What is made so far. */
  readonly made: ReadonlyMap<DocId, Step>
  /** Makes one, and its body before it; nothing for a document that is not published. */
  one(id: DocId): Promise<void>
}

export function openFeedBodies({ engine, config, urls, bodies, demoSummary }: FeedBodiesSource): FeedBodies {
  const made = new Map<DocId, Step>()
  const making = new Map<DocId, Promise<void>>()
  const make = async (id: DocId, url: Url): Promise<void> => {
    await bodies.one(id)
    const body = bodies.made.get(id)
    if (!body) return
    const run = async () => {
      note(`html:${id}`)
      note(`url:${id}`)
      const options = { url, baseUrl: config.baseUrl, summaryOf: demoSummary }
      return { html: await makeFeedHtml(body.part<string>('html'), options) }
    }
    made.set(id, await engine.step(`feed:${id}`, '', run))
  }
  return {
    made,
    async one(id) {
      const url = urls.get(id)
      if (url === undefined) return
      const one = making.get(id) ?? make(id, url)
      making.set(id, one)
      await one
    },
  }
}
