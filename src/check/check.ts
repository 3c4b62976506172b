// `inkstone check`, and the last look of `build --strict`: the finished output of one moment, whole, before it is
// published. Each file is read into Facts, kept by the hash of its bytes; all else is worked out anew each time.
import type { SiteConfig } from '../config/types.js'
import type { Disk } from '../engine/disk.js'
import type { Problem } from '../errors.js'
import type { Moment } from '../moment.js'
import type { Making } from '../output/output.js'
import { loadVariants } from '../search/folding.js'
import { addressOfPath } from '../urls.js'
import type { Whole } from '../whole.js'
import { type Candidate, type Collected, collect } from './collect.js'
import type { Facts, Issue } from './facts.js'
import { makeIgnores } from './ignore.js'
import { type Kept, openKept } from './kept.js'
import { nearest } from './nearest.js'
import { makePlacer, type Placer, type Where } from './places.js'
import { readFacts, textOf } from './read.js'
import { makeResolver } from './resolve.js'
import { checkSite } from './site.js'
import { checkTerms } from './terms.js'
import { ofIssue, ofRef } from './words.js'

export interface CheckSource {
  readonly moment: Moment
  readonly whole: Whole
  readonly disk: Disk
  readonly cache: string
  /** Find the places of addresses outside the site, too: these are asked of nobody else. */
  readonly outside: boolean
}

export interface Outside {
  /** Absolute, without a fragment. */
  readonly url: string
  readonly where: Where
}

export interface Checked {
  /** Of the build and of the check, each thing once; unsorted. */
  readonly problems: readonly Problem[]
  /** How much was looked at. */
  readonly counts: { readonly files: number; readonly pages: number; readonly references: number }
  readonly config: SiteConfig
  /** Where asked for: every address outside the site once, sorted, with the first place where it stands. */
  readonly outside: readonly Outside[]
}

/** What the build itself says of broken links: with a check these are errors, and are not told twice. */
const broken = new Set([
  'links/no-such-page',
  'links/no-such-anchor',
  'markdown/broken-link',
  'markdown/missing-image',
])

export async function checkWhole(source: CheckSource): Promise<Checked> {
  const { moment, whole, disk, cache } = source
  const { config } = moment.index
  const kept = openKept(disk, cache)
  const outputs = new Map(whole.outputs.map((output) => [output.path, output]))
  const pages = new Map(whole.pages.map((made) => [made.path, made]))
  const all = new Map(whole.outputs.map((output) => [output.path, factsFor(output, kept)]))
  const factsOf = (path: string): Facts | undefined => all.get(path)
  const textsOf = new Map<string, string>()
  const text = (path: string): string => {
    const output = outputs.get(path)
    const known = textsOf.get(path) ?? (output ? textOf(bytesOf(output)) : '')
    textsOf.set(path, known)
    return known
  }
  const resolver = makeResolver(config, factsOf)
  const placer = makePlacer({ moment, outputs, pages, textOf: text, factsOf, resolver, kept })
  const ignores = makeIgnores(config)

  const collected = collect(whole.outputs, pages, factsOf, resolver)
  const placed = await placeAll(
    collected.candidates,
    placer,
    moment,
    (path) => pages.get(path)?.page.from,
    (path) => pages.has(path),
  )

  const told = new Set(whole.problems.filter(({ code }) => broken.has(code)).map(placeKey))
  const toldAlt = new Set(whole.problems.filter(({ code }) => code === 'markdown/missing-alt').map(placeKey))
  const near = nearest(outputs, factsOf)
  const problems: Problem[] = []
  for (const { candidate, where, on } of placed) {
    const { of } = candidate
    const said = 'issue' in of ? ofIssue(of.issue) : ofRef(of.ref, of.resolved, undefined)
    if (!said || (broken.has(said.code) && where.line !== undefined && told.has(placeKey(where)))) continue
    if (said.code === 'check/missing-alt' && toldAlt.has(placeKey(where))) continue
    const page = addressOfPath(candidate.path)
    const meant = 'resolved' in of && 'url' in of.resolved ? [of.resolved.url] : []
    if (ignores(said.code, [page, where.file ?? '', candidate.found, ...meant])) continue
    const full = 'resolved' in of ? (ofRef(of.ref, of.resolved, near(of.resolved)) ?? said) : said
    const source = where.file?.startsWith('content/') === true
    const seen =
      on.size > 1
        ? ` (on ${on.size} pages, first ${page})`
        : source && where.line !== undefined
          ? ''
          : ` (on ${page})`
    problems.push({ ...full, what: `${full.what}${seen}`, ...where })
  }

  const simplified =
    moment.index.tags.length + moment.index.categories.length > 0
      ? await loadVariants()
      : new Map<string, string>()
  const across = [
    ...checkSite({ moment, outputs: whole.outputs, pages: whole.pages, factsOf, linked: collected.linked }),
    ...checkTerms(moment, simplified),
  ].filter(({ code, file = '', found = '', what }) => !ignores(code, [file, found, what.split(' ')[0] ?? '']))
  const outside = source.outside ? await placesOf(collected.outside, placer) : []
  kept.save()
  return {
    problems: [
      ...whole.problems
        .filter(({ code, file = '', found = '' }) => !broken.has(code) || !ignores(code, [file, found]))
        .map((problem): Problem => (broken.has(problem.code) ? { ...problem, severity: 'error' } : problem)),
      ...problems,
      ...across,
    ],
    config,
    counts: {
      files: whole.outputs.length,
      pages: [...all.values()].filter(({ head }) => head).length,
      references: collected.references,
    },
    outside,
  }
}

