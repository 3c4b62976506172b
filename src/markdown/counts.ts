// Words and reading time per script: a Han character or kana counts as one and is read at so many a minute, everything
// else by the word. Code is not in the text that is counted here: nobody reads it at the speed of prose.
import type { SiteConfig } from '../config/types.js'
import { han, kana } from './scripts.js'

const character = new RegExp(`[${han}${kana}]`, 'gu')
const word = /(?:\p{L}|\p{N}|\p{M})+(?:['’.\-_+#](?:\p{L}|\p{N}|\p{M})+)*/gu

export interface Counts {
  /** Han characters, kana and words together: what is shown as the length. */
  readonly words: number
  /** Whole minutes, rounded up; 0 for no text at all. */
  readonly minutes: number
}

/** Counts visible text, as `text.ts` gives it. */
export function countText(text: string, reading: SiteConfig['reading']): Counts {
  const characters = text.match(character)?.length ?? 0
  const words = text.replace(character, ' ').match(word)?.length ?? 0
  const minutes = characters / reading.hanPerMinute + words / reading.wordsPerMinute
  // 1000 characters at 400 a minute are 2.5 minutes; binary fractions must not make 3.0000000001 into 4.
  return { words: characters + words, minutes: Math.ceil(Math.round(minutes * 1000) / 1000) }
}
