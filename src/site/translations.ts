// Which documents are one text in several languages. In lists of the site a text stands once: in the site's own
// language, where it exists in that.
import type { SiteConfig } from '../config/types.js'
import { translationKey } from '../content/translation.js'
import type { DocId, Place } from '../content/types.js'

export interface Translations {
  /** All documents of this text, the site's language first; [] where there is but one. */
  of(id: DocId): readonly DocId[]
  /** Does another document say it in the site's language? */
  hasOriginal(id: DocId): boolean
}

const none: Translations = { of: () => [], hasOriginal: () => false }

/** Of these documents, none of them unlisted. Of two in one language the first by id counts. */
export function translationsOf(metas: readonly Place[], config: SiteConfig): Translations {
  if (config.languages.length === 0 && !metas.some(({ data }) => 'translationKey' in data)) return none
  const groups = new Map<string, Map<string, DocId>>()
  for (const meta of metas) {
    const key = translationKey(meta, config)
    const group = groups.get(key) ?? new Map<string, DocId>()
    groups.set(key, group)
    if (!group.has(meta.lang)) group.set(meta.lang, meta.id)
  }
  const found = new Map<DocId, readonly DocId[]>()
  const original = new Map<DocId, DocId | undefined>()
  for (const group of groups.values()) {
    if (group.size < 2) continue
    const rank = (lang: string): string => (lang === config.language ? '' : lang)
    const ids = [...group].sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1)).map(([, id]) => id)
    for (const id of ids) {
      found.set(id, ids)
      original.set(id, group.get(config.language))
    }
  }
  return {
    of: (id) => found.get(id) ?? [],
    hasOriginal: (id) => (original.get(id) ?? id) !== id,
  }
}
