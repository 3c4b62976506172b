// Words of the interface from the configuration: over those of a language that we have, or for one that we have not,
// whose missing words are then English. `{0}`, `{1}` stand for a word's figures; in dates `{month}` for the month's name.
import type { SiteConfig } from '../config/types.js'
import { en } from './words/en.js'
import { dictionaries, dictionaryOf, type Words, wordsFor } from './words.js'

export interface Dictionary {
  /** Has this language words at all? */
  has(lang: string): boolean
  /** The words for a page: of its language, else of the site's, else English. */
  of(lang: string, siteLanguage: string): Words
}

/** Where the month stands among a date's figures. */
const monthAt: Readonly<Record<string, number>> = {
  'date-long': 1,
  'date-year-month': 1,
  'date-month-day': 0,
  'date-month': 0,
}

/** Made once for a configuration. */
export function makeDictionary(own: SiteConfig['words']): Dictionary {
  if (Object.keys(own).length === 0) return { has: (lang) => dictionaryOf(lang) !== undefined, of: wordsFor }
  const made = new Map<string, Words>()
  for (const [lang, texts] of Object.entries(own)) made.set(lang.toLowerCase(), over(lang, texts))
  const find = (lang: string): Words | undefined => {
    const parts = lang.toLowerCase().split('-')
    for (let count = parts.length; count > 0; count--) {
      const words = made.get(parts.slice(0, count).join('-'))
      if (words) return words
    }
    return undefined
  }
  const known = (lang: string): Words | undefined => find(lang) ?? dictionaries[dictionaryOf(lang) ?? '']
  return {
    has: (lang) => known(lang) !== undefined,
    of: (lang, siteLanguage) => known(lang) ?? known(siteLanguage) ?? en,
  }
}

function over(lang: string, texts: Readonly<Record<string, string>>): Words {
  const base = dictionaries[dictionaryOf(lang) ?? 'en'] ?? en
  const words: Record<string, unknown> = { ...base }
  for (const [key, text] of Object.entries(texts)) {
    if (!Object.hasOwn(base, key)) continue
    const at = monthAt[key]
    const write = (...figures: readonly unknown[]): string =>
      text.replace(/\{(\d|month)\}/g, (whole, name: string) =>
        name !== 'month'
          ? String(figures[Number(name)] ?? whole)
          : at === undefined
            ? whole
            : monthName(lang, figures[at]),
      )
    words[key] = typeof base[key as keyof Words] === 'function' ? write : text
  }
  // The same keys, each a text or a function as before.
  return words as unknown as Words
}

function monthName(lang: string, month: unknown): string {
  const date = new Date(Date.UTC(2000, Number(month) - 1, 15))
  return new Intl.DateTimeFormat(lang, { month: 'long', timeZone: 'UTC' }).format(date)
}
