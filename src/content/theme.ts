// Where theme files come from: the site's layouts/ first, then the package's. A site may override one file.
import type { Snapshot } from './scan.js'
import type { Path } from './types.js'

/** Prefix of the package's own layouts in a snapshot of another site. */
export const packageLayouts = 'inkstone/layouts'

export interface Theme {
  /** Snapshot path of `post.njk` or `styles/main.css`; undefined where neither has it. */
  find(name: string): Path | undefined
  /** All theme files by name, the site's before the package's, sorted. */
  names(): readonly string[]
}

export function themeOf(snapshot: Snapshot): Theme {
  const places = ['layouts', packageLayouts]
  return {
    find: (name) => places.map((place) => `${place}/${name}`).find((path) => snapshot.has(path)),
    names: () =>
      [
        ...new Set(
          places.flatMap((place) => snapshot.under(place).map((path) => path.slice(place.length + 1))),
        ),
      ].sort(),
  }
}
