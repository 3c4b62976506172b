// What checking wants to know of one file of the output, and nothing of any other: a pure function of its bytes, so
// that it may be kept under their hash. Offsets count UTF-16 units of the file's text.

/** What a reference is for: it decides the words of a problem, and whether the page loads or only names it. */
export const refKinds = [
  'link',
  'image',
  'srcset',
  'load',
  'style',
  'canonical',
  'card',
  'redirect',
  'feed',
  'enclosure',
  'sitemap',
] as const
export type RefKind = (typeof refKinds)[number]

/** One address that a file names. */
export interface Ref {
  readonly kind: RefKind
  /** As written, entities decoded. */
  readonly to: string
  /** Where it begins, or where the tag does that holds it; -1 where that is not known. */
  readonly at: number
  /** In a feed: the address of the item that holds it. */
  readonly item?: string
}

/** One thing that is wrong within the file itself. */
export interface Issue {
  readonly code: string
  readonly at: number
  /** The words of the message may need it: an id, a tag, a level. */
  readonly found: string
  /** What else the message needs. */
  readonly more?: string
  readonly item?: string
}

/** What a page says of itself in its head. */
export interface Head {
  readonly title: string
  readonly description: string
  /** As written; '' for none. */
  readonly canonical: string
  /** Where a stub leads; '' for a page of its own. */
  readonly refresh: string
  readonly noindex: boolean
  /** Of `<base>`. */
  readonly base: string
}

export interface Facts {
  /** Bytes. */
  readonly size: number
  readonly refs: readonly Ref[]
  /** Every id and `<a name>`, in document order, each once. */
  readonly ids: readonly string[]
  readonly issues: readonly Issue[]
  /** For HTML only. */
  readonly head?: Head
}
