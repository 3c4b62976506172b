// The plan as it is kept for the next build. A page of a document is the number of its shape. Any other is an address, who
// planned it and a version, in columns; its props, which only a page that is made again wants, are a line of their own each.
import type { DocId, Url } from '../content/types.js'
import { viewOf } from '../engine/bytes.js'
import type { Answer } from '../engine/fingerprint.js'
import type { Index } from '../site/types.js'
import { packIds, unpackIds } from './kept-props.js'
import { keptVersion, type Page, type PageProps, type PageVersions, versionOf } from './page.js'
import { writers } from './plan.js'
import { DocumentPage, documentPages, type Shape } from './posts.js'

/** Plain data: pages of documents, in the order of `published`, then a row for each other page. */
export interface PlanColumns {
  readonly shapes: readonly Shape[]
  /** By their numbers in `shapes`. */
  readonly documents: readonly number[]
  readonly urls: readonly Url[]
  readonly by: readonly string[]
  /** '' for none. */
  readonly from: readonly DocId[]
  /** `template:NAME`, or the name of a writer. */
  readonly make: readonly string[]
  readonly versions: readonly string[]
  /** Where the line of each begins, in bytes, and where the last ends. */
  readonly starts: readonly number[]
}

export interface KeptPlan {
  readonly columns: PlanColumns
  /** UTF-8, JSON; read when the first page is made again. */
  readonly props: () => Uint8Array
}

const templated = 'template:'

/** Pages of ours; what a plugin would write cannot be kept. `published`: of their Index. */
export function keptPlanOf(
  pages: readonly Page[],
  { published }: Pick<Index, 'published'>,
  versions: PageVersions,
): KeptPlan {
  // Pages of one shape share it.
  const shapes = new Map<Shape, number>()
  const documents: number[] = []
  const others: Page[] = []
  for (const page of pages) {
    if (!(page instanceof DocumentPage)) {
      others.push(page)
      continue
    }
    const number = shapes.get(page.shape) ?? shapes.size
    shapes.set(page.shape, number)
    documents.push(number)
  }
  const pack = packIds(published)
  const lines = others.map(({ props }) => JSON.stringify(pack(props)))
  const starts = [0]
  for (const line of lines) starts.push(starts.at(-1)! + Buffer.byteLength(line))
  const columns: PlanColumns = {
    shapes: [...shapes.keys()],
    documents,
    urls: others.map(({ url }) => url),
    by: others.map(({ by }) => by),
    from: others.map(({ from = '' }) => from),
    make: others.map(({ make }) => ('template' in make ? templated + make.template : make.name)),
    versions: others.map((page) => versionOf(page, versions)),
    starts,
  }
  return { columns, props: () => Buffer.from(lines.join('')) }
}

/** The pages that `keptPlanOf` was given, each with its version. `index`: that of then. */
export function pagesOfKept({ columns, props }: KeptPlan, index: Index): Page[] {
  const { published, urls, config } = index
  const { shapes, documents } = columns
  const page = documentPages(config)
  const pages: Page[] = documents.map((shape, place) => {
    const id = published[place]!
    return page(urls.get(id)!, id, shapes[shape]!)
  })
  let read: Buffer | undefined
  const line = (row: number): PageProps => {
    read ??= viewOf(props())
    const text = read.toString('utf8', columns.starts[row], columns.starts[row + 1])
    // As it was written above.
    return unpackIds(JSON.parse(text) as PageProps, published) as PageProps
  }
  const makes = new Map<string, Page['make']>()
  const makeOf = (name: string): Page['make'] => {
    const known = makes.get(name)
    if (known) return known
    const make = name.startsWith(templated)
      ? { template: name.slice(templated.length) }
      : { name, write: writers[name]! }
    makes.set(name, make)
    return make
  }
  for (const [row, make] of columns.make.entries()) pages.push(new KeptPage(columns, row, makeOf(make), line))
  return pages
}

class KeptPage implements Page {
  readonly url: Url
  readonly by: string
  declare readonly from?: DocId
  readonly make: Page['make']
  readonly [keptVersion]: Answer
  readonly #row: number
  readonly #line: (row: number) => PageProps
  #props: PageProps | undefined

  constructor(columns: PlanColumns, row: number, make: Page['make'], line: (row: number) => PageProps) {
    const { urls, by, from, versions } = columns
    this.url = urls[row]!
    this.by = by[row]!
    if (from[row]) this.from = from[row]
    this.make = make
    this[keptVersion] = versions[row]!
    this.#row = row
    this.#line = line
  }

  get props(): PageProps {
    this.#props ??= this.#line(this.#row)
    return this.#props
  }
}
