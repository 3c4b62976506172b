// One page for each published document: posts, plain pages and projects, each with its own template. Its title is looked up
// when it is made: who writes another moves nothing.
import type { SiteConfig } from '../config/types.js'
import type { DocId, Kind, Place, Url } from '../content/types.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import type { Index } from '../site/types.js'
import { siteFeeds } from './feed-links.js'
import { keptVersion, type OwnPagesOf, type Page, type PageProps } from './page.js'
import { templatedPage } from './templated.js'

/** What a document's page depends on beside the document: ten thousand of them have few. A type and no interface: so it is JSON. */
export type Shape = {
  readonly template: string
  readonly kind: Kind
  readonly noindex: boolean
}

/** A shape in this site. */
interface Shaped {
  readonly shape: Shape
  readonly make: Page['make']
  readonly version: Answer
  props(id: DocId): PageProps
}

const by = 'posts'

/** Planned, it is no more than a document, an address and a shape. */
export class DocumentPage implements Page {
  readonly by = by
  readonly url: Url
  readonly from: DocId
  readonly #shaped: Shaped
  #props: PageProps | undefined

  constructor(url: Url, from: DocId, shaped: Shaped) {
    this.url = url
    this.from = from
    this.#shaped = shaped
  }

  get shape(): Shape {
    return this.#shaped.shape
  }

  get make(): Page['make'] {
    return this.#shaped.make
  }

  get props(): PageProps {
    this.#props ??= this.#shaped.props(this.from)
    return this.#props
  }

  get [keptVersion](): Answer {
    return `${this.#shaped.version} ${this.from}`
  }
}

const keyOfShape = ({ template, kind, noindex }: Shape): string => `${kind} ${noindex} ${template}`

/** Makes pages of documents; those of one shape share what follows from it. */
export function documentPages(config: SiteConfig): (url: Url, id: DocId, shape: Shape) => DocumentPage {
  const feeds = siteFeeds(config)
  const known = new Map<string, Shaped>()
  const make = (shape: Shape): Shaped => {
    const props = (id: DocId): PageProps => templatedPage({ url: '', by, ...shape, feeds }, { id }).props
    const version = fingerprint(JSON.stringify([by, shape.template, props('')]))
    return { shape, make: { template: shape.template }, version, props }
  }
  return (url, id, shape) => {
    const key = keyOfShape(shape)
    const shaped = known.get(key) ?? make(shape)
    known.set(key, shaped)
    return new DocumentPage(url, id, shaped)
  }
}

/** Not for search engines: what is unlisted or only a preview, and what its author says so of. */
function isNoindex(meta: Place, index: Index): boolean {
  const robots = meta.data['robots']
  return (
    meta.unlisted ||
    index.marked.has(meta.id) ||
    meta.data['noindex'] === true ||
    (typeof robots === 'string' && /\bnoindex\b/i.test(robots))
  )
}

export const postPages: OwnPagesOf = (index, places) => {
  const page = documentPages(index.config)
  return index.published.flatMap((id) => {
    const meta = places.get(id)
    if (!meta) return []
    const { url, kind, layout } = meta
    return page(url, id, { template: layout, kind, noindex: isNoindex(meta, index) })
  })
}
