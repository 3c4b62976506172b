// Two parsers side by side: remark as the definition, and the fast one as far as it is trusted with a document.
import type { Nodes, Root } from 'mdast'
import { unified } from 'unified'
import { VFile } from 'vfile'
import { loadFastParser } from '../../src/markdown/fast-parse.js'
import { parserPlugins, type Syntax, syntaxOf } from '../../src/markdown/parse.js'
import { mayReadAlike, readsAlike } from '../../src/markdown/shared-syntax.js'
import { metaOf } from './world.js'

export const fast = await loadFastParser()

type Parser = (source: string) => Root

const parsers = new Map<string, Promise<Parser>>()

/** What remark makes of a document with the syntax that it needs. */
function remarkFor(syntax: Syntax): Promise<Parser> {
  const key = JSON.stringify(syntax)
  const made =
    parsers.get(key) ??
    parserPlugins(syntax).then((plugins) => {
      const processor = unified().use(plugins).freeze()
      return (source: string) => processor.parse(new VFile(source)) as Root
    })
  parsers.set(key, made)
  return made
}

/** Nodes whose end is used: where a message's words are looked for, or what is shown as typed. */
const withEnds = new Set([
  ...['paragraph', 'heading', 'link', 'linkReference', 'image', 'imageReference', 'definition', 'table'],
])
/** Nodes that no message speaks of. */
const withoutPlaces = new Set([
  ...['root', 'text', 'emphasis', 'strong', 'delete', 'inlineCode', 'break', 'thematicBreak'],
  ...['list', 'listItem', 'tableRow', 'tableCell'],
])

function placeOf({ type, position }: Nodes): string | undefined {
  if (!position || withoutPlaces.has(type)) return undefined
  const { start, end } = position
  const begins = `${start.line}:${start.column} ${start.offset}`
  return withEnds.has(type) ? `${begins}-${end.line}:${end.column} ${end.offset}` : begins
}

/** A tree as plain data: nothing and null are the same, `data` is left out, places as far as we use them. */
function plainOf(node: Nodes): Record<string, unknown> {
  const { position: _position, data: _data, ...rest } = node
  const fields = Object.entries(rest)
    .filter(([key, value]) => key !== 'children' && value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const place = placeOf(node)
  return {
    ...Object.fromEntries(fields),
    ...(place === undefined ? {} : { place }),
    ...('children' in node ? { children: node.children.map(plainOf) } : {}),
  }
}

export type Verdict = { readonly trusted: false } | { readonly trusted: true; readonly same: boolean }

/** Would the fast parser be used for this document, and is its tree then remark's? */
export async function compare(source: string, parse = fast): Promise<Verdict> {
  const syntax = syntaxOf(source, metaOf({}))
  if (!parse || !mayReadAlike(source, syntax)) return { trusted: false }
  const tree = parse(source)
  if (!readsAlike(source, tree, syntax)) return { trusted: false }
  const remark = await remarkFor(syntax)
  return { trusted: true, same: JSON.stringify(plainOf(tree)) === JSON.stringify(plainOf(remark(source))) }
}

/** The parts of a document that still show a difference when no more of them can be left out. */
export async function smallest(parts: readonly string[]): Promise<string> {
  const differs = async (list: readonly string[]): Promise<boolean> => {
    const text = list.join('')
    const verdict = await compare(text)
    return text.isWellFormed() && verdict.trusted && !verdict.same
  }
  let least = [...parts]
  for (let i = 0; i < least.length; ) {
    const fewer = least.toSpliced(i, 1)
    if (await differs(fewer)) {
      least = fewer
      i = 0
    } else i++
  }
  const letters = [...least.join('')]
  return letters.length === least.length ? least.join('') : smallest(letters)
}
