// The cover of a document: an absolute address, a path of the site, or a file beside the document, which is published
// at the document's own address. Anything that would run or read elsewhere is refused.
import { decodePath } from '../urls.js'
import { refuseSegment } from './address.js'
import type { Value } from './fields.js'
import { isObject } from './plain.js'
import type { Url } from './types.js'
import { partOf, problemWith, type Report, readText, wrongType } from './values.js'

export interface Cover {
  readonly cover: string
  readonly coverAlt: string
}

const pathKeys = ['image', 'src', 'url', 'path']

/** Reads `cover: cat.jpg`, `cover: {image: cat.jpg, alt: A cat}` and `cover: false`; `alt` is the field `coverAlt`. */
export function readCover(value: Value | undefined, alt: Value | undefined, url: Url, report: Report): Cover {
  const coverAlt = readText(alt, report)
  if (!value || value.json === null || value.json === false) return { cover: '', coverAlt }
  if (!isObject(value.json)) {
    if (typeof value.json === 'string')
      return { cover: resolveCover(value, value.json, url, report), coverAlt }
    report(wrongType(value, ['a path', '{image, alt}'], `write ${value.key}: cover.jpg`))
    return { cover: '', coverAlt }
  }
  const entries = Object.entries(value.json)
  const entryOf = (names: readonly string[]): Value | undefined => {
    const found = entries.find(([key]) => names.includes(key.toLowerCase()))
    return found && partOf(value, found[0], found[1] ?? null)
  }
  const image = entryOf(pathKeys)
  if (!image) {
    const expected = ['{image: cover.jpg, alt: …}']
    const what = `${value.key} names no picture`
    report(problemWith(value, { code: 'meta/bad-cover', what, expected, fix: 'add image: cover.jpg to it' }))
  }
  const path = readText(image, report)
  return {
    cover: image && path !== '' ? resolveCover(image, path, url, report) : '',
    coverAlt: coverAlt || readText(entryOf(['alt']), report),
  }
}

function resolveCover(value: Value, typed: string, url: Url, report: Report): string {
  const path = typed.trim()
  if (path === '' || /^https?:\/\//i.test(path)) return path
  const refuse = (what: string, fix: string): string => {
    report(
      problemWith(value, { code: 'meta/bad-cover', what, expected: ['a path', 'an https address'], fix }),
    )
    return ''
  }
  if (path.startsWith('//')) return `https:${path}`
  if (/^[a-z][a-z\d+.-]*:/i.test(path))
    return refuse(
      'a cover is a picture of this site or behind http(s)',
      'put the picture beside the document',
    )
  const segments = decodePath(path).split('/')
  const isAbsolute = path.startsWith('/')
  // A picture above the document is published beside it as well: only its name is left of the way to it.
  const climbs = segments.includes('..')
  const kept = (climbs && !isAbsolute ? segments.slice(-1) : segments).filter(
    (part) => part !== '' && part !== '.',
  )
  const refusal = kept.map(refuseSegment).find((found) => found !== null)
  if (refusal) return refuse(`the cover's path is refused: ${refusal.what}`, refusal.fix)
  if (kept.length === 0) return refuse("the cover's path names no file", 'write a path such as cover.jpg')
  return isAbsolute ? `/${kept.join('/')}` : url.slice(0, url.lastIndexOf('/') + 1) + kept.join('/')
}
