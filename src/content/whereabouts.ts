// Where a document will stand: its slug, its address and its former addresses. Front matter goes before patterns,
// the pattern of the document's own section before the default.
import type { SiteConfig } from '../config/types.js'
import type { Problem } from '../errors.js'
import { type Address, isRefusal, readAddress, readSegment } from './address.js'
import type { DocPath } from './doc-path.js'
import type { Value } from './fields.js'
import { nameIn } from './names.js'
import { fillPattern, findUnknownToken, isPattern, needsDate } from './permalink.js'
import { segmentOf } from './slug.js'
import { problemOf, type Source } from './source.js'
import type { IsoDate, Url } from './types.js'
import { partOf, problemWith, type Report, readText } from './values.js'

/** Patterns for each kind where the configuration names none. */
const defaultPatterns = {
  post: '/:year/:month/:day/:slug/',
  page: '/:sections/:slug/',
  project: '/projects/:slug/',
} as const
/** For a document without the date that its pattern asks for. */
const undatedPatterns = { ...defaultPatterns, post: '/:section/:slug/' } as const

/** The slug: front matter, else the file's name (a bundle's folder) without date. Null with a Problem if refused. */
export function readSlug(
  value: Value | undefined,
  place: DocPath,
  { slugs }: SiteConfig,
  report: Report,
): string | null {
  const typed = readText(value, report)
  if (!value || typed === '') return segmentOf(nameIn(slugs, place.slug))
  const slug = readSegment(typed)
  if (!isRefusal(slug)) return slug.segment
  report(problemWith(value, { code: 'meta/bad-slug', what: `slug is refused: ${slug.what}`, fix: slug.fix }))
  return null
}

export interface AddressQuestion {
  readonly place: DocPath
  readonly date: IsoDate | null
  readonly title: string
  readonly slug: string
  readonly permalink: Value | undefined
  readonly source: Source
  readonly config: SiteConfig
}

/** The document's address, or null with a Problem. */
export function readUrl(question: AddressQuestion, report: Report): Url | null {
  const { permalink, source } = question
  const typed = readText(permalink, report)
  if (permalink && typed !== '') {
    const address = isPattern(typed) ? fill(typed, question) : readAddress(typed)
    if (!isRefusal(address)) return address.url
    const code =
      isPattern(typed) && findUnknownToken(typed) ? 'permalink/unknown-token' : 'meta/bad-permalink'
    report(
      problemWith(permalink, {
        code,
        what: `${permalink.key} is refused: ${address.what}`,
        fix: address.fix,
      }),
    )
    return null
  }
  const [name, pattern] = patternOf(question)
  const address = fill(pattern, question)
  if (!isRefusal(address)) return address.url
  report(patternProblem(source, question, name, pattern, address))
  return null
}

function fill(pattern: string, { place, date, title, slug, config }: AddressQuestion): Address {
  const fitting = date === null && needsDate(pattern) ? undatedPatterns[place.kind] : pattern
  if (slug === '' && /:(?:slug|title)/i.test(fitting))
    return { what: 'the file name leaves no word for an address', fix: 'add a field slug: my-post' }
  const name = (text: string): string => nameIn(config.slugs, text)
  const folders = place.folders.map(name)
  return fillPattern(fitting, { date, title: name(title), slug, filename: name(place.filename), folders })
}

/** The section's own name first, then its twin: `posts` covers `post` and the other way round. */
function patternOf({ place, config }: AddressQuestion): readonly [string, string] {
  const own = place.folders[0] ?? place.section
  const twin = own === 'post' ? 'posts' : own === 'posts' ? 'post' : own
  for (const name of [own, twin]) {
    const pattern = Object.hasOwn(config.permalinks, name) ? config.permalinks[name] : undefined
    if (pattern !== undefined && pattern !== '' && !(place.bundle && place.folders.length === 0))
      return [`permalinks.${name}`, pattern]
  }
  return ['', defaultPatterns[place.kind]]
}

function patternProblem(
  source: Source,
  { place }: AddressQuestion,
  name: string,
  pattern: string,
  { what, fix }: { readonly what: string; readonly fix: string },
): Problem {
  const unknown = findUnknownToken(pattern)
  return problemOf(source, [], {
    code: unknown ? 'permalink/unknown-token' : 'meta/bad-permalink',
    what: unknown ? `${name} is refused: ${what}` : `no address can be made: ${what}`,
    found: unknown ? unknown.token : place.filename,
    fix: unknown ? fix : `${fix.replace(/^choose/, 'add a field slug, or choose')}`,
  })
}

/** Former addresses: one or a list, in normal form, without repetitions and without the present one. */
export function readAliases(value: Value | undefined, url: Url, report: Report): Url[] {
  if (!value || value.json === null) return []
  const items = Array.isArray(value.json)
    ? value.json.map((json, index) => partOf(value, index, json))
    : [value]
  const aliases = new Set<Url>()
  for (const item of items) {
    const typed = readText(item, report)
    if (typed === '') continue
    const address = readAddress(typed)
    if (!isRefusal(address)) aliases.add(address.url)
    else
      report(
        problemWith(item, {
          code: 'meta/bad-alias',
          what: `an alias is refused: ${address.what}`,
          fix: address.fix,
        }),
      )
  }
  aliases.delete(url)
  return [...aliases]
}
