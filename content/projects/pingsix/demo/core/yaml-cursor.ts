// A place in a YAML text, and what is read character by character: blanks, comments, quotes. It knows no structure.
import { foldLines, unescapeText } from './yaml-scalars.js'

/** A syntax error; the message is Chinese. */
export class YamlError extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

const maxDepth = 60

export class Cursor {
  pos = 0
  line = 1
  lineStart = 0
  private depth = 0
  readonly source: string
  constructor(source: string) {
    this.source = source
  }

  fail(message: string): never {
    throw new YamlError(this.line, message)
  }
  rest = (length = 80): string => this.source.slice(this.pos, this.pos + length)
  column = (): number => this.pos - this.lineStart
  char = (): string => this.source[this.pos] ?? ''
  /** Ends at the end of the text, too. */
  atLineEnd = (): boolean => this.pos >= this.source.length || this.char() === '\n'
  newline(): void {
    this.pos++
    this.line++
    this.lineStart = this.pos
  }

  /** Skips blanks and a comment; with `lines`, whole empty lines, too. A tab must not be indentation. */
  space(lines: boolean): void {
    for (;;) {
      const from = this.pos
      while (this.char() === ' ' || this.char() === '\t') this.pos++
      if (this.char() === '#' && (this.pos === this.lineStart || /\s/.test(this.source[this.pos - 1] ?? ' ')))
        while (!this.atLineEnd()) this.pos++
      if (!lines || this.char() !== '\n') {
        const indent = this.source.slice(Math.max(from, this.lineStart), this.pos)
        if (lines && from <= this.lineStart && !this.atLineEnd() && indent.includes('\t'))
          this.fail('缩进不能用制表符')
        return
      }
      this.newline()
    }
  }

  nested<T>(read: () => T): T {
    if (++this.depth > maxDepth) this.fail('嵌套太深')
    const value = read()
    this.depth--
    return value
  }

  checkStart(): void {
    const first = this.char()
    if (first === '&' || first === '*') this.fail('不支持锚点与别名')
    if (first === '!') this.fail('不支持标签')
    if (/[%@`,\]}]/.test(first)) this.fail(`值不能以${first}开头，要加引号`)
  }

  quoted(): string {
    const quote = this.char()
    const from = ++this.pos
    const startLine = this.line
    for (;;) {
      if (this.pos >= this.source.length) throw new YamlError(startLine, '引号没有关上')
      const char = this.char()
      if (char === '\n') this.newline()
      else if (quote === '"' && char === '\\') {
        this.pos++
        if (this.char() === '\n') this.newline()
        else this.pos++
      } else if (char !== quote) this.pos++
      else if (quote === "'" && this.source[this.pos + 1] === quote) this.pos += 2
      else break
    }
    const raw = this.source.slice(from, this.pos++)
    try {
      return quote === "'" ? foldLines(raw.split('\n')).replaceAll("''", "'") : unescapeText(raw)
    } catch (error) {
      throw new YamlError(startLine, error instanceof Error ? error.message : '')
    }
  }
}
