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
/** Elements that mean nothing without attributes or an end: `<map>` in a sentence is a word of code. */
const words = new Set(
  (
    'map title head body html meta link base param option select object template form data time var main nav header footer ' +
    'section article aside script style table textarea iframe video audio canvas svg'
  ).split(' '),
)

/** Would a browser show nothing for this tag, though its author meant a word? */
function isWord(name: string, typed: string, body: string): boolean {
  if (name.includes('@')) return false
  if (!isElementName(name)) return true
  return typed.endsWith(`<${name}>`) && words.has(name) && !new RegExp(`</${name}\\s*>`, 'i').test(body)
}
const strange = (text: string): boolean =>
  [...text.matchAll(tag)].some(([typed, name = '']) =>
    isWord(name, `${typed}${text.includes(`<${name}>`) ? '>' : ''}`, text),
  )

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
      for (const { index, 0: typed, 1: name = '' } of node.value.matchAll(tag))
        if (isWord(name, typed + (node.value[index + typed.length] ?? ''), body))
          places.push(offsetOf(body, node, start, index))
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
