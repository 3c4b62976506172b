// `fonts` of the configuration: a list of fonts, each with its family, file and weight. What is wrong with one is
// wrong with the list.
import type { JsonObject } from '../json.js'
import { isObject, type Reader, type Report } from './reader.js'
import type { FontConfig } from './types.js'

const weights = /^(?:\d{1,4}(?: \d{1,4})?|normal|bold)$/

const fontsSchema: JsonObject = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      family: { type: 'string', minLength: 1 },
      file: { type: 'string', pattern: '^fonts/' },
      weight: { type: ['string', 'number'], default: '400' },
    },
    required: ['family', 'file'],
  },
  default: [],
}

/** A number is a weight, too. */
export function fontsOf(top: Reader, report: Report): readonly FontConfig[] {
  const value = top.object['fonts'] ?? []
  top.skip('fonts', fontsSchema)
  const text = (item: unknown, key: string): string => {
    const found = isObject(item) ? item[key] : undefined
    return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
  }
  const fonts = (Array.isArray(value) ? value : [value]).map((item: unknown) => ({
    family: text(item, 'family'),
    file: text(item, 'file').normalize('NFC'),
    weight: text(item, 'weight') || '400',
  }))
  const isSound = ({ family, file, weight }: FontConfig): boolean =>
    family !== '' && /^fonts\/[^\\]+$/.test(file) && weights.test(weight)
  if (fonts.every(isSound)) return fonts
  report(['fonts'], 'fonts has a wrong value', {
    found: JSON.stringify(value) ?? 'undefined',
    expected: ["a list of { family: 'Name', file: 'fonts/name.ttf', weight: 400 }"],
  })
  return []
}
