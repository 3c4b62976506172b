// The cards of one moment: which posts get one, what their face cannot show, and how they are made.
import { type Card, cardOf, makeCard, missingFrom } from './cards/card.js'
import type { Typeface } from './cards/types.js'
import { locateKey } from './config/locate.js'
import type { SiteConfig } from './config/types.js'
import { type Place, placeOfField } from './content/address-place.js'
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

/** What the face has no glyph for: never a box in its place, and nothing that is left out in silence. */
export function cardProblems(moment: Moment): Problem[] {
  const { face } = moment.pictures
  const posts = face ? published(moment) : []
  if (!face || posts.length === 0) return []
  const { title } = moment.index.config
  const ofSite = missingFrom(face, title)
  const { file, text } = moment.loaded
  return [
    ...(ofSite.length === 0
      ? []
      : [noGlyph("the site's name", ofSite, locateKey(file, text, ['title']), 'set cards: false')]),
    ...posts.flatMap(({ file, card }) => problemsOf(file, () => moment.snapshot.text(file) ?? '', card)),
  ]
}

/** `text` is asked for only where something is wrong: nearly always nothing is. */
function problemsOf(file: Path, text: () => string, card: Card): Problem[] {
  const mend = 'give the post a cover, write it without that character, or set cards: false'
  const problems = card.missingOfTags.map(([tag, missing]) =>
    noGlyph(`the tag "${tag}"`, missing, placeOfField(file, text(), 'tags', tag), mend),
  )
  if (card.missing.length > 0)
    problems.push(noGlyph('this title', card.missing, placeOfField(file, text(), 'title'), mend))
  else if (card.leftOut.length > 0)
    problems.push({
      severity: 'warning',
      code: 'cards/left-out',
      what: 'the face of cards has no pictographs: the card shows the title without them',
      ...placeOfField(file, text(), 'title'),
      found: named(card.leftOut),
      fix: 'give the post a cover, write the title without it, or set cards: false',
    })
  return problems
}

/** Half a name on a card is worse than none. */
const noGlyph = (where: string, missing: readonly string[], place: Partial<Place>, fix: string): Problem => ({
  severity: 'error',
  code: 'cards/missing-glyph',
  what: `the face of cards has no glyph for a character of ${where}, so the card cannot be made`,
  ...place,
  found: named(missing),
  fix,
})

const named = (characters: readonly string[]): string =>
  characters.map((char) => `${char} (U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()})`).join(' ')

function published({ index, metas, pictures }: Moment): { file: Path; card: Card }[] {
  const read = cardReader(index.config, pictures.face)
  return index.published.flatMap((id) => {
    const meta = metas.get(id)
    const card = meta && read(meta)
    return meta && card ? [{ file: meta.file, card }] : []
  })
}
