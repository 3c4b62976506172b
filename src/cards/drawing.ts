// A card as SVG: paper, ink, a seal of cinnabar. Text becomes outlines, so that no font of the machine can change it.
// Whoever changes what is drawn raises `design`, or cards of before would stay.
import { breakLines, cutLines, unitsOf } from './lines.js'
import { type CardFields, cardHeight, cardWidth, type Typeface } from './types.js'

/** Part of every card's key. */
export const design = 1

const colours = {
  paper: '#faf7f1',
  ink: '#2a2520',
  soft: '#544c43',
  faint: '#71675c',
  rule: '#e0d8ca',
  seal: '#b3301e',
}
const margin = 88
const room = cardWidth - 2 * margin
/** Sizes of a title with the most lines of each. */
const sizes = [
  { size: 92, most: 2 },
  { size: 80, most: 3 },
  { size: 68, most: 3 },
  { size: 58, most: 4 },
] as const
const leading = 1.32
/** Between Han and Latin, in ems, where the author typed no blank. */
const gap = 0.16

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const latin = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Nd}]/u

/** Begins with an opening mark of full width. */
const hanging = /^[（【《「『〈〔“‘]/u

function isGap(before: string, after: string): boolean {
  return (han.test(before) && latin.test(after)) || (latin.test(before) && han.test(after))
}

/** The outlines of a line from (0, 0) on its baseline, and its width in ems. */
function outline(text: string, face: Typeface): { paths: { x: number; path: string }[]; width: number } {
  const paths: { x: number; path: string }[] = []
  // A bracket of full width that begins a line has its left half empty: the line begins with what one sees.
  let x = hanging.test(text) ? -0.5 : 0
  let before = ''
  for (const char of text) {
    if (isGap(before, char)) x += gap
    const { path, advance } = face.glyph(char)
    if (path !== '') paths.push({ x, path })
    x += advance / face.unitsPerEm
    before = char
  }
  return { paths, width: x }
}

interface Place {
  readonly x: number
  /** Of the baseline. */
  readonly y: number
  readonly size: number
  readonly fill: string
}

const round = (value: number): number => Math.round(value * 100) / 100

function textAt(text: string, face: Typeface, { x, y, size, fill }: Place): string {
  const scale = Math.round((size / face.unitsPerEm) * 1e5) / 1e5
  const shapes = outline(text, face).paths.map(
    ({ x: at, path }) =>
      `<path transform="translate(${round(x + at * size)} ${round(y)}) scale(${scale} ${-scale})" d="${path}"/>`,
  )
  return `<g fill="${fill}">${shapes.join('')}</g>`
}

/** `face` has loaded all that the fields say. */
export function drawCard(fields: CardFields, face: Typeface): string {
  const widthOf = (text: string): number => outline(text, face).width
  const title = layTitle(fields, widthOf)
  const height = title.lines.length * title.size * leading
  // Between the site's name above and the rule below; a little above the middle looks like the middle.
  const top = 176 + (316 - height) / 2
  const lines = title.lines.map((line, i) =>
    textAt(line, face, {
      x: margin,
      y: top + (i + 0.5) * title.size * leading + title.size * 0.36,
      size: title.size,
      fill: colours.ink,
    }),
  )
  const foot = footOf(fields, widthOf)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${cardWidth}" height="${cardHeight}" viewBox="0 0 ${cardWidth} ${cardHeight}">` +
    `<rect width="${cardWidth}" height="${cardHeight}" fill="${colours.paper}"/>` +
    sealAt(fields.seal, face, { x: margin, y: 76, side: 72 }) +
    textAt(cutToWidth(fields.site, widthOf, (room - 100) / 34), face, {
      x: margin + 98,
      y: 124,
      size: 34,
      fill: colours.soft,
    }) +
    lines.join('') +
    `<rect x="${margin}" y="516" width="${room}" height="2" fill="${colours.rule}"/>` +
    `<rect x="${margin}" y="516" width="72" height="2" fill="${colours.seal}"/>` +
    textAt(foot.date, face, { x: margin, y: 574, size: 28, fill: colours.faint }) +
    textAt(foot.tags, face, {
      x: cardWidth - margin - widthOf(foot.tags) * 28,
      y: 574,
      size: 28,
      fill: colours.soft,
    }) +
    '</svg>'
  )
}

function layTitle(
  { title, tags }: CardFields,
  widthOf: (text: string) => number,
): { lines: readonly string[]; size: number } {
  const units = unitsOf(title, tags)
  for (const { size, most } of sizes) {
    const lines = breakLines(units, { width: room / size, most, widthOf })
    if (lines) return { lines, size }
  }
  const { size, most } = sizes[sizes.length - 1] ?? { size: 58, most: 4 }
  return { lines: cutLines(units, { width: room / size, most, widthOf }), size }
}

/** As many tags as there is room for beside the date. */
function footOf(
  { date, tags }: CardFields,
  widthOf: (text: string) => number,
): { date: string; tags: string } {
  const left = room / 28 - widthOf(date) - 2
  const shown: string[] = []
  for (const tag of tags) if (widthOf([...shown, tag].join(' · ')) <= left) shown.push(tag)
  return { date, tags: shown.join(' · ') }
}

function cutToWidth(text: string, widthOf: (text: string) => number, width: number): string {
  if (widthOf(text) <= width) return text
  const chars = [...text]
  while (chars.length > 1 && widthOf(`${chars.join('')}…`) > width) chars.pop()
  return `${chars.join('')}…`
}

/** As the theme's: characters one below the other, in two columns from the right where there are more than two. */
function sealAt(
  text: string,
  face: Typeface,
  { x, y, side }: { x: number; y: number; side: number },
): string {
  const chars = [...text].slice(0, 4)
  const columns = chars.length > 2 ? 2 : 1
  const rows = Math.ceil(chars.length / columns)
  const size = chars.length === 1 ? side * 0.62 : side * 0.4
  const cell = { width: size * 1.02, height: size * 1.06 }
  const shapes = chars.map((char, i) => {
    const column = columns - 1 - Math.floor(i / rows)
    const centre = x + side / 2 + (column - (columns - 1) / 2) * cell.width
    const middle = y + side / 2 + ((i % rows) - (rows - 1) / 2) * cell.height
    const { width } = outline(char, face)
    const isTall = /[A-Z0-9]/.test(char)
    return textAt(char, face, {
      x: centre - (width * size) / 2,
      y: middle + size * (isTall ? 0.36 : 0.37),
      size,
      fill: colours.paper,
    })
  })
  return `<rect x="${x}" y="${y}" width="${side}" height="${side}" rx="9" fill="${colours.seal}"/>${shapes.join('')}`
}

/** Every character that a card of these fields may show. */
export function textsOf({ title, site, seal, date, tags }: CardFields): string[] {
  return [title, site, seal, date, ...tags, ' · …']
}
