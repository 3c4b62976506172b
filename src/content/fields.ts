// The fields that a document may have, in every spelling that is read. One table: what is not in it is the author's own
// data and reaches templates untouched.
import { didYouMean } from '../errors.js'
import type { Json, JsonObject } from '../json.js'
import type { FieldPath, Source } from './source.js'

/** How a field's value is read; `field-schema.ts` says which values that are. */
export type FieldKind =
  | 'text'
  | 'list'
  | 'series'
  | 'addresses'
  | 'switch'
  | 'published'
  | 'math'
  | 'number'
  | 'date'
  | 'cover'
  | 'lang'
  | 'canonical'

export interface FieldSpec {
  /** Its spellings in lower case; the first is the name that messages use. */
  readonly names: readonly string[]
  readonly kind: FieldKind
  /** What it is for, in one sentence. */
  readonly about: string
}

const spec = (kind: FieldKind, names: string, about: string): FieldSpec => ({
  names: names.split(' '),
  kind,
  about,
})

/** Field → what may be written there. `published` is the opposite of `draft`. */
export const fieldSpecs = {
  title: spec('text', 'title', 'Title; without one the first heading is used.'),
  date: spec(
    'date',
    'date',
    'Day or moment of publication: 2024-12-31, or 2024-12-31 10:55 in the zone of the site.',
  ),
  updated: spec('date', 'updated lastmod modified last_modified_at', 'When it was changed last.'),
  slug: spec('text', 'slug', 'Last part of the address; without one the name of the file.'),
  permalink: spec(
    'text',
    'permalink url',
    'The whole address from the root, or a pattern such as /:year/:slug/.',
  ),
  aliases: spec('addresses', 'aliases alias', 'Former addresses, which lead to this document.'),
  tags: spec('list', 'tags tag', 'Tags, as a list or with commas between them.'),
  categories: spec('list', 'categories category', 'Categories, as a list or with commas between them.'),
  series: spec('series', 'series', 'The series that it belongs to.'),
  draft: spec('switch', 'draft', 'A draft is not published.'),
  published: spec('published', 'published', 'The opposite of draft.'),
  expires: spec('date', 'expires expirydate', 'From this day or moment on it is no longer published.'),
  unlisted: spec('switch', 'unlisted hidden', 'It has a page, and stands in no list, feed or sitemap.'),
  pinned: spec('switch', 'pinned', 'It stands first on the home page.'),
  description: spec('text', 'description', 'One or two sentences for search engines and cards.'),
  cover: spec(
    'cover',
    'cover',
    'Picture: a file beside the document, a path of the site, an address, or {image, alt}.',
  ),
  coverAlt: spec('text', 'coveralt cover_alt', 'What the cover shows, in words.'),
  lang: spec('lang', 'lang', 'Language of the document, such as zh-CN or en.'),
  layout: spec('text', 'layout', 'Template below layouts/, without .njk.'),
  toc: spec('switch', 'toc', 'Whether it has a table of contents.'),
  math: spec('math', 'math', 'Whether $…$ is a formula: true, false or auto.'),
  comments: spec('switch', 'comments', 'Whether comments stand below it.'),
  projects: spec('list', 'projects project', 'Slugs of the projects that it belongs to.'),
  canonical: spec('canonical', 'canonical', 'Whole address of the original, where this is a copy.'),
  weight: spec('number', 'weight', 'Order among pages and projects: the smallest first.'),
} as const satisfies Readonly<Record<string, FieldSpec>>

export type FieldName = keyof typeof fieldSpecs

const byName: ReadonlyMap<string, FieldName> = new Map(
  Object.entries(fieldSpecs).flatMap(([field, { names }]) =>
    // Object.entries widens the keys to string.
    names.map((name) => [name, field as FieldName] as const),
  ),
)

