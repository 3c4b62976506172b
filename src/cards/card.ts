// A post's card: what it shows, what its face cannot show, and where it stands, known before it is drawn. Depends on
// the words on it and on nothing else of the post.
import { canonical, fingerprint } from '../engine/fingerprint.js'
import { drawPng, encoderVersion } from '../images/sharp.js'
import { design, drawCard, textsOf } from './drawing.js'
import { typefaceVersion } from './typeface.js'
import type { CardFields, Typeface } from './types.js'

export interface Card {
  /** As drawn: without what the face has no glyph for. */
  readonly fields: CardFields
  readonly key: string
  /** Below the output folder. */
  readonly path: string
  /** Pictographs of the title that are left out. */
  readonly leftOut: readonly string[]
  /** Other characters of the title that the face lacks: there is no card then. */
  readonly missing: readonly string[]
  /** The same of tags, each with what it lacks. */
  readonly missingOfTags: readonly (readonly [tag: string, missing: readonly string[]])[]
}

/** Emoji and what only joins or colours them. */
const pictograph =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u200d|\u20e3|\ufe0e|\ufe0f/u

/** What the face has no glyph for, each character once. */
const lacking = (face: Pick<Typeface, 'has'>, text: string): string[] => [
  ...new Set([...text].filter((char) => !/\s/u.test(char) && !face.has(char))),
]

/** The same without pictographs, which a card can do without. */
export const missingFrom = (face: Pick<Typeface, 'has'>, text: string): string[] =>
  lacking(face, text).filter((char) => !pictograph.test(char))

/** The card of these fields. */
export function cardOf(given: CardFields, face: Pick<Typeface, 'has'>): Card {
  const shown = (text: string): string =>
    [...text]
      .filter((char) => /\s/u.test(char) || face.has(char))
      .join('')
      .replace(/\s+/gu, ' ')
      .trim()
  const leftOut = lacking(face, given.title).filter((char) => pictograph.test(char))
  const title = shown(given.title)
  // A title of emoji alone would be an empty card.
  const missing = title === '' ? lacking(face, given.title) : missingFrom(face, given.title)
  const fields: CardFields = {
    title,
    site: shown(given.site),
    seal: lacking(face, given.seal).length > 0 ? '' : given.seal,
    date: given.date,
    tags: given.tags.filter((tag) => lacking(face, tag).length === 0),
  }
  const made = {
    design,
    encoder: encoderVersion(),
    face: typefaceVersion(),
    words: process.versions.icu ?? '',
  }
  const key = fingerprint(canonical({ ...made, fields }))
  return {
    fields,
    key,
    path: `assets/cards/${key.slice(0, 16)}.png`,
    leftOut,
    missing,
    missingOfTags: given.tags
      .map((tag) => [tag, missingFrom(face, tag)] as const)
      .filter(([, characters]) => characters.length > 0),
  }
}

/** The PNG. */
export async function makeCard({ fields }: Pick<Card, 'fields'>, face: Typeface): Promise<Uint8Array> {
  await face.load(textsOf(fields))
  return drawPng(drawCard(fields, face))
}
