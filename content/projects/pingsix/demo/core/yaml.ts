// A small YAML 1.2 reader whose nodes remember their line and their source text: values alone have lost `007` and
// the lines. It reads what configurations are written in: block and flow collections, all five kinds of scalar,
// comments. Anchors, tags, `? key` and several documents are refused with a message, never misread. The usual
// package would be two fifths of the page's whole budget; a test holds this reader to its results.
import { blockScalar } from './yaml-block-scalar.js'
import { Cursor, YamlError } from './yaml-cursor.js'
import { flow } from './yaml-flow.js'
import {
  mappingNode,
  scalarNode,
  sequenceNode,
  type YamlEntry,
  type YamlNode,
  type YamlProblem,
} from './yaml-node.js'
import { foldLines, plainScalar } from './yaml-scalars.js'

export type { YamlNode } from './yaml-node.js'

class Reader {
  private readonly c: Cursor
  constructor(c: Cursor) {
    this.c = c
  }

  document(): YamlNode {
    this.c.space(true)
    if (/^---(?=\s|$)/.test(this.c.rest())) this.c.pos += 3
    this.c.space(true)
    const node = this.block(-1, false)
    this.c.space(true)
    if (/^\.\.\.(?=\s|$)/.test(this.c.rest())) this.c.pos += 3
    this.c.space(true)
    if (this.c.pos < this.c.source.length)
      this.c.fail(/^---/.test(this.c.rest()) ? '只能有一个文档' : '缩进不对，或这里不该再有内容')
    return node
  }

  /** A node that stands deeper than `parent`; `sameColumn` lets a list stand right below its key. */
  private block(parent: number, sameColumn: boolean): YamlNode {
    const keyLine = this.c.line
    this.c.space(true)
    const column = this.c.column()
    const dash = /^-(?=\s|$)/.test(this.c.rest())
    if (this.c.pos >= this.c.source.length || column < parent || (column === parent && !(sameColumn && dash)))
      return scalarNode(null, '', keyLine)
    return this.c.nested(() =>
      dash ? this.sequence(column) : this.isKey() ? this.mapping(column) : this.value(parent),
    )
  }

  private sequence(column: number): YamlNode {
    const { line } = this.c
    const items: YamlNode[] = []
    while (this.c.column() === column && /^-(?=\s|$)/.test(this.c.rest())) {
      const itemLine = this.c.line
      this.c.pos++
      this.c.space(false)
      const item = this.block(column, false)
      // An item is told by the line of its dash.
      items.push({ ...item, line: itemLine })
      this.c.space(true)
    }
    return sequenceNode(items, line)
  }

  /** Whether a key and its colon stand here. */
  private isKey(): boolean {
    const end = this.c.source.indexOf('\n', this.c.pos)
    const line = this.c.source.slice(this.c.pos, end < 0 ? undefined : end)
    if (/^\?(\s|$)/.test(line)) this.c.fail('不支持「? 键」的写法')
    return (
      /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*:(?=\s|$)/.test(line) ||
      /^[^\s#&*!|>'"%@`[\]{},](?:[^#:]|:(?=\S)|(?<=\S)#)*:(?=\s|$)/.test(line)
    )
  }

  private mapping(column: number): YamlNode {
    const { line } = this.c
    const entries: YamlEntry[] = []
    while (this.c.column() === column && this.c.pos < this.c.source.length && this.isKey()) {
      const keyLine = this.c.line
      const key = /["']/.test(this.c.char()) ? this.c.quoted() : this.plainKey()
      this.c.space(false)
      this.c.pos++
      if (entries.some((entry) => entry.key === key)) throw new YamlError(keyLine, `键${key}重复`)
      this.c.space(false)
      const value = this.c.atLineEnd() ? this.block(column, true) : this.c.nested(() => this.value(column))
      entries.push({ key, line: keyLine, value })
      this.c.space(true)
    }
    if (this.c.column() > column && !this.c.atLineEnd()) this.c.fail('缩进不对：比上一行的键更深，却不属于它')
    return mappingNode(entries, line)
  }

  private plainKey(): string {
    const from = this.c.pos
    while (!(this.c.char() === ':' && /\s|^$/.test(this.c.source[this.c.pos + 1] ?? ''))) this.c.pos++
    return this.c.source.slice(from, this.c.pos).trim()
  }

  /** A value that begins on this line, inside a block whose lines stand deeper than `indent`. */
  private value(indent: number): YamlNode {
    const { line } = this.c
    const first = this.c.char()
    if (first === '|' || first === '>') return blockScalar(this.c, indent)
    let node: YamlNode
    if (first === '[' || first === '{') node = flow(this.c)
    else if (first === '"' || first === "'") {
      const text = this.c.quoted()
      node = scalarNode(text, text, line)
    } else node = this.plain(indent)
    this.c.space(false)
    if (!this.c.atLineEnd())
      this.c.fail(this.c.char() === ':' ? '这里不能再有「键: 值」' : '值的后面多了内容')
    return node
  }

  private plain(indent: number): YamlNode {
    this.c.checkStart()
    const { line } = this.c
    const lines: string[] = []
    for (;;) {
      const from = this.c.pos
      while (!this.c.atLineEnd()) {
        const next = this.c.source[this.c.pos + 1] ?? ''
        if (this.c.char() === ':' && /\s|^$/.test(next)) this.c.fail('这里不能再有「键: 值」')
        if (/\s/.test(this.c.char()) && next === '#') break
        this.c.pos++
      }
      lines.push(this.c.source.slice(from, this.c.pos).trim())
      // Deeper lines go on with the scalar, unless a comment ended it.
      const mark = { pos: this.c.pos, line: this.c.line, lineStart: this.c.lineStart }
      const commented = !this.c.atLineEnd()
      let blank = 0
      while (!commented && this.c.char() === '\n') {
        this.c.newline()
        while (this.c.char() === ' ') this.c.pos++
        if (this.c.char() === '\n') blank++
      }
      if (
        commented ||
        this.c.pos >= this.c.source.length ||
        this.c.column() <= indent ||
        this.c.char() === '#'
      ) {
        Object.assign(this.c, mark)
        const text = foldLines(lines)
        return scalarNode(plainScalar(text), text, line)
      }
      for (; blank > 0; blank--) lines.push('')
    }
  }
}

/** Reads one document; an empty one is an empty mapping. Never throws: a syntax error comes back as a problem. */
export function parseYaml(source: string): { node: YamlNode | null; problem: YamlProblem | null } {
  try {
    const node = new Reader(new Cursor(source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'))).document()
    return { node: node.kind === 'scalar' && node.value === null ? mappingNode([], 1) : node, problem: null }
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    return { node: null, problem: { line: error.line, message: error.message } }
  }
}
