// One document as templates see it. An object literal's getters are own and enumerable, as `views.ts` demands, and
// cost a tenth of defined ones. What a getter notes is what it shows: title, address and date are one question, the
// whole front matter another, each part of the body its own.
import type { Label, Meta } from '../content/types.js'
import { note } from '../engine/reads.js'
import { hrefOf } from '../urls.js'
import type { PostView, TermRef, ViewSource } from './types.js'

/** The view of a published document. */
export function makePostView(meta: Meta, { index, bodies, query }: ViewSource): PostView {
  const { id } = meta
  const { basePath } = index.config
  const labelQuestion = `label:${id}`
  const label = (): Label => {
    note(labelQuestion)
    return meta
  }
  const question = `meta:${id}`
  const read = (): Meta => {
    note(question)
    return meta
  }
  const terms = (of: 'tags' | 'categories') =>
    // What the query `terms` yields.
    (query('terms', id) as unknown as Record<typeof of, readonly TermRef[]>)[of].map((term) => ({
      ...term,
      href: hrefOf(term.url, basePath),
    }))
  return Object.freeze({
    get id() {
      return label().id
    },
    get kind() {
      return label().kind
    },
    get section() {
      return label().section
    },
    get file() {
      return label().file
    },
    get title() {
      return label().title
    },
    get slug() {
      return label().slug
    },
    get url() {
      return label().url
    },
    get href() {
      return hrefOf(label().url, basePath)
    },
    get date() {
      return label().date
    },
    get updated() {
      return read().updated
    },
    get expires() {
      return read().expires
    },
    get tags() {
      return read().tags
    },
    get categories() {
      return read().categories
    },
    get series() {
      return read().series
    },
    get draft() {
      return read().draft
    },
    get unlisted() {
      return read().unlisted
    },
    get pinned() {
      return read().pinned
    },
    get description() {
      return read().description
    },
    get cover() {
      return read().cover
    },
    get coverAlt() {
      return read().coverAlt
    },
    get lang() {
      return label().lang
    },
    get layout() {
      return read().layout
    },
    get math() {
      return read().math
    },
    get comments() {
      return read().comments
    },
    get projects() {
      return read().projects
    },
    get canonical() {
      return read().canonical
    },
    get weight() {
      return read().weight
    },
    get aliases() {
      return read().aliases
    },
    get data() {
      return read().data
    },
    get html() {
      return bodies.html(id)
    },
    get excerpt() {
      return bodies.excerpt(id).html
    },
    get more() {
      return bodies.excerpt(id).more
    },
    get toc() {
      return read().toc ? bodies.toc(id) : []
    },
    get text() {
      return bodies.text(id)
    },
    get words() {
      return bodies.facts(id).words
    },
    get minutes() {
      return bodies.facts(id).minutes
    },
    get hasMath() {
      return bodies.facts(id).hasMath
    },
    get hasCode() {
      return bodies.facts(id).hasCode
    },
    get hasDiagrams() {
      return bodies.facts(id).hasDiagrams
    },
    get hasEmbeds() {
      return bodies.facts(id).hasEmbeds
    },
    get image() {
      return bodies.facts(id).image
    },
    get feedHtml() {
      return bodies.feedHtml(id)
    },
    get status() {
      return query('status', id) as PostView['status'] // what the query `status` yields
    },
    get tagLinks() {
      return terms('tags')
    },
    get categoryLinks() {
      return terms('categories')
    },
  })
}
