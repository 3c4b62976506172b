// The fields that a document may have, in every spelling that is read. One table: what is not in it is the author's own
// data and reaches templates untouched.
import { didYouMean } from '../errors.js'
import type { Json, JsonObject } from '../json.js'
import type { FieldPath, Source } from './source.js'

/** Field → its spellings in lower case; the first is the name that messages use. `published` is the opposite of `draft`. */
const spellings = {
  title: ['title'],
  date: ['date'],
  updated: ['updated', 'lastmod', 'modified', 'last_modified_at'],
  slug: ['slug'],
  permalink: ['permalink', 'url'],
  aliases: ['aliases', 'alias'],
  tags: ['tags', 'tag'],
  categories: ['categories', 'category'],
  series: ['series'],
  draft: ['draft'],
  published: ['published'],
  expires: ['expires', 'expirydate'],
  unlisted: ['unlisted', 'hidden'],
  pinned: ['pinned'],
  description: ['description'],
  cover: ['cover'],
  coverAlt: ['coveralt', 'cover_alt'],
  lang: ['lang'],
  layout: ['layout'],
  toc: ['toc'],
  math: ['math'],
  comments: ['comments'],
  projects: ['projects', 'project'],
  canonical: ['canonical'],
  weight: ['weight'],
} as const

export type FieldName = keyof typeof spellings

const byName: ReadonlyMap<string, FieldName> = new Map(
  Object.entries(spellings).flatMap(([field, names]) =>
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
  /** Everything else, in the author's spelling. */
  readonly data: JsonObject
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
  const duplicates: { used: string; unused: string }[] = []
  const unknown: string[] = []
  for (const [depth, { source, fields }] of layers.entries()) {
    const here = new Map<FieldName, Value>()
    for (const [key, json = null] of Object.entries(fields)) {
      const field = byName.get(key.toLowerCase())
      if (field === undefined) {
        if (depth === 0) unknown.push(key)
        if (!Object.hasOwn(data, key)) data[key] = json
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
  return { known, data, duplicates, unknown }
}

function rank(field: FieldName, key: string): number {
  const names: readonly string[] = spellings[field]
  const at = names.indexOf(key.toLowerCase())
  // The exact spelling before the same word in capitals.
  return at * 2 + (key === key.toLowerCase() ? 0 : 1)
}
