// One document as search knows it: what its text file holds, and which terms stand where in it.
import type { Entry } from '../../layouts/scripts/search-look.js'
import { eachTerm, fold, places, type Variants } from '../../layouts/scripts/search-terms.js'
import type { Meta } from '../content/types.js'
import type { Section } from '../markdown/types.js'

export interface Folding {
  readonly variants?: Variants | undefined
  /** As long as the text: a letter for each Han character, a blank for everything else. */
  readonly initials?: ((text: string) => string) | undefined
}

/** `href` is the document's address with base path, encoded. */
export function entryOf(meta: Meta, href: string, sections: readonly Section[], folding: Folding): Entry {
  const { variants, initials } = folding
  const { title, date, tags, lang } = meta
  const entry = {
    url: href,
    title: title.toWellFormed().normalize('NFC'),
    date: date?.slice(0, 10) ?? '',
    lang,
    tags: tags.map((tag) => tag.toWellFormed().normalize('NFC')),
    sections: sections.map(({ id, heading, blocks }) => [id, heading, ...blocks]),
  }
  if (!initials) return entry
  const initialsOf = (text: string): string => initials(fold(text, variants).text)
  return {
    ...entry,
    initials: {
      title: initialsOf(entry.title),
      tags: entry.tags.map(initialsOf),
      headings: sections.map(({ heading }) => initialsOf(heading)),
    },
  }
}

/** Terms of `~sjk` are beginnings of initials; so many letters of them are looked up. */
const initialsLength = 12

/** Every index term of a document with the places where it stands, see `places`. */
export function termsOf(entry: Entry, { variants }: Folding): Map<string, number> {
  const terms = new Map<string, number>()
  const add = (text: string, place: number): void =>
    eachTerm(fold(text, variants).text, (term) => terms.set(term, (terms.get(term) ?? 0) | place))
  const addInitials = (text: string | undefined, place: number): void => {
    for (const [run] of text?.matchAll(/[a-z]{2,}/g) ?? [])
      for (let i = 0; i < run.length - 1; i++) {
        const term = `~${run.slice(i, i + initialsLength)}`
        terms.set(term, (terms.get(term) ?? 0) | place)
      }
  }
  add(entry.title, places.title)
  for (const tag of entry.tags) add(tag, places.tag)
  for (const [, heading = '', ...blocks] of entry.sections) {
    add(heading, places.heading)
    for (const block of blocks) add(block, places.body)
  }
  addInitials(entry.initials?.title, places.title)
  for (const text of entry.initials?.tags ?? []) addInitials(text, places.tag)
  for (const text of entry.initials?.headings ?? []) addInitials(text, places.heading)
  return terms
}
