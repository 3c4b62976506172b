// The last touch on a text that came over: characters that no page may hold, line ends, and words in angle brackets that
// browsers would take for elements and show nothing of. What the old pages showed stays shown; nothing else is mended.
import type { Nodes } from 'mdast'
import { unified } from 'unified'
import { isElementName } from '../markdown/html.js'
import { parserPlugins } from '../markdown/parse.js'
import { lineAt } from './masked.js'
import type { ImportedDocument, Note } from './types.js'

/** Line ends are `\n`, control characters go; both are invisible where they stood. */
export function plainText(text: string): { readonly text: string; readonly dropped: number } {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  let dropped = 0
  const clean = lines.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, () => {
    dropped++
    return ''
  })
  return { text: clean.toWellFormed(), dropped }
}

const tag = /<\/?([A-Za-z][^\s/>]*)/g
const strange = (text: string): boolean =>
  [...text.matchAll(tag)].some(([, name = '']) => !isElementName(name) && !name.includes('@'))

/** `<String>` outside of code becomes visible again. Only texts that hold such a word are parsed. */
export async function showStrangeTags(
  document: ImportedDocument,
  note: (note: Note) => void,
): Promise<string> {
  const { body } = document
  if (!body.includes('<') || !strange(body)) return body
  const places: number[] = []
  const visit = (node: Nodes): void => {
    if (node.type === 'html') {
      const start = node.position?.start.offset ?? 0
      for (const { index, 1: name = '' } of node.value.matchAll(tag))
        if (!isElementName(name)) places.push(offsetOf(body, node, start, index))
    }
    if ('children' in node) node.children.forEach(visit)
  }
  const plugins = await parserPlugins({ cjk: false, math: false, directives: false })
  visit(unified().use(plugins).parse(body) as Nodes) // remark-parse yields mdast
  let text = body
  for (const place of places.sort((a, b) => b - a)) {
    if (text[place] !== '<') continue
    note({
      kind: 'changed',
      what: 'a word in angle brackets that is no element: its bracket is written out',
      file: document.source,
      line: document.bodyLine + lineAt(body, place) - 1,
    })
    text = `${text.slice(0, place)}&lt;${text.slice(place + 1)}`
  }
  return text
}

/** A node's value lacks the marks of quotations and lists around it: the offset is found line by line. */
function offsetOf(
  body: string,
  node: Extract<Nodes, { type: 'html' }>,
  start: number,
  index: number,
): number {
  const before = node.value.slice(0, index).split('\n')
  const line = (node.position?.start.line ?? 1) + before.length - 1
  if (before.length === 1) return start + index
  let at = 0
  for (let n = 1; n < line; n++) at = body.indexOf('\n', at) + 1
  const found = body.indexOf(
    node.value.slice(index, index + 20).split('\n')[0] ?? '<',
    at + (before.at(-1)?.length ?? 0),
  )
  return found < 0 ? start : found
}
