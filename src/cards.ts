// The cards of one moment: which posts get one, what their face cannot show, and how they are made.
import { type Card, cardOf, makeCard } from './cards/card.js'
import type { Typeface } from './cards/types.js'
import type { SiteConfig } from './config/types.js'
import { placeOfField } from './content/address-place.js'
import type { Path } from './content/types.js'
import type { Problem } from './errors.js'
import type { Made } from './images/make.js'
import type { Moment } from './moment.js'
import { type CardPost, cardFieldsOf } from './render/card.js'

/** A post's card; undefined for none, also where its title cannot be drawn whole. */
function cardReader(config: SiteConfig, face: Typeface | undefined): (post: CardPost) => Card | undefined {
  return (post) => {
    const fields = face && cardFieldsOf(post, config)
    return fields && cardOf(fields, face)
  }
}

/** The address of a post's card, without base path; undefined for none. */
export function cardAddresses(
  config: SiteConfig,
  face: Typeface | undefined,
): (post: CardPost) => string | undefined {
  const read = cardReader(config, face)
  return (post) => {
    const card = read(post)
    return card?.missing.length === 0 ? `/${card.path}` : undefined
  }
}

/** Everything that must be drawn. */
export function cardsOf(moment: Moment): Made[] {
  const { face } = moment.pictures
  if (!face) return []
  const made = new Map<string, Made>()
  for (const { file, card } of published(moment))
    if (card.missing.length === 0) {
      const make = (): Promise<Uint8Array> => makeCard(card, face)
      made.set(card.path, {
        key: card.key,
        path: card.path,
        by: `the card of ${file}`,
        make,
        file,
        line: 0,
        column: 0,
      })
    }
  return [...made.values()]
}

/** What the face has no glyph for: never a box in its place. */
export function cardProblems(moment: Moment): Problem[] {
  return published(moment).flatMap(({ file, card }): Problem[] => {
    const { leftOut, missing } = card
    const found = missing.length > 0 ? missing : leftOut
    if (found.length === 0) return []
    const place = placeOfField(file, moment.snapshot.text(file) ?? '', 'title')
    return [
      {
        // Half a title on a card is worse than none; pictographs it can do without.
        severity: missing.length > 0 ? 'error' : 'warning',
        code: missing.length > 0 ? 'cards/missing-glyph' : 'cards/left-out',
        what:
          missing.length > 0
            ? "the face of cards has no glyph for a character of this title, so the post's card cannot be made"
            : 'the face of cards has no pictographs: the card shows the title without them',
        ...place,
        found: found
          .map((char) => `${char} (U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()})`)
          .join(' '),
        fix: 'give the post a cover, write the title without it, or set cards: false',
      },
    ]
  })
}

function published({ index, metas, pictures }: Moment): { file: Path; card: Card }[] {
  const read = cardReader(index.config, pictures.face)
  return index.published.flatMap((id) => {
    const meta = metas.get(id)
    const card = meta && read(meta)
    return meta && card ? [{ file: meta.file, card }] : []
  })
}
