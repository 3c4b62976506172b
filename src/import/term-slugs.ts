// The names of terms in addresses: those that the old site gave them, case and all, where one of ours differs.
import type { Url } from '../content/types.js'
import { slugOfTerm } from '../site/terms.js'
import type { Index } from '../site/types.js'
import { namedTerm } from './answers.js'
import type { Imported } from './types.js'

/** Terms whose page stood below `/tags/` or `/categories/` under another name: that name is chosen, case and all. */
export function termSlugs(
  imported: Imported,
  old: ReadonlySet<Url> | null,
  index: Index,
): { tagSlugs: Record<string, string>; categorySlugs: Record<string, string> } {
  // A feed or a further page of a list says that the list was there.
  const known = new Set(
    [...(old ?? [])].flatMap((url) => [url, url.replace(/(?:page\/\d+|feed)\/$|[\w-]+\.xml$/, '')]),
  )
  const chosen = { tagSlugs: {} as Record<string, string>, categorySlugs: {} as Record<string, string> }
  for (const [key, terms] of [
    ['tagSlugs', index.tags],
    ['categorySlugs', index.categories],
  ] as const) {
    const taken = new Set(terms.map(({ slug }) => slug.toLowerCase()))
    const wanted = new Map<string, Url>()
    for (const { url, to } of imported.lists) {
      const term = old !== null && !known.has(url) ? undefined : namedTerm(to, index)
      if (term !== undefined) wanted.set(term, url)
    }
    for (const url of old ?? []) {
      const term = terms.find((own) => own.url.toLowerCase() === url.toLowerCase())
      if (term) wanted.set(term.url, url)
    }
    for (const term of terms) {
      const url = wanted.get(term.url)
      const slug = /^\/(?:blog\/)?(?:tags?|categor(?:y|ies))\/([^/]+)\/$/.exec(url ?? '')?.[1] ?? ''
      if (slug === '' || slug === term.slug || slug !== slugOfTerm(slug)) continue
      if (slug.toLowerCase() !== term.slug.toLowerCase() && taken.has(slug.toLowerCase())) continue
      taken.add(slug.toLowerCase())
      chosen[key][term.name] = slug
    }
  }
  return chosen
}
