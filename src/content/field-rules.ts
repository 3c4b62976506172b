// Fields with a rule of their own: what a title falls back to, which of two fields makes a draft, which names of
// layouts are safe. The plain kinds of values (texts, lists, switches) are read in values.ts.
import type { Json, JsonObject } from '../json.js'
import { parseDate, type Zone } from './dates.js'
import type { Value } from './fields.js'
import { firstHeading } from './heading.js'
import { splitDatedName } from './slug.js'
import { problemOf, type Source } from './source.js'
import type { Kind } from './types.js'
import { asSwitch, problemWith, type Report, readList, readSwitch, readText, wrongType } from './values.js'

/** The field, else the first heading, else the file's name without date. */
export function readTitle(
  value: Value | undefined,
  source: Source,
  filename: string,
  body: () => string,
  report: Report,
): string {
  const typed = readText(value, report).replace(/\s+/g, ' ')
  if (typed !== '') return typed
  const isTold = value !== undefined && value.json !== null && value.json !== ''
  const heading = firstHeading(body())
  const title = heading || splitDatedName(filename).rest.normalize('NFC')
  const what = `there is no title; the ${heading ? 'first heading' : 'file name'} is used: "${title.slice(0, 60)}"`
  const details = { severity: 'warning', code: 'meta/no-title', what, fix: 'add a field title: …' } as const
  if (!isTold) report(problemOf(source, value?.source === source ? value.path : [], details))
  return title
}

/** `published: false` is a draft too; the nearer of the two fields decides, and in one place `draft`. */
export function readDraft(
  draft: Value | undefined,
  published: Value | undefined,
  data: JsonObject,
  zone: Zone,
  report: Report,
): { readonly draft: boolean; readonly data: JsonObject } {
  if (!published || published.json === null) return { draft: readSwitch(draft, false, report), data }
  const isPublished = asSwitch(published.json)
  if (isPublished === null) {
    // Hugo writes a date here; it decides nothing with us.
    if (parseDate(published.json, zone) === null)
      report(wrongType(published, ['true', 'false'], `write ${published.key}: false`))
    return { draft: readSwitch(draft, false, report), data: withKey(data, published.key, published.json) }
  }
  const decides = draft && draft.json !== null && draft.depth <= published.depth
  return { draft: decides ? readSwitch(draft, false, report) : !isPublished, data }
}

const withKey = (data: JsonObject, key: string, json: Json): JsonObject => ({ ...data, [key]: json })

/** A text, or Hugo's list of one. */
export function readSeries(value: Value | undefined, report: Report): string {
  const names = readList(value, false, report)
  if (value && names.length > 1)
    report(
      problemWith(value, {
        severity: 'warning',
        code: 'meta/wrong-type',
        what: `a post belongs to one series; "${names[0]}" is used`,
        expected: ['a text'],
        fix: `write ${value.key}: ${names[0]}`,
      }),
    )
  return names[0] ?? ''
}

export function readMath(value: Value | undefined, report: Report): boolean | 'auto' {
  if (value?.json === undefined || value.json === 'auto' || value.json === null) return 'auto'
  return readSwitch(value, false, report)
}

export function readLang(value: Value | undefined, fallback: string, report: Report): string {
  const typed = readText(value, report).replaceAll('_', '-')
  if (!value || typed === '') return fallback
  if (/^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i.test(typed)) return typed
  const what = `${value.key} is no language tag; ${fallback} is used`
  const details = { severity: 'warning', code: 'meta/bad-lang', what, expected: ['zh-CN', 'en'] } as const
  report(problemWith(value, { ...details, fix: `write ${value.key}: ${fallback}` }))
  return fallback
}

/** A template's name below layouts/; nothing that could lead out of it. */
export function readLayout(value: Value | undefined, kind: Kind, report: Report): string {
  const typed = readText(value, report).replace(/\.njk$/, '')
  if (!value || typed === '') return kind
  const isSafe =
    !/[\\:\u0000-\u001f]/.test(typed) && typed.split('/').every((part) => part !== '' && !/^\.+$/.test(part))
  if (isSafe) return typed
  const what = `${value.key} is refused: it is the name of a template below layouts/`
  report(
    problemWith(value, {
      code: 'meta/bad-layout',
      what,
      expected: [kind],
      fix: `write ${value.key}: ${kind}`,
    }),
  )
  return kind
}

export function readCanonical(value: Value | undefined, report: Report): string {
  const typed = readText(value, report)
  if (!value || typed === '' || /^https?:\/\/[^\s/?#]+\S*$/i.test(typed)) return typed
  const what = `${value.key} is the whole address of the original`
  const details = { code: 'meta/bad-canonical', what, expected: ['https://example.org/page/'] }
  report(problemWith(value, { ...details, fix: 'write it with https://' }))
  return ''
}
