// The order of names in lists: digits, Latin letters whatever their case, other scripts, Han characters by pinyin. From
// a table of our own: the machine's idea of a language has no say in what is published.
import { hanOrder } from './han-order.js'

/** Behind all other characters. */
const firstHan = 0x200000

/** Compares by keys that are made once for each text. Total: texts that look alike are told apart by their units. */
export function collator(): (a: string, b: string) => number {
  let ranks: Map<string, number> | undefined
  const rankOf = (char: string): number => {
    const code = char.codePointAt(0) ?? 0
    // What is no Han character needs no table: `\p{Han}` begins here.
    if (code < 0x2e80 || !/\p{sc=Han}/u.test(char)) return code
    ranks ??= new Map([...hanOrder.replaceAll('\n', '')].map((han, rank) => [han, firstHan + rank]))
    return ranks.get(char) ?? 2 * firstHan + code
  }
  const keys = new Map<string, readonly number[]>()
  const keyOf = (text: string): readonly number[] => {
    const known = keys.get(text)
    if (known) return known
    const key = [...text.normalize('NFKC').toLowerCase()].map(rankOf)
    keys.set(text, key)
    return key
  }
  return (a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)]
    for (let i = 0; i < x.length && i < y.length; i++) {
      const difference = (x[i] ?? 0) - (y[i] ?? 0)
      if (difference !== 0) return difference
    }
    return x.length - y.length || (a < b ? -1 : a > b ? 1 : 0)
  }
}
