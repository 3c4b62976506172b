// `words` of the configuration, checked against the dictionary of the interface.
import { locateKey } from './config/locate.js'
import type { SiteConfig } from './config/types.js'
import { didYouMean, type Problem } from './errors.js'
import { en } from './render/words/en.js'
import { dictionaryOf } from './render/words.js'

/** What is wrong with `words` of the configuration at `file`, whose text is `text`. */
export function checkWords(own: SiteConfig['words'], file: string, text: string): Problem[] {
  const keys = Object.keys(en)
  return Object.entries(own).flatMap(([lang, texts]): Problem[] => {
    const unknown = Object.keys(texts).filter((key) => !keys.includes(key))
    const missing = dictionaryOf(lang) === undefined ? keys.filter((key) => !Object.hasOwn(texts, key)) : []
    return [
      ...unknown.map((key): Problem => {
        const near = didYouMean(key, keys)
        return {
          severity: 'error',
          code: 'config/unknown-word',
          what: `words.${lang}: the interface has no word "${key}"`,
          ...locateKey(file, text, ['words', lang, key]),
          found: key,
          ...(near ? { fix: `write ${near}` } : { fix: 'remove it', expected: keys }),
        }
      }),
      ...(missing.length === 0
        ? []
        : [
            {
              severity: 'warning',
              code: 'config/missing-words',
              what: `words.${lang} lacks ${missing.length} of ${keys.length} words, which are shown in English`,
              ...locateKey(file, text, ['words', lang]),
              expected: [...missing.slice(0, 8), ...(missing.length > 8 ? ['…'] : [])],
            } as const,
          ]),
    ]
  })
}
