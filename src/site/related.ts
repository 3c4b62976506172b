// Which posts are near a post: an inverted index over tags, series, categories and title words. Rare marks
// count more than common ones. Scores are integers and ties go to the newer post, so the order is total.
import type { DocId, Listed } from '../content/types.js'
import { foldTerm } from './terms.js'
import type { Documents } from './types.js'

/** A mark of a document, its weight, and whether it alone makes two posts related (a shared word does not). */
type Mark = readonly [mark: string, weight: number, strong: boolean]

/** So many bearers of a mark are looked at, the nearest in time: a tag on every post must not cost n². */
const window = 200

function titleWords(title: string): string[] {
  const words: string[] = []
  const folded = foldTerm(title)
  // Chinese and kana are not divided into words: pairs of characters do the same service.
  for (const [run] of folded.matchAll(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]{2,}/gu)) {
    const chars = [...run]
    for (let i = 1; i < chars.length; i++) words.push(`${chars[i - 1]}${chars[i]}`)
  }
  for (const [word] of folded.matchAll(/(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[\p{L}\p{N}]){2,}/gu))
    words.push(word)
  return words
}

function marksOf(meta: Listed): Mark[] {
  const marks = new Map<string, Mark>()
  const add = (kind: string, text: string, weight: number, strong: boolean) => {
    const mark = `${kind}:${foldTerm(text)}`
    if (text !== '') marks.set(mark, [mark, weight, strong])
  }
  for (const word of titleWords(meta.title)) add('word', word, 6, false)
  for (const category of meta.categories) add('category', category, 10, true)
  for (const tag of meta.tags) add('tag', tag, 30, true)
  add('series', meta.series, 60, true)
  return [...marks.values()]
}

/** The first place in ascending `places` that is not below `place`. */
function firstFrom(places: readonly number[], place: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? 0) < place) low = middle + 1
    else high = middle
  }
  return low
}

/** Builds the inverted index of `posts` (newest first); the returned function gives the best `count` for a document. */
export function relatePosts(
  posts: readonly DocId[],
  documents: Pick<Documents, 'get'>,
): (id: DocId, count: number) => readonly DocId[] {
  const bearers = new Map<string, number[]>()
  const places = new Map<DocId, number>()
  posts.forEach((id, place) => {
    places.set(id, place)
    for (const [mark] of marksOf(documents.get(id)!)) {
      const list = bearers.get(mark)
      if (list) list.push(place)
      else bearers.set(mark, [place])
    }
  })
  return (id, count) => {
    const meta = documents.get(id)
    if (!meta) return []
    const own = places.get(id) ?? 0
    const scores = new Map<number, { score: number; shared: number }>()
    for (const [mark, weight, strong] of marksOf(meta)) {
      const list = bearers.get(mark)
      if (!list) continue
      const rarity = Math.max(1, Math.round(8 * Math.log2((posts.length + 1) / list.length)))
      const start = Math.max(0, Math.min(firstFrom(list, own) - window / 2, list.length - window))
      for (let i = start; i < Math.min(list.length, start + window); i++) {
        const place = list[i]!
        if (posts[place] === id) continue
        const sum = scores.get(place) ?? { score: 0, shared: 0 }
        sum.score += weight * rarity
        sum.shared += strong ? 2 : 1
        scores.set(place, sum)
      }
    }
    return [...scores]
      .filter(([, { shared }]) => shared >= 2)
      .sort(([a, x], [b, y]) => y.score - x.score || a - b)
      .slice(0, count)
      .map(([place]) => posts[place]!)
  }
}
