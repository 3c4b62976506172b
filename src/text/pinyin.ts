// Pinyin of Han characters by phrase (重庆 is chong-qing, 重要 zhong-yao). The one file that knows pinyin-pro, which is
// loaded when it is first asked: most sites never do. Its traps: it answers with the character itself where it knows no
// reading; and it is as good as its version, which the lockfile pins.
import { requirePackage } from '../package.js'

interface PinyinPro {
  pinyin(
    text: string,
    options: { toneType: 'none'; type: 'array'; v: true; pattern?: 'first' },
  ): readonly string[]
}

/** One syllable for each character of a run of Han, without tones, ü as v; a character without reading is itself. */
export function syllablesOf(run: string): readonly string[] {
  // What the package exports.
  const { pinyin } = requirePackage('pinyin-pro') as PinyinPro
  return pinyin(run, { toneType: 'none', type: 'array', v: true })
}

const run = /\p{sc=Han}+/gu

/** Han characters become syllables with hyphens between them and around, everything else stays. */
export function inPinyin(text: string): string {
  return text.replace(run, (han, at: number) => {
    const before = text.slice(0, at)
    const after = text.slice(at + han.length)
    const words = syllablesOf(han).join('-')
    return `${/[\p{L}\p{N}]$/u.test(before) ? '-' : ''}${words}${/^[\p{L}\p{N}]/u.test(after) ? '-' : ''}`
  })
}

/** A first letter for each Han character and blanks for all else: as long as `text` (UTF-16 units). */
export function initialsOf(text: string): string {
  let letters = ''
  let end = 0
  for (const found of text.matchAll(run)) {
    const [han] = found
    letters = letters.padEnd(found.index)
    const syllables = syllablesOf(han)
    for (const [i, char] of [...han].entries()) {
      const letter = syllables[i]?.[0] ?? ' '
      letters += (/[a-z]/.test(letter) ? letter : ' ').padEnd(char.length)
    }
    end = found.index + han.length
  }
  return letters.padEnd(Math.max(end, text.length))
}
