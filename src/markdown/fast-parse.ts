// The one file that knows the package satteri: a parser in Rust that makes GFM's mdast some twenty times faster than
// remark. Traps: its binary is an optional dependency and may be missing or not fit the machine; its types would add
// nodes of MDX to everybody's trees, so it is loaded without them; front matter and all that is no GFM must be switched
// off. What it may be trusted with is decided in `shared-syntax.ts`; its version is pinned, because every new one must
// first pass the differential test.
import type { Root } from 'mdast'

/** GFM text to mdast, positions included. Synchronous; never throws on text without lone surrogates. */
export type FastParser = (source: string) => Root

/** As much of the package as we use. */
interface Satteri {
  markdownToMdast(source: string, options: { readonly features: Readonly<Record<string, boolean>> }): Root
}

const packageName = 'satteri'
const options = { features: { gfm: true, frontmatter: false } } as const

/** Undefined where it is not installed or cannot run here: everything works without it. */
export async function loadFastParser(): Promise<FastParser | undefined> {
  try {
    // Its version is fixed, and the first call below shows whether it does what it should.
    const { markdownToMdast } = (await import(packageName)) as Satteri
    const parse: FastParser = (source) => markdownToMdast(source, options)
    return parse('*a*').children[0]?.position?.end.offset === 3 ? parse : undefined
  } catch {
    return undefined
  }
}
