// Translations: `name.en.md` beside `name.md`, for the languages that the configuration names, or documents that share a
// `translationKey`. A suffix that names no such language is a part of the name, as in `node.js.md`.
import type { SiteConfig } from '../config/types.js'
import type { DocId, Meta } from './types.js'

type Languages = Pick<SiteConfig, 'language' | 'languages'>

/** `posts/name.en.md` → `posts/name.md` and `en`; '' for a document without such a suffix. */
export function splitLanguage(id: DocId, { language, languages }: Languages): { base: DocId; lang: string } {
  if (languages.length === 0) return { base: id, lang: '' }
  const [, stem = '', suffix = '', ending = ''] = /^(.*[^/])\.([A-Za-z-]+\d*)(\.[^./]+)$/.exec(id) ?? []
  const lang = [...languages, language].find((tag) => tag.toLowerCase() === suffix.toLowerCase())
  return lang === undefined ? { base: id, lang: '' } : { base: `${stem}${ending}`, lang }
}

/** What documents that say the same in several languages have in common. */
export function translationKey(meta: Pick<Meta, 'id' | 'data'>, languages: Languages): string {
  const key = meta.data['translationKey']
  if (typeof key === 'string' && key !== '') return `key ${key}`
  return `file ${splitLanguage(meta.id, languages).base}`
}
