// One document as templates see it: every property an own, enumerable one, as `views.ts` demands, that notes its question.
// What is noted is what is shown: title, address and date are one question, the whole front matter another, each part of
// the body its own. A list shows thousands of documents and a few properties of each: an object with forty getters of its
// own would cost a hundred times what this does.
import type { DocId, Label, Listed, Meta } from '../content/types.js'
import { note, type Question } from '../engine/reads.js'
import { hrefOf } from '../urls.js'
import type { PostView, TermRef, ViewSource } from './types.js'

/** What is asked of who shows a document's title, address or date. */
export const labelOf = (id: DocId): Question => `label:${id}`

/** What the properties of a view are read from. */
class Viewed {
  readonly id: string
  readonly source: ViewSource
  readonly #listed: Listed
  readonly #label: Question
  readonly #whole: Question

  constructor(listed: Listed, source: ViewSource) {
    this.id = listed.id
    this.source = source
    this.#listed = listed
    this.#label = labelOf(listed.id)
    this.#whole = `meta:${listed.id}`
  }

  label(): Label {
    note(this.#label)
    return this.#listed
  }

  read(): Meta {
    note(this.#whole)
    // Who is listed has a Meta.
    return this.source.metas.get(this.id)!
  }

  get basePath(): string {
    return this.source.index.config.basePath
  }

  terms(of: 'tags' | 'categories') {
    // What the query `terms` yields.
    const terms = this.source.query('terms', this.id) as unknown as Record<typeof of, readonly TermRef[]>
    return terms[of].map((term) => ({ ...term, href: hrefOf(term.url, this.basePath) }))
  }
}

const properties: { readonly [Name in keyof PostView]: (view: Viewed) => PostView[Name] } = {
  id: (view) => view.label().id,
  kind: (view) => view.label().kind,
  section: (view) => view.label().section,
  file: (view) => view.label().file,
  title: (view) => view.label().title,
  slug: (view) => view.label().slug,
  url: (view) => view.label().url,
  href: (view) => hrefOf(view.label().url, view.basePath),
  date: (view) => view.label().date,
  updated: (view) => view.read().updated,
  expires: (view) => view.read().expires,
  tags: (view) => view.read().tags,
  categories: (view) => view.read().categories,
  series: (view) => view.read().series,
  draft: (view) => view.read().draft,
  unlisted: (view) => view.read().unlisted,
  pinned: (view) => view.read().pinned,
  description: (view) => view.read().description,
  cover: (view) => view.read().cover,
  coverAlt: (view) => view.read().coverAlt,
  lang: (view) => view.label().lang,
  layout: (view) => view.read().layout,
  math: (view) => view.read().math,
  comments: (view) => view.read().comments,
  projects: (view) => view.read().projects,
  canonical: (view) => view.read().canonical,
  weight: (view) => view.read().weight,
  aliases: (view) => view.read().aliases,
  data: (view) => view.read().data,
  html: (view) => view.source.bodies.html(view.id),
  excerpt: (view) => view.source.bodies.excerpt(view.id).html,
  more: (view) => view.source.bodies.excerpt(view.id).more,
  toc: (view) => (view.read().toc ? view.source.bodies.toc(view.id) : []),
  text: (view) => view.source.bodies.text(view.id),
  words: (view) => view.source.bodies.facts(view.id).words,
  minutes: (view) => view.source.bodies.facts(view.id).minutes,
  hasMath: (view) => view.source.bodies.facts(view.id).hasMath,
  hasCode: (view) => view.source.bodies.facts(view.id).hasCode,
  hasDiagrams: (view) => view.source.bodies.facts(view.id).hasDiagrams,
  hasEmbeds: (view) => view.source.bodies.facts(view.id).hasEmbeds,
  image: (view) => view.source.bodies.facts(view.id).image,
  feedHtml: (view) => view.source.bodies.feedHtml(view.id),
  status: (view) => view.source.query('status', view.id) as PostView['status'], // what the query `status` yields
  tagLinks: (view) => view.terms('tags'),
  categoryLinks: (view) => view.terms('categories'),
}

const names = Object.keys(properties)
const readers = new Map<string | symbol, (view: Viewed) => unknown>(Object.entries(properties))

const handler: ProxyHandler<Viewed> = {
  get(view, name) {
    const read = readers.get(name)
    return read ? read(view) : Reflect.get(Object.prototype, name)
  },
  has: (_, name) => readers.has(name) || name in Object.prototype,
  ownKeys: () => names,
  getOwnPropertyDescriptor(view, name) {
    const read = readers.get(name)
    return read && { get: () => read(view), enumerable: true, configurable: true }
  },
  getPrototypeOf: () => Object.prototype,
  // Nobody can change it.
  set: () => false,
  defineProperty: () => false,
  deleteProperty: () => false,
  setPrototypeOf: () => false,
  preventExtensions: () => false,
}

/** The view of a published document. */
export function makePostView(listed: Listed, source: ViewSource): PostView {
  // The table above has every property of a view.
  return new Proxy(new Viewed(listed, source), handler) as unknown as PostView
}
