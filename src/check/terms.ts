// Tags that a reader would take for one: spellings that differ by case, width, hyphens, plural or script; and tags whose
// addresses had to be told apart. Traditional and simplified characters are compared by the table that search uses.
import { placeOfField } from '../content/address-place.js'
import { nameIn } from '../content/names.js'
import type { Problem } from '../errors.js'
import type { Moment } from '../moment.js'
import { slugOfTerm } from '../site/terms.js'
import type { Term } from '../site/types.js'

/** What is left of a name when everything is taken away that people vary without meaning it. */
export function essence(key: string, simplified: ReadonlyMap<string, string>): string {
  const bare = [...key.normalize('NFKC').toLowerCase()].map((char) => simplified.get(char) ?? char).join('')
  const joined = bare.replace(/[\s\-_.·・/]+/g, '')
  // `c++` and `c#` end in what no plural does; `js` and `css` are no plurals.
  if (!/^[a-z]{4,}s$/.test(joined) || /(?:ss|us|is|js|os|aws)$/.test(joined))
    return joined === '' ? key : joined
  return joined
    .replace(/(?<=[^aeiou])ies$/, 'y')
    .replace(/(?<=x|ch|sh|ss)es$/, '')
    .replace(/s$/, '')
}

export function checkTerms(moment: Moment, simplified: ReadonlyMap<string, string>): Problem[] {
  const { index, metas, snapshot } = moment
  const problems: Problem[] = []
  const add = (
    field: 'tags' | 'categories',
    term: Term,
    more: Pick<Problem, 'code' | 'what' | 'found' | 'fix'>,
  ): void => {
    const meta = metas.get(term.ids[0] ?? '')
    const place = meta && placeOfField(meta.file, snapshot.text(meta.file) ?? '', field, more.found)
    problems.push({ severity: 'warning', ...more, ...place })
  }
  for (const field of ['tags', 'categories'] as const) {
    const groups = new Map<string, Term[]>()
    for (const term of index[field]) {
      const key = essence(term.key, simplified)
      groups.set(key, [...(groups.get(key) ?? []), term])
    }
    for (const group of groups.values()) {
      const [main, ...others] = group.sort((a, b) => b.ids.length - a.ids.length || (a.key < b.key ? -1 : 1))
      for (const term of others)
        add(field, term, {
          code: 'tags/near-duplicate',
          what: `"${term.name}" (${term.ids.length}) and "${main?.name}" (${main?.ids.length}) look like one of the ${field}`,
          found: term.name,
          fix: `write ${main?.name} everywhere, or name both apart`,
        })
    }
    const chosen = index.config[field === 'tags' ? 'tagSlugs' : 'categorySlugs']
    for (const term of index[field]) {
      const plain = slugOfTerm(nameIn(index.config.slugs, term.key))
      const isChosen = Object.keys(chosen).some((name) => slugOfTerm(chosen[name] ?? '') === term.slug)
      if (isChosen || (plain === term.slug && !/^(?:term|dot)$/.test(plain))) continue
      add(field, term, {
        code: 'tags/slug',
        what:
          plain === term.slug
            ? `nothing of "${term.name}" can stand in an address: it stands at ${term.url}`
            : `"${term.name}" stands at ${term.url}, because another of the ${field} has the address ${plain}`,
        found: term.name,
        fix: `give it an address of its own: ${field === 'tags' ? 'tagSlugs' : 'categorySlugs'}: { '${term.name}': '…' }`,
      })
    }
    problems.push(...spellings(moment, field))
  }
  return problems
}

/** One term under several spellings: they are one page, but lists show the author's words. */
function spellings({ index, metas, snapshot }: Moment, field: 'tags' | 'categories'): Problem[] {
  return index[field].flatMap((term) => {
    const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
    for (const id of term.ids) {
      const meta = metas.get(id)
      const other = meta?.[field].find(
        (name) => fold(name) === term.key && name.normalize('NFC').trim() !== term.name,
      )
      if (meta && other !== undefined)
        return [
          {
            severity: 'warning' as const,
            code: 'tags/spelling',
            what: `"${other}" and "${term.name}" are one and the same here, spelt in two ways`,
            ...placeOfField(meta.file, snapshot.text(meta.file) ?? '', field, other),
            found: other,
            fix: `write ${term.name}`,
          },
        ]
    }
    return []
  })
}
