// One document on its way through the pipeline: what is known of it, what has been found, and how a place in
// its tree becomes a place in its file. Lives as long as one call of makeBody, and is the only thing that the
// features share; none of them calls another.
import type { Element, ElementContent } from 'hast'
import type { SiteConfig } from '../config/types.js'
import type { Path } from '../content/types.js'
import { frame, type Problem, positionAt, type Severity } from '../errors.js'
import type { Seen } from '../images/types.js'
import type { BodyContext, BodyJob, BodyMeta } from './context.js'
import type { Heading, Link, Want } from './types.js'
import { type Words, wordsFor } from './words.js'

/** unist's position, as far as we need it; lines and columns from 1, relative to the body. */
export interface Position {
  readonly start: { readonly line: number; readonly column: number; readonly offset?: number | undefined }
  /** Absent where parse5 did not meet an end, in spite of the types. */
  readonly end?: { readonly offset?: number | undefined } | undefined
}

/** As much of a VFileMessage as we read. */
export interface Message {
  readonly reason: string
  readonly place?: Position['start'] | { readonly start: Position['start'] } | undefined
}

/** Content that waits until raw HTML has been parsed (and cleaned): see `slots.ts`. */
export type Fill = () => readonly ElementContent[] | Promise<readonly ElementContent[]>

export interface Job {
  readonly context: BodyContext
  readonly config: SiteConfig
  readonly meta: BodyMeta
  /** The whole file, and the body alone. */
  readonly text: string
  readonly source: string
  readonly words: Words
  readonly problems: Problem[]
  readonly links: Link[]
  /** By output path: one file cannot be two. */
  readonly wants: Map<string, Want>
  /** What local images look like; filled before the walk, where the site wants sizes to choose from. */
  readonly looks: Map<Path, Seen>
  readonly fills: Fill[]
  readonly headings: { readonly node: Element; readonly listed: boolean }[]
  /** Ids that stand in the tree before headings get theirs. */
  readonly ids: Set<string>
  /** What has been met: `raw`, `script`, `image`, … and once-only warnings. */
  readonly seen: Set<string>
  /** First image, as `Body.image`. */
  image: string
  tables: number
  /** unified's messages of this document; plugins may add to them. */
  messages: readonly Message[]
  outline: { readonly toc: readonly Heading[]; readonly first: string }
}

export function createJob(context: BodyContext, job: BodyJob): Job {
  return {
    context,
    config: context.config,
    meta: job.meta,
    text: job.text,
    source: job.text.slice(job.meta.bodyOffset),
    words: wordsFor(job.meta.lang),
    problems: [],
    links: [],
    wants: new Map(),
    looks: new Map(),
    fills: [],
    headings: [],
    ids: new Set(),
    seen: new Set(),
    image: '',
    tables: 0,
    messages: [],
    outline: { toc: [], first: '' },
  }
}

export interface Place {
  readonly line: number
  readonly column: number
}

/**
 * Line and column in the whole file. Where `found` stands within the node's source, the place is that of
 * `found`, so that the caret points at the address and not at the bracket before its text.
 */
export function placeOf(job: Job, position: Position | undefined, found = ''): Place | undefined {
  if (!position?.start) return undefined
  const start = position.start.offset
  const end = position.end?.offset
  if (found !== '' && start !== undefined) {
    // Raw HTML in the midst of words is said to begin with the words before it, and to end anywhere.
    const isRaw = !/[![]/.test(job.source[start] ?? '')
    const tag = isRaw ? job.source.indexOf('<', start) : -1
    const tagEnd = tag < 0 ? start : job.source.indexOf('>', tag)
    const within = job.source.slice(start, Math.max(end ?? start, tagEnd)).lastIndexOf(found)
    if (within >= 0) return positionAt(job.text, job.meta.bodyOffset + start + within)
  }
  if (start !== undefined) return positionAt(job.text, job.meta.bodyOffset + start)
  return { line: job.meta.bodyLine + position.start.line - 1, column: position.start.column }
}

export interface Finding {
  readonly severity?: Severity
  readonly code: string
  readonly what: string
  readonly position?: Position | undefined
  readonly found?: string
  readonly expected?: readonly string[]
  readonly fix?: string
}

/** Adds a Problem of this document: with file, and with line, column and frame where a position is known. */
export function report(job: Job, finding: Finding): void {
  // A tree that was parsed again may have lost its places: the first line of the body is better than none.
  const place = placeOf(job, finding.position, finding.found) ?? { line: job.meta.bodyLine, column: 1 }
  // A data: address may be as long as a film.
  const found = finding.found?.replace(/\s+/g, ' ')
  const short = found !== undefined && found.length > 100 ? `${found.slice(0, 100)}…` : found
  job.problems.push({
    severity: finding.severity ?? 'warning',
    code: finding.code,
    what: finding.what,
    file: job.meta.file,
    line: place.line,
    column: place.column,
    frame: frame(job.text, place.line, place.column, firstLineLength(finding.found)),
    ...(short !== undefined && { found: short }),
    ...(finding.expected && { expected: finding.expected }),
    ...(finding.fix !== undefined && { fix: finding.fix }),
  })
}

const firstLineLength = (found = ' '): number => found.split(/[\r\n]/, 1)[0]?.length || 1

/** `report`, but only the first time that `key` is met in this document. */
export function reportOnce(job: Job, key: string, finding: Finding): void {
  if (job.seen.has(key)) return
  job.seen.add(key)
  report(job, finding)
}
