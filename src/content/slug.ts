// Words of an address made from names and titles. Two rules and no third: a file's name stays as its author wrote it
// but for what an address or a file system cannot bear; a title follows Hugo's rule to the letter, because live
// addresses were made by it.

import { padded } from './calendar.js'
import { readDateText } from './date-text.js'
import type { IsoDate } from './types.js'

/**
 * Hugo's rule for `:title` (v0.40, `MakePathSanitized`): every blank becomes a `-` and none are collapsed; letters,
 * digits, marks and `. / \ _ - # + ~` stay, everything else vanishes; lower case. `%41` is an escape and is decoded.
 * The result is a decoded path, NFC; it may hold slashes.
 */
export function hugoPath(title: string): string {
  let path = ''
  const text = title.normalize('NFC').trim().replaceAll(' ', '-')
  for (let i = 0; i < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(i) ?? 0)
    if (/^%[\da-fA-F]{2}/.test(text.slice(i, i + 3)) || /^[\p{L}\p{Nd}\p{M}./\\_\-#+~]$/u.test(char))
      path += lowerCase(char)
    i += char.length
  }
  try {
    return decodeURIComponent(path).normalize('NFC')
  } catch {
    return path
  }
}

/** Go lower-cases rune by rune: no final sigma, no dot beside the i. */
function lowerCase(char: string): string {
  return char === 'İ' ? 'i' : char.toLowerCase()
}

/**
 * A file's or folder's name as one segment of an address. Case stays; runs of blanks become one `-`; what Windows
 * refuses in names (`< > : " | ? * \`), control characters and zero-width blanks go; so do dots at the end.
 */
export function segmentOf(name: string): string {
  return name
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f<>:"|?*\\/\u200b\u2060\ufeff]+/g, '')
    .trim()
    .replace(/\s+/g, '-')
    .replace(/\.+$/, '')
}

export interface DatedName {
  /** Only where the name's date exists in the calendar. */
  readonly date: IsoDate | null
  /** The name without its date; the whole name where nothing else is in it. */
  readonly rest: string
}

/** Takes `2024-12-31-` off a name: also where that day does not exist (`2025-11-31-name`), but then it is no date. */
export function splitDatedName(name: string): DatedName {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_\s]+(.*))?$/s.exec(name.trim())
  if (!found) return { date: null, rest: name.trim() }
  const [, year = '', month = '', day = '', rest = ''] = found
  const written = readDateText(`${year}-${month}-${day}`)
  const date =
    typeof written === 'string'
      ? null
      : `${padded(written.date.year, 4)}-${padded(written.date.month, 2)}-${padded(written.date.day, 2)}`
  return { date, rest: rest.trim() === '' ? name.trim() : rest.trim() }
}
