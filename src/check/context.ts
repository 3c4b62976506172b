// Looking for what stands in the output among the texts that may have made it.
import type { DocId } from '../content/types.js'
import { decodePath } from '../urls.js'
import type { Resolved } from './resolve.js'

// A tag in the output has no address to be looked for. It is looked for in what stands around it: the longest piece of the
// page before it that some template holds word for word names the place.

/** So much before the tag, from the surest. */
const lengths = [80, 40, 20, 10, 0] as const

/** `at` is where a tag begins in `page`. Gives the first source that holds it, and where; undefined for none. */
export function findInContext(
  page: string,
  at: number,
  sources: readonly (readonly [file: string, text: string])[],
): { readonly file: string; readonly offset: number; readonly length: number } | undefined {
  const tag = /^<[^<>]*>/.exec(page.slice(at, at + 400))?.[0]
  if (tag === undefined) return undefined
  for (const before of lengths) {
    const lead = page.slice(Math.max(0, at - before), at)
    for (const [file, text] of sources) {
      const found = text.indexOf(lead + tag)
      // By itself a tag says where it is only where there is one of it.
      if (found >= 0 && (before > 0 || text.indexOf(tag, found + 1) < 0))
        return { file, offset: found + lead.length, length: tag.length }
    }
  }
  return undefined
}

/** How a template or the configuration may have written an address: whole in quotes before loosely. */
export function spellings({
  found,
  resolved,
}: {
  readonly found: string
  readonly resolved?: Resolved
}): string[] {
  const url = resolved && 'url' in resolved ? resolved.url : ''
  const withAnchor = resolved?.kind === 'no-anchor' ? `${url}#${resolved.anchor}` : ''
  const all = [...new Set([found, withAnchor, url, decodePath(found)])].filter((text) => text.length > 1)
  return [...all.flatMap((text) => [`"${text}"`, `'${text}'`]), ...all.filter((text) => text.length > 3)]
}

/** As much of that part of a body as is looked at. */
export interface Excerpt {
  readonly html: string
}

/** Lists show how documents begin: whose excerpt holds that place of the page? They are read when first asked for. */
export function excerptFinder(
  ids: readonly DocId[],
  htmlOf: (id: DocId) => string | undefined,
): (page: string, at: number) => DocId | undefined {
  let excerpts: readonly (readonly [id: DocId, html: string])[] | undefined
  return (page, at) => {
    excerpts ??= ids.map((id) => [id, htmlOf(id) ?? ''])
    return excerpts.find(([, html]) => {
      const start = html === '' ? -1 : page.lastIndexOf(html, at)
      return start >= 0 && at < start + html.length
    })?.[0]
  }
}
