// What all documents have of a Meta that is listed, in columns: ten thousand rows of plain data, read in one piece.
import type { DocId, Listed } from './types.js'

type Field = Exclude<keyof Listed, 'id'>

/** A value for each row, or what most rows have and the others. */
type Column<T> =
  | readonly T[]
  | { readonly usual: T; readonly but: readonly (readonly [row: number, value: T])[] }

/** Plain data, a row for each document. */
export interface Columns {
  readonly ids: readonly DocId[]
  readonly fields: { readonly [Name in Field]: Column<Listed[Name]> }
}

/** Stands for the file of a document whose id says where it is. */
const usualFile = ''
const fileOf = (id: DocId): string => `content/${id}`

export function columnsOf(documents: Iterable<Listed>): Columns {
  const ids: DocId[] = []
  const all: { readonly [Name in Field]: Listed[Name][] } = {
    kind: [],
    section: [],
    file: [],
    title: [],
    slug: [],
    url: [],
    date: [],
    updated: [],
    expires: [],
    tags: [],
    categories: [],
    series: [],
    draft: [],
    unlisted: [],
    pinned: [],
    cover: [],
    lang: [],
    layout: [],
    math: [],
    canonical: [],
    weight: [],
    aliases: [],
    bundle: [],
    data: [],
  }
  // Field by field: in a loop over their names it would take three times as long.
  for (const document of documents) {
    const { id, file } = document
    ids.push(id)
    all.kind.push(document.kind)
    all.section.push(document.section)
    all.file.push(file === fileOf(id) ? usualFile : file)
    all.title.push(document.title)
    all.slug.push(document.slug)
    all.url.push(document.url)
    all.date.push(document.date)
    all.updated.push(document.updated)
    all.expires.push(document.expires)
    all.tags.push(document.tags)
    all.categories.push(document.categories)
    all.series.push(document.series)
    all.draft.push(document.draft)
    all.unlisted.push(document.unlisted)
    all.pinned.push(document.pinned)
    all.cover.push(document.cover)
    all.lang.push(document.lang)
    all.layout.push(document.layout)
    all.math.push(document.math)
    all.canonical.push(document.canonical)
    all.weight.push(document.weight)
    all.aliases.push(document.aliases)
    all.bundle.push(document.bundle)
    all.data.push(document.data)
  }
  return {
    ids,
    fields: {
      kind: columnOf(all.kind),
      section: columnOf(all.section),
      file: columnOf(all.file),
      title: columnOf(all.title),
      slug: columnOf(all.slug),
      url: columnOf(all.url),
      date: columnOf(all.date),
      updated: columnOf(all.updated),
      expires: columnOf(all.expires),
      tags: columnOf(all.tags),
      categories: columnOf(all.categories),
      series: columnOf(all.series),
      draft: columnOf(all.draft),
      unlisted: columnOf(all.unlisted),
      pinned: columnOf(all.pinned),
      cover: columnOf(all.cover),
      lang: columnOf(all.lang),
      layout: columnOf(all.layout),
      math: columnOf(all.math),
      canonical: columnOf(all.canonical),
      weight: columnOf(all.weight),
      aliases: columnOf(all.aliases),
      bundle: columnOf(all.bundle),
      data: columnOf(all.data),
    },
  }
}

/** Reads rows of what `columnsOf` made. */
export function rowsOf({ ids, fields }: Columns): (row: number) => Listed {
  const all = <Name extends Field>(name: Name) => valuesOf(fields[name], ids.length)
  const [kind, section, file, title] = [all('kind'), all('section'), all('file'), all('title')]
  const [slug, url, lang, layout] = [all('slug'), all('url'), all('lang'), all('layout')]
  const [date, updated, expires, weight] = [all('date'), all('updated'), all('expires'), all('weight')]
  const [tags, categories, series] = [all('tags'), all('categories'), all('series')]
  const [draft, unlisted, pinned, bundle] = [all('draft'), all('unlisted'), all('pinned'), all('bundle')]
  const [cover, math, canonical] = [all('cover'), all('math'), all('canonical')]
  const [aliases, data] = [all('aliases'), all('data')]
  return (row) => {
    const id = ids[row]!
    return {
      id,
      kind: kind[row]!,
      section: section[row]!,
      file: file[row] === usualFile ? fileOf(id) : file[row]!,
      title: title[row]!,
      slug: slug[row]!,
      url: url[row]!,
      date: date[row]!,
      updated: updated[row]!,
      expires: expires[row]!,
      tags: tags[row]!,
      categories: categories[row]!,
      series: series[row]!,
      draft: draft[row]!,
      unlisted: unlisted[row]!,
      pinned: pinned[row]!,
      cover: cover[row]!,
      lang: lang[row]!,
      layout: layout[row]!,
      math: math[row]!,
      canonical: canonical[row]!,
      weight: weight[row]!,
      aliases: aliases[row]!,
      bundle: bundle[row]!,
      data: data[row]!,
    }
  }
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false
  return true
}

/** Equal for certain: what is cheap to compare. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length + b.length === 0
  return !Array.isArray(b) && isEmpty(a) && isEmpty(b)
}

function columnOf<T>(values: readonly T[]): Column<T> {
  const usual = values[0]
  if (usual === undefined) return values
  const but: [number, T][] = []
  for (let row = 1; row < values.length; row++) {
    const value = values[row]!
    if (isSame(value, usual)) continue
    but.push([row, value])
    if (but.length * 2 > values.length) return values
  }
  return { usual, but }
}

function valuesOf<T>(column: Column<T>, count: number): readonly T[] {
  if (!('usual' in column)) return column
  const values = Array<T>(count).fill(column.usual)
  for (const [row, value] of column.but) values[row] = value
  return values
}
