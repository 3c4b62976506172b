// Where and why a text is no JSON. JSON.parse says it in words that differ between Node versions and often without
// a position; this walks the text once more, only after JSON.parse has refused it.

export interface JsonFault {
  readonly offset: number
  readonly what: string
}

const maxDepth = 100

/** The first fault in `text`, or null where there is none. */
export function findJsonFault(text: string): JsonFault | null {
  let i = 0
  const fail = (what: string, offset = i): never => {
    throw { offset, what } satisfies JsonFault
  }
  const blanks = (): void => {
    while (/[ \t\r\n]/.test(text.charAt(i))) i++
  }
  const string = (): void => {
    const start = i++
    for (;;) {
      const char = text.charAt(i)
      if (char === '' || char === '\n') fail('this text has no closing quote', start)
      if (char < ' ') fail('a control character must be written as an escape')
      if (char === '"') break
      if (char === '\\') {
        if (!/^(?:["\\/bfnrt]|u[\da-fA-F]{4})/.test(text.slice(i + 1, i + 6)))
          fail('this escape does not exist in JSON')
        i++
      }
      i++
    }
    i++
  }
  const value = (depth: number): void => {
    if (depth > maxDepth) fail('this is nested too deep')
    blanks()
    const char = text.charAt(i)
    if (char === '"') {
      string()
      return
    }
    if (char === '{' || char === '[') {
      collection(char, depth)
      return
    }
    const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/.exec(
      text.slice(i, i + 400),
    )
    if (word) {
      i += word[0].length
      return
    }
    if (char === '') fail('the text ends where a value is expected')
    fail(char === "'" ? 'JSON writes texts in double quotes' : 'a value is expected here')
  }
  const collection = (opener: '{' | '[', depth: number): void => {
    const closer = opener === '{' ? '}' : ']'
    i++
    blanks()
    if (text.charAt(i) === closer) {
      i++
      return
    }
    for (;;) {
      blanks()
      if (opener === '{') {
        if (text.charAt(i) === closer) fail('JSON allows no comma after the last entry')
        if (text.charAt(i) !== '"') fail('a key in double quotes is expected here')
        string()
        blanks()
        if (text.charAt(i) !== ':') fail('a colon is expected after the key')
        i++
      } else if (text.charAt(i) === closer) fail('JSON allows no comma after the last entry')
      value(depth + 1)
      blanks()
      const next = text.charAt(i)
      if (next === closer) {
        i++
        return
      }
      if (next !== ',') fail(`a comma or ${closer} is expected here`)
      i++
    }
  }
  try {
    value(0)
    blanks()
    return i < text.length ? { offset: i, what: 'nothing may follow the closing brace' } : null
  } catch (fault) {
    if (fault instanceof Error) throw fault
    return fault as JsonFault // only `fail` throws anything that is no Error
  }
}

/** The offset after the JSON object that begins at `start`, or -1 where it is not closed. Texts may hold braces. */
export function endOfJsonObject(text: string, start: number): number {
  let depth = 0
  let inText = false
  for (let i = start; i < text.length; i++) {
    const char = text[i]
    if (inText) {
      if (char === '\\') i++
      else if (char === '"') inText = false
    } else if (char === '"') inText = true
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') {
      depth--
      if (depth === 0) return i + 1
    }
  }
  return -1
}
