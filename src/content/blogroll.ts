// `data/blogroll.yml` (or .json, .toml, .csv): the blogs that the author reads, as a page and as OPML. A data file like
// any other, but one whose form is known, so that a mistake in it has a place.
import { didYouMean, type Problem } from '../errors.js'
import type { Json, JsonObject } from '../json.js'
import { isObject } from './plain.js'
import { problemOf, type Source, typedText } from './source.js'

/** The name of the data file, without its ending. */
export const blogrollName = 'blogroll'

/** One blog; '' for what is not said. */
export interface Blog {
  readonly title: string
  /** The page for people, and the feed for readers; absolute, one of the two may be missing. */
  readonly url: string
  readonly feed: string
  readonly description: string
}

/** Blogs under one heading, '' for those under none; in the order in which the file names them first. */
export interface BlogGroup {
  readonly name: string
  readonly blogs: readonly Blog[]
}

const fields = ['title', 'url', 'feed', 'description', 'group'] as const
type Field = (typeof fields)[number]

const textOf = (entry: JsonObject, field: Field): string => {
  const value = entry[field]
  return typeof value === 'string' ? value.trim() : ''
}

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text)

/** The groups of a file without problems; [] for anything else. */
export function readBlogroll(value: Json | undefined): readonly BlogGroup[] {
  const groups = new Map<string, Blog[]>()
  for (const entry of Array.isArray(value) ? value : []) {
    if (!isObject(entry)) continue
    const name = textOf(entry, 'group')
    const blogs = groups.get(name) ?? []
    groups.set(name, blogs)
    blogs.push({
      title: textOf(entry, 'title'),
      url: textOf(entry, 'url'),
      feed: textOf(entry, 'feed'),
      description: textOf(entry, 'description'),
    })
  }
  return [...groups].map(([name, blogs]) => ({ name, blogs }))
}

/** Everything that is wrong with the file, each at its field. */
export function checkBlogroll(source: Source, value: Json): readonly Problem[] {
  if (!Array.isArray(value))
    return [
      problemOf(source, [], {
        code: 'data/blogroll',
        what: 'the blogroll is no list',
        expected: ['- title: …', '  url: https://…', '  feed: https://…'],
        fix: 'begin each blog with "- title:"',
      }),
    ]
  return value.flatMap((entry: Json, at: number) => checkEntry(source, entry, at))
}

function checkEntry(source: Source, entry: Json, at: number): Problem[] {
  const tell = (path: readonly (string | number)[], what: string, fix: string, atKey = false): Problem =>
    problemOf(source, [at, ...path], {
      code: 'data/blogroll',
      what,
      ...(!atKey && { found: typedText(source, [at, ...path]) ?? '' }),
      expected: fields,
      fix,
      atKey,
    })
  if (!isObject(entry)) return [tell([], 'this entry is no blog', 'write its title and its url or feed')]
  const problems: Problem[] = []
  for (const [name, value] of Object.entries(entry)) {
    const known = fields.find((field) => field === name)
    if (!known) {
      const near = didYouMean(name, fields)
      problems.push(
        tell(
          [name],
          `a blog has no "${name}"`,
          near ? `did you mean ${near}?` : 'take it out, or write it into description',
          true,
        ),
      )
    } else if (typeof value !== 'string')
      problems.push(tell([name], `${name} is no text`, 'put it between quotes'))
    else if ((known === 'url' || known === 'feed') && value.trim() !== '' && !isWebAddress(value.trim()))
      problems.push(tell([name], `${name} is no web address`, 'write it whole, with https://'))
  }
  if (problems.length > 0) return problems
  if (textOf(entry, 'title') === '') return [tell([], 'this blog has no title', 'add title:')]
  if (textOf(entry, 'url') === '' && textOf(entry, 'feed') === '')
    return [tell([], 'this blog has neither url nor feed', 'add one of them, or both')]
  return []
}
