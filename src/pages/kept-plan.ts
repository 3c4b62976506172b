// The plan as it is kept for the next build. A page is an address, who planned it and a version, in columns; its props,
// which only a page that is made again wants, are a line of their own each.
import type { DocId, Url } from '../content/types.js'
import { type Page, type PageProps, type PageVersions, textOfProps, versionOf } from './page.js'
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
  /** UTF-8, JSON. */
  readonly props: Uint8Array
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
  return { columns, props: Buffer.from(lines.join('')) }
}

/** The pages that `keptPlanOf` was given, each with its version. */
export function pagesOfKept({ columns, props }: KeptPlan, versions: PageVersions): Page[] {
  const lines = Buffer.from(props.buffer, props.byteOffset, props.byteLength)
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
  return columns.urls.map((url, row) => {
    let parsed: PageProps | undefined
    const from = columns.from[row]
    const page: Page = {
      url,
      by: columns.by[row]!,
      ...(from && { from }),
      get props(): PageProps {
        // As it was written above.
        parsed ??= JSON.parse(
          lines.toString('utf8', columns.starts[row], columns.starts[row + 1]),
        ) as PageProps
        return parsed
      },
      make: makeOf(columns.make[row]!),
    }
    versions.known.set(page, columns.versions[row]!)
    return page
  })
}