/** Names of other programs that look like a typo of ours and are none. */
const strangers: ReadonlySet<string> = new Set(
  (
    'path top type data text tap id key link links lines page pages image images author authors summary excerpt ' +
    'keywords keyword subtitle catalog sticky mathjax katex status language languages template templates name names ' +
    'publishdate pubdate linktitle outputs resources sitemap markup password photos style styles script scripts ' +
    'version order parent weights heading header footer menu menus icon color colour location source sources target ' +
    'rate rating note notes news math_engine theme series_order team day days time times dates updates update created publish ' +
    'code codes doc docs toc_max tip tips tasks stage project_url event events state states plugin plugins'
  ).split(' '),
)

/** Does a key, in any case, name a field? */
export function isKnownField(key: string): boolean {
  return byName.has(key.toLowerCase())
}

/** The field that an unknown key is a slip of (`tilte`, `ctegories`), or undefined. */
export function intendedField(key: string): string | undefined {
  const word = key.toLowerCase()
  if (word.length < 4 || strangers.has(word)) return undefined
  const meant = didYouMean(
    word,
    [...byName.keys()].filter((name) => name.length > 3),
  )
  // A single wrong first letter is more often another word than a slip: `date`/`rate`, `lang`/`bang`.
  return meant !== undefined && (meant[0] === word[0] || meant.length > 5 || meant[0] === word[1])
    ? meant
    : undefined
}

/** Front matter or a `_defaults.yml`: the nearest layer that has a field decides. */
export interface Layer {
  readonly source: Source
  readonly fields: JsonObject
}

/** A field's value and where it was found. */
export interface Value {
  readonly json: Json
  /** As the author spelled it. */
  readonly key: string
  readonly source: Source
  readonly path: FieldPath
  /** Which layer, 0 for the document itself. */
  readonly depth: number
}

export interface GatheredFields {
  readonly known: ReadonlyMap<FieldName, Value>
  /** Everything else, in the author's spelling, and where each value was found. */
  readonly data: JsonObject
  readonly own: ReadonlyMap<string, Value>
  /** A field written in two spellings in the document itself; the second is not used. */
  readonly duplicates: readonly { readonly used: string; readonly unused: string }[]
  /** Unknown keys of the document itself. */
  readonly unknown: readonly string[]
}

/**
 * Lays the layers over each other, nearest first, key by key. A key without a value (`tags:`) says nothing, so a
 * default stays; `[]`, `''` and `false` are values. Within one layer a field's own name goes before its other spellings.
 */
export function gatherFields(layers: readonly Layer[]): GatheredFields {
  const known = new Map<FieldName, Value>()
  const data: Record<string, Json> = {}
  const own = new Map<string, Value>()
  const duplicates: { used: string; unused: string }[] = []
  const unknown: string[] = []
  for (const [depth, { source, fields }] of layers.entries()) {
    const here = new Map<FieldName, Value>()
    for (const [key, json = null] of Object.entries(fields)) {
      const field = byName.get(key.toLowerCase())
      if (field === undefined) {
        if (depth === 0) unknown.push(key)
        if (!Object.hasOwn(data, key)) {
          data[key] = json
          own.set(key, { json, key, source, path: [key], depth })
        }
        continue
      }
      const value = { json, key, source, path: [key], depth }
      const other = here.get(field)
      const wins =
        !other || other.json === null || (json !== null && rank(field, key) < rank(field, other.key))
      if (wins) here.set(field, value)
      if (other && depth === 0 && other.json !== null && json !== null)
        duplicates.push(wins ? { used: key, unused: other.key } : { used: other.key, unused: key })
    }
    for (const [field, value] of here) {
      const nearer = known.get(field)
      if (!nearer || nearer.json === null) known.set(field, value)
    }
  }
  return { known, data, own, duplicates, unknown }
}

function rank(field: FieldName, key: string): number {
  const { names } = fieldSpecs[field]
  const at = names.indexOf(key.toLowerCase())
  // The exact spelling before the same word in capitals.
  return at * 2 + (key === key.toLowerCase() ? 0 : 1)
}