async function placesOf(found: Collected['outside'], placer: Placer): Promise<readonly Outside[]> {
  const places: Outside[] = []
  for (const [url, finding] of [...found].sort(([a], [b]) => (a < b ? -1 : 1)))
    places.push({ url, where: await placer.of(finding) })
  return places
}

const bytesOf = (output: Making): Uint8Array => {
  const bytes = output.bytes()
  return typeof bytes === 'string' ? Buffer.from(bytes) : bytes
}

function factsFor(output: Making, kept: Kept): Facts {
  const name = /(?:^_redirects|robots\.txt|\.\w+)$/i.exec(output.path)?.[0].toLowerCase() ?? ''
  const key = `${output.hash} ${name}`
  const known = kept.facts(key)
  if (known) return known
  const facts = readFacts(output.path, bytesOf(output))
  kept.learn(key, facts)
  return facts
}

const placeKey = ({ file, line, column }: Where): string => `${file}:${line}:${column}`

interface Placed {
  readonly candidate: Candidate
  readonly where: Where
  /** Pages that show it. */
  readonly on: ReadonlySet<string>
}

/**
 * Finds the source of each candidate. One that a template or the configuration made stands on many pages and is looked
 * for once; one in an article is told on its own page, not where lists and feeds repeat it.
 */
async function placeAll(
  candidates: readonly Candidate[],
  placer: Placer,
  moment: Moment,
  documentOf: (path: string) => string | undefined,
  isPage: (path: string) => boolean,
): Promise<readonly Placed[]> {
  const groups = new Map<string, { candidate: Candidate; on: Set<string> }>()
  const echoes = new Set<string>()
  const tell = (candidate: Candidate, isArticle: boolean): void => {
    const { path, at, found, of, field, item } = candidate
    const what = 'issue' in of ? `${of.issue.code} ${found}` : JSON.stringify(of.resolved)
    const id = documentOf(path)
    const kind = !isPage(path) ? 'copy' : id === undefined ? 'list' : 'document'
    if ('issue' in of && isMeant(of.issue, moment, isArticle ? id : undefined)) return
    if ('issue' in of && of.issue.code === 'check/empty-alt' && !isArticle) return
    // The picture for sharing is the first of the article, where the author names none.
    const isEcho = kind === 'list' || (field === 'cover' && moment.metas.get(id ?? '')?.cover === '')
    const isOfField = field !== undefined && kind === 'document'
    if (isArticle || (isOfField && !isEcho)) echoes.add(what)
    else if (isEcho && echoes.has(what) && !what.startsWith('check/heading')) return
    const own = isArticle || item !== undefined || isOfField || kind === 'copy'
    const key = own ? `${path} ${at} ${what} ${item ?? ''}` : what
    const known = groups.get(key)
    if (known) known.on.add(path)
    else groups.set(key, { candidate, on: new Set([path]) })
  }
  const [inArticles, others] = [true, false].map((wanted) =>
    candidates.filter(
      ({ path, at }) => (documentOf(path) !== undefined && placer.isInArticle(path, at)) === wanted,
    ),
  )
  for (const candidate of inArticles ?? []) tell(candidate, true)
  for (const candidate of others ?? []) tell(candidate, false)
  const placed: Placed[] = []
  for (const { candidate, on } of groups.values()) {
    const where = await placer.of(candidate)
    const isEmptyAlt = 'issue' in candidate.of && candidate.of.issue.code === 'check/empty-alt'
    if (!isEmptyAlt || isMarkdownImage(moment, where)) placed.push({ candidate, where, on })
  }
  return placed
}

/** `![](x.png)` says nothing of the picture; `<img alt="">` says that there is nothing to say. */
function isMarkdownImage({ snapshot }: Moment, { file = '', line = 1, column = 1 }: Where): boolean {
  return (
    snapshot
      .text(file)
      ?.split(/\r\n|\n|\r/)
      [line - 1]?.startsWith('![', column - 1) === true
  )
}

/** The word `undefined` in the prose of somebody who writes of JavaScript is no leftover; `{{` always may be one. */
function isMeant(issue: Issue, moment: Moment, id: string | undefined): boolean {
  if (issue.code !== 'check/leftover') return false
  const texts = (id === undefined ? moment.index.published : [id]).flatMap((one) => {
    const file = moment.metas.get(one)?.file
    return file === undefined ? [] : [moment.snapshot.text(file) ?? '']
  })
  if (id !== undefined) return !/^[{%]/.test(issue.found) && texts.some((text) => text.includes(issue.found))
  const words = (issue.more ?? issue.found).replace(/^[\w-]+="|"$/g, '')
  return texts.some((text) => text.includes(words))
}
