// What the options of search need beside our own code, loaded where one of them is on: first letters of pinyin, and
// which traditional character is which simplified one. The one file that knows opencc-js. Its traps: a character may
// have several counterparts, of which the first is the usual one; some lie outside the first plane of Unicode.
import type { Variants } from '../../layouts/scripts/search-terms.js'
import type { SiteConfig } from '../config/types.js'
import { initialsOf } from '../text/pinyin.js'
import type { Folding } from './entry.js'

/** The tables that `config.search` asks for. */
export async function loadFolding({ search }: SiteConfig): Promise<Folding> {
  if (!search) return {}
  return {
    ...(search.variants && { variants: await loadVariants() }),
    ...(search.initials && { initials: initialsOf }),
  }
}

/** Which traditional character is which simplified one. */
export async function loadVariants(): Promise<Variants> {
  const { default: table } = await import('opencc-js/dict/TSCharacters')
  const variants = new Map<string, string>()
  for (const pair of table.split('|')) {
    const [from = '', to = ''] = pair.split(' ')
    if (from !== to && to !== '') variants.set(from, to)
  }
  return variants
}

/** For the reader's browser: two lines, characters and what each is taken for. */
export function writeVariants(variants: Variants): string {
  return `${[...variants.keys()].join('')}\n${[...variants.values()].join('')}\n`
}
