// rehype-parse, which reads all of HTML as browsers do, for what `read-html.ts` leaves to it. A module of its own: it is large,
// and most sites never need it.
import type { Root } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'

// Frozen, and without any state of its own.
const definition = unified().use(rehypeParse, { fragment: true }).freeze()

/** A fragment of HTML. */
export const parse = (html: string): Root => definition.parse(html)
