// One document as templates see it. An object literal's getters are own and enumerable, as `views.ts` demands, and
// cost a tenth of defined ones. What a getter notes is what it shows: the front matter is one question, each part
// of the body its own.
import type { Meta } from '../content/types.js'
import { note } from '../engine/reads.js'
import { hrefOf } from '../urls.js'
import type { PostView, TermRef, ViewSource } from './types.js'

/** The view of a published document. */
export function makePostView(meta: Meta, { index, bodies, query }: ViewSource): PostView {
  const { id } = meta
  const { basePath } = index.config
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
      return read().id
    },
    get kind() {
      return read().kind
    },
    get section() {
      return read().section
    },
    get file() {
      return read().file
    },
    get title() {
      return read().title
    },
    get slug() {
      return read().slug
    },
    get url() {
      return read().url
    },
    get href() {
      return hrefOf(read().url, basePath)
    },
    get date() {
      return read().date
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
      return read().lang
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
