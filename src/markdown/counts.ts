// Words and reading time per script: a Han character or kana counts as one and is read at so many a minute, everything
// else by the word. Code is not in the text that is counted here: nobody reads it at the speed of prose.
import type { SiteConfig } from '../config/types.js'
import { han, kana } from './scripts.js'

const character = new RegExp(`^[${han}${kana}]$`, 'u')
const letter = /^[\p{L}\p{N}\p{M}]$/u
/** What may stand once between two letters of one word. */
const joiners = "'’.-_+#"

export interface Counts {
  /** Han characters, kana and words together: what is shown as the length. */
  readonly words: number
  /** Whole minutes, rounded up; 0 for no text at all. */
  readonly minutes: number
}

const isCharacter = 1
const isLetter = 2
const isOther = 3
/**
 * Every character of a text is looked at: what a UTF-16 unit was found to be is written down; 0 for what was never met. It
 * follows from Unicode alone, so it may outlive a build.
 */
const kinds = new Uint8Array(1 << 16)

function kindOf(char: string): number {
  const kind = character.test(char) ? isCharacter : letter.test(char) ? isLetter : isOther
  // Half a character says nothing of the whole.
  if (char.length === 1 && char.isWellFormed()) kinds[char.charCodeAt(0)] = kind
  return kind
}

function countUnits(text: string): { characters: number; words: number } {
  let characters = 0
  let words = 0
  // Within a word; behind a joiner that may go on with it.
  let inWord = false
  let joined = false
  for (let i = 0; i < text.length; i++) {
    let kind = kinds[text.charCodeAt(i)]!
    if (kind === 0) {
      const char = String.fromCodePoint(text.codePointAt(i) ?? 0)
      kind = kindOf(char)
      i += char.length - 1
    }
    if (kind === isCharacter) characters++
    if (kind === isLetter && !inWord && !joined) words++
    joined = inWord && joiners.includes(text.charAt(i))
    inWord = kind === isLetter
  }
  return { characters, words }
}

/** Counts visible text, as `text.ts` gives it. */
export function countText(text: string, reading: SiteConfig['reading']): Counts {
  const { characters, words } = countUnits(text)
  const minutes = characters / reading.hanPerMinute + words / reading.wordsPerMinute
  // 1000 characters at 400 a minute are 2.5 minutes; binary fractions must not make 3.0000000001 into 4.
  return { words: characters + words, minutes: Math.ceil(Math.round(minutes * 1000) / 1000) }
}
