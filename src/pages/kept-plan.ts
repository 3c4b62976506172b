// The plan as it is kept for the next build. A page is an address, who planned it and a version, in columns; its props,
// which only a page that is made again wants, are a line of their own each.
import type { DocId, Url } from '../content/types.js'
import { viewOf } from '../engine/bytes.js'
import type { Answer } from '../engine/fingerprint.js'
import { keptVersion, type Page, type PageProps, type PageVersions, textOfProps, versionOf } from './page.js'
import { writers } from './plan.js'

/** Plain data, a row for each page. */
export interface PlanColumns {
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

/** Pages of ours; what a plugin would write cannot be kept. */
export function keptPlanOf(pages: readonly Page[], versions: PageVersions): KeptPlan {
  const lines = pages.map(textOfProps)
  const starts = [0]
  for (const line of lines) starts.push(starts.at(-1)! + Buffer.byteLength(line))
  const columns: PlanColumns = {
    urls: pages.map(({ url }) => url),
    by: pages.map(({ by }) => by),
    from: pages.map(({ from = '' }) => from),
    make: pages.map(({ make }) => ('template' in make ? templated + make.template : make.name)),
    versions: pages.map((page, row) => versionOf(page, versions, lines[row])),
    starts,
  }
  return { columns, props: () => Buffer.from(lines.join('')) }
}

/** The pages that `keptPlanOf` was given, each with its version. */
export function pagesOfKept({ columns, props }: KeptPlan): Page[] {
  let read: Buffer | undefined
  const lines = (): Buffer => {
    read ??= viewOf(props())
    return read
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
  return columns.urls.map((_, row) => new KeptPage(columns, lines, row, makeOf(columns.make[row]!)))
}

class KeptPage implements Page {
  readonly url: Url
  readonly by: string
  declare readonly from?: DocId
  readonly make: Page['make']
  readonly [keptVersion]: Answer
  readonly #lines: () => Buffer
  readonly #start: number
  readonly #end: number
  #props: PageProps | undefined

  constructor(columns: PlanColumns, lines: () => Buffer, row: number, make: Page['make']) {
    const { urls, by, from, versions, starts } = columns
    this.url = urls[row]!
    this.by = by[row]!
    if (from[row]) this.from = from[row]
    this.make = make
    this[keptVersion] = versions[row]!
    this.#lines = lines
    this.#start = starts[row]!
    this.#end = starts[row + 1]!
  }

  get props(): PageProps {
    // As it was written above.
    this.#props ??= JSON.parse(this.#lines().toString('utf8', this.#start, this.#end)) as PageProps
    return this.#props
  }
}
