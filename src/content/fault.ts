// What a parser of fields throws: the place in its own text, what is wrong and how to mend it, in words of ours.
// The caller knows the file and turns it into a Problem.

export class FieldsFault extends Error {
  /** `frontmatter/yaml` and the like. */
  readonly code: string
  /** UTF-16 offset in the text that was parsed. */
  readonly offset: number
  readonly length: number
  readonly fix: string
  constructor(code: string, what: string, offset: number, length: number, fix: string) {
    super(what)
    this.code = code
    this.offset = offset
    this.length = length
    this.fix = fix
  }
}
