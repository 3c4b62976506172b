// The dictionary of the interface: which language a page speaks, and its words by key. Templates never type a word.
import { didYouMean } from '../errors.js'
import { en } from './words/en.js'
import { ja } from './words/ja.js'
import { ko } from './words/ko.js'
import type { Words } from './words/zh-CN.js'
import { zhCN } from './words/zh-CN.js'
import { zhTW } from './words/zh-TW.js'

export type { Words }

export const dictionaries: Readonly<Record<string, Words>> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en, ja, ko }

/** The dictionary's name for a BCP 47 tag: `zh-Hant-HK` → `zh-TW`, `en-GB` → `en`; undefined where there is none. */
export function dictionaryOf(lang: string): string | undefined {
  const [primary = '', ...rest] = lang.toLowerCase().split('-')
  if (primary === 'zh') return rest.some((part) => /^(hant|tw|hk|mo)$/.test(part)) ? 'zh-TW' : 'zh-CN'
  return Object.hasOwn(dictionaries, primary) ? primary : undefined
}

/** The words for a page: of its language, else of the site's, else English. */
export function wordsFor(lang: string, siteLanguage: string): Words {
  return dictionaries[dictionaryOf(lang) ?? dictionaryOf(siteLanguage) ?? 'en'] ?? en
}

/** What templates call as `t('minutes', 12)`. Throws for a key that the dictionary does not have. */
export function translate(words: Words, key: string, args: readonly unknown[]): string {
  if (!Object.hasOwn(words, key)) {
    const near = didYouMean(key, Object.keys(words))
    throw new Error(`the dictionary has no word "${key}"${near ? `; did you mean "${near}"?` : ''}`)
  }
  const word: unknown = words[key as keyof Words] // tested above
  return typeof word === 'function' ? String(word(...args)) : String(word)
}
