// The words of floor 4: what becomes of one document's body.
import type { Path, Url } from '../content/types.js'
import type { Problem } from '../errors.js'
import type { ImageWant } from '../images/types.js'

export interface Heading {
  readonly depth: number
  readonly id: string
  /** Plain text. */
  readonly text: string
  readonly children: readonly Heading[]
}

/** A piece of a document's text that one address leads to. */
export interface Section {
  /** The heading's id, '' before the first. */
  readonly id: string
  readonly heading: string
  /** Visible text, one line each, NFC; a line of code is a block, too. */
  readonly blocks: readonly string[]
}

/** A file that must stand at a URL because this body shows it or links to it. */
export type Want =
  | {
      readonly kind: 'copy'
      readonly src: Path
      /** Path below the output folder, decoded, no leading slash. */
      readonly out: string
    }
  | ImageWant

/** A link out of this document to be checked when all bodies are known. */
export interface Link {
  /** Root-relative decoded URL (`/a/b/`), or '' for the document itself. */
  readonly url: Url
  /** Decoded fragment without `#`, '' for none. */
  readonly anchor: string
  /** As written. */
  readonly text: string
  readonly line: number
  readonly column: number
}

export interface Body {
  /** The article's content; every URL in it is root-absolute with base path and percent-encoded, or external. */
  readonly html: string
  /** Inline-safe HTML of the excerpt, no ids, no footnote references, balanced; '' for an empty body. */
  readonly excerpt: string
  /** The excerpt was cut from a longer text (a "read more" link makes sense). */
  readonly more: boolean
  readonly toc: readonly Heading[]
  /** Visible text for descriptions and search, blocks divided by `\n`, code blocks left out. */
  readonly text: string
  /** All that is searched; [] where search is off. */
  readonly sections: readonly Section[]
  /** Text of the first heading, '' for none. */
  readonly firstHeading: string
  readonly words: number
  readonly minutes: number
  readonly hasMath: boolean
  readonly hasCode: boolean
  /** Something in it waits for the theme's scripts: a diagram, an embed from elsewhere. */
  readonly hasDiagrams: boolean
  readonly hasEmbeds: boolean
  /** Every id in `html`, sorted. */
  readonly anchors: readonly string[]
  readonly links: readonly Link[]
  readonly wants: readonly Want[]
  /** First local or remote image as a site path or URL, '' for none. */
  readonly image: string
  readonly problems: readonly Problem[]
}
