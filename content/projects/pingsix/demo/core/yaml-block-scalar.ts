// Literal and folded block scalars, with their indentation and chomping marks.
import type { Cursor } from './yaml-cursor.js'
import { scalarNode, type YamlNode } from './yaml-node.js'
import { foldLines } from './yaml-scalars.js'

/** `|` or `>`; its lines stand deeper than `parent`. */
export function blockScalar(c: Cursor, parent: number): YamlNode {
  const { line } = c
  const header = /^([|>])(?:([+-])([1-9])?|([1-9])([+-])?)?(?=\s|$)/.exec(c.rest())
  if (header === null) c.fail('块标量的开头写法不对')
  const [whole, style, chompA, indentA, indentB, chompB] = header
  c.pos += whole.length
  c.space(false)
  if (!c.atLineEnd()) c.fail('| 或 > 的后面只能是注释')
  const given = indentA ?? indentB
  let indent = given === undefined ? -1 : Math.max(parent, 0) + Number(given)
  const lines: string[] = []
  while (c.pos + 1 < c.source.length) {
    const end = c.source.indexOf('\n', c.pos + 1)
    const text = c.source.slice(c.pos + 1, end < 0 ? undefined : end)
    const depth = /^ */.exec(text)![0].length
    if (text.trim() !== '') {
      if (indent < 0) indent = Math.max(depth, parent + 1)
      if (depth < indent) break
    }
    lines.push(text.slice(Math.min(indent < 0 ? depth : indent, text.length)))
    c.newline()
    c.pos = end < 0 ? c.source.length : end
  }
  const body = lines.join('\n').replace(/\n*$/, '')
  const trailing = lines.length - body.split('\n').length
  const folded = style === '>' ? foldLines(body.split('\n'), true) : body
  const chomp = chompA ?? chompB
  const text =
    folded === '' && chomp !== '+'
      ? ''
      : folded + (chomp === '-' ? '' : chomp === '+' ? '\n'.repeat(trailing + 1) : '\n')
  return scalarNode(text, text, line)
}
