// Floor 2's step: one document's front matter, with its folders' defaults, checked and put into one Meta.
// It looks at the world only through `read`, and it collects every Problem: an author mends a file once.
import type { SiteConfig } from '../config/types.js'
import { compareProblems, didYouMean, type Problem } from '../errors.js'
import { readCover } from './cover.js'
import { type Zone, zoneOf } from './dates.js'
import { readDefaults } from './defaults.js'
import { isListData, readDocPath } from './doc-path.js'
import {
  readCanonical,
  readDraft,
  readLang,
  readLayout,
  readMath,
  readSeries,
  readTitle,
} from './field-rules.js'
import { type FieldName, gatherFields, intendedField, type Value } from './fields.js'
import { splitFrontmatter } from './frontmatter.js'
import { readOwnFields } from './own-fields.js'
import { lineOf, problemOf, type Source } from './source.js'
import { splitLanguage } from './translation.js'
import type { DocId, MetaResult, Path } from './types.js'
import { problemWith, type Report, readDate, readList, readNumber, readSwitch, readText } from './values.js'
import { readAliases, readSlug, readUrl } from './whereabouts.js'

/**
 * Reads and checks `content/<id>`. `read` gives a file's text (decoded UTF-8 with whatever byte order marks and line
 * ends it has; `bodyOffset` counts in exactly this text) or undefined, and notes the question. Never throws.
 * `_index.md` files and the home's `index.md` are no documents: no Meta, no Problem. Callers with many documents make
 * the zone once and hand it in.
 */
export function readMeta(
  id: DocId,
  read: (path: Path) => string | undefined,
  config: SiteConfig,
  zone: Zone = zoneOf(config.timezone),
): MetaResult {
  if (isListData(id)) return { meta: null, problems: [] }
  const file = `content/${id}`
  const text = read(file)
  if (text === undefined) {
    const what = 'the file cannot be read'
    return {
      meta: null,
      problems: [{ severity: 'error', code: 'meta/no-file', what, file, line: 1, column: 1 }],
    }
  }
  const front = splitFrontmatter(text, file)
  const defaults = readDefaults(id, read)
  const problems: Problem[] = [...front.problems, ...defaults.problems]
  const report: Report = (problem) => problems.push(problem)
  const done = (meta: MetaResult['meta']): MetaResult => ({ meta, problems: problems.sort(compareProblems) })
  if (front.fields === null) return done(null)

  const { source } = front
  const fields = gatherFields([{ source, fields: front.fields }, ...defaults.layers])
  const field = (name: FieldName): Value | undefined => fields.known.get(name)
  const declared = Object.keys(config.frontMatter)
  reportKeys(source, fields.unknown, declared, fields.duplicates, report)
  reportComments(source, fields.known, report)

  const { base, lang } = splitLanguage(id, config)
  const isTranslated = lang !== '' && lang !== config.language
  const place = readDocPath(base)
  const title = readTitle(field('title'), source, place.filename, () => text.slice(front.bodyOffset), report)
  const date = readDate(field('date'), zone, report) ?? place.date
  const { draft, data } = readDraft(field('draft'), field('published'), fields.data, zone, report)
  if (place.kind === 'post' && date === null && !draft && isBlank(field('date'))) report(noDate(source))
  const own = { rules: config.frontMatter, kind: place.kind, source, zone }
  const typed = readOwnFields(fields.own, data, own, report)
  const slug = readSlug(field('slug'), place, config, report)
  if (slug === null) return done(null)
  const url = readUrl({ place, date, title, slug, permalink: field('permalink'), source, config }, report)
  if (url === null) return done(null)
  const typedUrl = field('permalink')?.json
  const isTyped = typedUrl !== undefined && typedUrl !== null
  const address = isTranslated && !isTyped ? `/${lang.toLowerCase()}${url}` : url

  return done({
    id,
    kind: place.kind,
    section: place.section,
    file,
    title,
    slug,
    url: address,
    date,
    updated: readDate(field('updated'), zone, report),
    expires: readDate(field('expires'), zone, report),
    tags: readList(field('tags'), true, report),
    categories: readList(field('categories'), true, report),
    series: readSeries(field('series'), report),
    draft,
    unlisted: readSwitch(field('unlisted'), false, report),
    pinned: readSwitch(field('pinned'), false, report),
    description: readText(field('description'), report),
    ...readCover(field('cover'), field('coverAlt'), address, report),
    lang: readLang(field('lang'), lang || config.language, report),
    layout: readLayout(field('layout'), place.kind, report),
    toc: readSwitch(field('toc'), true, report),
    math: readMath(field('math'), report),
    comments: readSwitch(field('comments'), true, report),
    projects: readList(field('projects'), true, report),
    canonical: readCanonical(field('canonical'), report),
    weight: readNumber(field('weight'), report),
    aliases: readAliases(field('aliases'), address, report),
    bodyOffset: front.bodyOffset,
    bodyLine: front.bodyLine,
    // The folder's files belong to the text in the site's language.
    bundle: place.bundle && !isTranslated,
    data: typed,
  })
}

const isBlank = (value: Value | undefined): boolean => !value || value.json === null || value.json === ''

function reportKeys(
  source: Source,
  unknown: readonly string[],
  declared: readonly string[],
  duplicates: readonly { readonly used: string; readonly unused: string }[],
  report: Report,
): void {
  for (const key of unknown) {
    if (declared.includes(key)) continue
    const meant = intendedField(key) ?? didYouMean(key, declared)
    if (meant === undefined) continue
    const what = `unknown field "${key}" — did you mean "${meant}"?`
    const details = { code: 'meta/unknown-field', what, found: key, expected: [meant], atKey: true } as const
    report(problemOf(source, [key], { severity: 'warning', ...details, fix: `write ${meant}: …` }))
  }
  for (const { used, unused } of duplicates) {
    const what = `"${unused}" says the same as "${used}" and is not used`
    const details = { code: 'meta/duplicate-field', what, found: unused, atKey: true } as const
    report(problemOf(source, [unused], { severity: 'warning', ...details, fix: 'keep one of the two' }))
  }
}

/** `title: #x` is a title to its author and a comment to YAML: nothing would ever tell. */
function reportComments(source: Source, known: ReadonlyMap<FieldName, Value>, report: Report): void {
  if (source.syntax !== 'yaml') return
  for (const value of known.values()) {
    if (value.json !== null || value.source !== source) continue
    const line = lineOf(source, value.path)
    const comment = /:[ \t]+(#\S.*?)[ \t]*$/.exec(line)?.[1]
    if (comment === undefined) continue
    report(
      problemWith(value, {
        severity: 'warning',
        code: 'meta/commented-value',
        what: `the value of ${value.key} begins with # and is read as a comment`,
        found: line,
        fix: `put it in quotes: ${value.key}: "${comment}"`,
      }),
    )
  }
}

function noDate(source: Source): Problem {
  return problemOf(source, [], {
    severity: 'warning',
    code: 'meta/no-date',
    what: 'this post has no date and is listed last',
    expected: ['date: 2024-12-31', 'a file name like 2024-12-31-name.md'],
    fix: 'add a field date: YYYY-MM-DD',
  })
}
