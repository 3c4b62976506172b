// The words of cards: the picture that stands for a post where its address is shared.

/** All that a card shows. */
export interface CardFields {
  readonly title: string
  readonly site: string
  /** One to four characters, see `sealOf`. */
  readonly seal: string
  /** As it is shown; '' for none. */
  readonly date: string
  readonly tags: readonly string[]
}

/** An outline in the font's units, y upwards, as data of an SVG path, and how far it moves on. */
export interface Glyph {
  readonly path: string
  readonly advance: number
}

/** A typeface of one weight: every character apart, for a card has no script that joins letters. */
export interface Typeface {
  /** Of an em. */
  readonly unitsPerEm: number
  has(char: string): boolean
  /** Loads what these texts need; `glyph` can be asked afterwards. */
  load(texts: readonly string[]): Promise<void>
  /** Throws for a character that was not loaded. */
  glyph(char: string): Glyph
}

export const cardWidth = 1200
export const cardHeight = 630

/** What is known of every card. */
export const cardFacts = { width: cardWidth, height: cardHeight, type: 'image/png' } as const
