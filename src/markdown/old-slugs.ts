// How older generators made a heading's id of its text, rule by rule, so that links to places in old posts go on
// working. Each rule is read in its program's source; none is mended here, a mended id would lead nowhere.
import type { AnchorRule } from '../config/types.js'
import { inPinyin } from '../text/pinyin.js'

/** A heading as the rules want it. */
export interface OldHeading {
  /** Between `#` and line end as typed, markup included; '' for a heading of raw HTML. */
  readonly raw: string
  /** The words alone. */
  readonly text: string
}

type Slug = (heading: OldHeading) => string

/** sanitized_anchor_name: letters and numbers in lower case, every other run is one `-`, none at the ends. */
function blackfriday({ raw }: OldHeading): string {
  let slug = ''
  let gap = false
  for (const char of raw) {
    if (/^[\p{L}\p{N}]$/u.test(char)) {
      slug += (gap && slug !== '' ? '-' : '') + char.toLowerCase()
      gap = false
    } else gap = true
  }
  return slug
}

/** Hugo's `github` type for Goldmark: letters, digits, `-` and `_` stay, a blank is `-`, the rest goes. */
function goldmark({ raw }: OldHeading): string {
  return [...raw.trim()]
    .map((char) => (/^\s$/.test(char) ? '-' : /^[\p{L}\p{N}\-_]$/u.test(char) ? char.toLowerCase() : ''))
    .join('')
}

/** hexo-util's slugize: no diacritics, runs of special characters are one `-`; full-width ones and case stay. */
function hexo({ text }: OldHeading): string {
  return text
    .trim()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[\u0000-\u001f]/g, '')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

/** kramdown with `input: GFM`, Jekyll's default. */
function kramdownGfm({ raw }: OldHeading): string {
  return raw
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- \t]/gu, '')
    .replace(/[ \t]/g, '-')
}

/** kramdown alone: ASCII from the first letter on. */
function kramdownAscii({ raw }: OldHeading): string {
  const slug = raw
    .replace(/^[^a-zA-Z]+/, '')
    .replace(/[^a-zA-Z0-9 -]/g, '')
    .replaceAll(' ', '-')
    .toLowerCase()
  return slug || 'section'
}

/** markdown-it-anchor: what encodeURIComponent does not touch, and all else in percent signs. */
function markdownIt({ text }: OldHeading): string {
  return encodeURIComponent(text.trim().toLowerCase().toWellFormed().replace(/\s+/g, '-'))
}

/** Zola's `slugify.anchors = "on"`: ASCII, Han as pinyin; what else it would transliterate has no id here. */
function zola({ text }: OldHeading): string {
  const latin = inPinyin(text.normalize('NFC'))
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
  if (/[^\u0000-\u007f\p{P}]/u.test(latin)) return ''
  return latin
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

const slugs: Readonly<Record<Exclude<AnchorRule, 'none'>, Slug>> = {
  blackfriday,
  goldmark,
  hexo,
  kramdown: kramdownGfm,
  'kramdown-ascii': kramdownAscii,
  'markdown-it': markdownIt,
  zola,
}

/** The second of a name: `name-1`, but Hexo's, too; Blackfriday looks whether that is taken by another heading. */
export function oldIds(rule: Exclude<AnchorRule, 'none'>, headings: readonly OldHeading[]): string[] {
  const counts = new Map<string, number>()
  return headings.map((heading) => {
    const slug = heading.raw === '' ? '' : slugs[rule](heading)
    const wanted = slug === '' && rule === 'goldmark' && heading.raw !== '' ? 'heading' : slug
    if (wanted === '') return ''
    const count = counts.get(wanted)
    if (count === undefined) {
      counts.set(wanted, 0)
      return wanted
    }
    let number = count + 1
    while (counts.has(`${wanted}-${number}`)) number++
    counts.set(wanted, number)
    counts.set(`${wanted}-${number}`, 0)
    return `${wanted}-${number}`
  })
}
