// Where theme files come from: the site's layouts/ first, then the package's. A site may override one file.
import { packageLayouts } from './input-names.js'
import type { Snapshot } from './scan.js'
import type { Path } from './types.js'

export interface Theme {
  /** Snapshot path of `post.njk` or `styles/main.css`; undefined where neither has it. */
  find(name: string): Path | undefined
  /** The template's text with the path it was found at. */
  source(name: string): { readonly source: string; readonly path: Path } | undefined
  /** All theme files by name, the site's before the package's, sorted. */
  names(): readonly string[]
}

export function themeOf(snapshot: Snapshot): Theme {
  const places = ['layouts', packageLayouts]
  const find = (name: string) => places.map((place) => `${place}/${name}`).find((path) => snapshot.has(path))
  const sources = new Map<Path, string>()
  return {
    find,
    source(name) {
      const path = find(name)
      if (path === undefined) return undefined
      const source = sources.get(path) ?? snapshot.text(path) ?? ''
      sources.set(path, source)
      return { source, path }
    },
    names: () =>
      [
        ...new Set(
          places.flatMap((place) => snapshot.under(place).map((path) => path.slice(place.length + 1))),
        ),
      ].sort(),
  }
}
