// What stands behind the backticks of a code block: ```` ```rust title="src/main.rs" {1,3-5} showLineNumbers ````, and the
// other spellings found in real blogs (`{r, cache=2}`, `sql {title="…"}`, `rust,ignore`, Hugo's `{linenos=true}`).
// Must accept every text: what it does not understand it ignores.

export interface Fence {
  /** As typed, lower-cased; '' for none. */
  readonly language: string
  readonly title: string
  /** Line numbers from 1. */
  readonly marked: ReadonlySet<number>
  /** `{+2,-3}`: these lines are shown as added or removed. */
  readonly added: ReadonlySet<number>
  readonly removed: ReadonlySet<number>
  /** ```` ```diff-js ````: the first character of each line (`+`, `-`, blank) says what became of it. */
  readonly diff: boolean
  /** undefined: as the site's configuration says. */
  readonly numbers: boolean | undefined
}

const mostLines = 10_000

/** `1,3-5` → 1, 3, 4, 5. */
function addRange(into: Set<number>, range: string): void {
  const [from = '', to = from] = range.split(/[-–]/)
  for (let line = Number(from); line <= Math.min(Number(to), mostLines); line++) into.add(line)
}

/** Reads language and meta, as mdast has split them at the first blank. */
export function readFence(lang: string | null | undefined, meta: string | null | undefined): Fence {
  let rest = `${lang ?? ''} ${meta ?? ''}`.trim()
  let language = ''
  const braced = /^\{\s*[.#]?([\w+#.-]+)\s*,?\s*/.exec(rest)
  if (braced && !/^\{\s*[\d+-]/.test(rest) && !/^\{\s*[\w-]+\s*=/.test(rest)) {
    language = braced[1] ?? ''
    rest = `{${rest.slice(braced[0].length)}`
  } else {
    language = /^[^\s{,=:"'<>]+(?:(?=,)|(?![^\s]*=))/.exec(rest)?.[0] ?? ''
    rest = rest.slice(language.length)
  }
  language = language.toLowerCase()
  const diff = /^diff-./.test(language)
  if (diff) language = language.slice('diff-'.length)

  const marked = new Set<number>()
  const added = new Set<number>()
  const removed = new Set<number>()
  for (const [, list = ''] of rest.matchAll(/\{([\d\s,+–-]+)\}/g))
    for (const part of list.split(',').map((text) => text.trim())) {
      if (/^\+\d+(?:[-–]\d+)?$/.test(part)) addRange(added, part.slice(1))
      else if (/^-\d+(?:[-–]\d+)?$/.test(part)) addRange(removed, part.slice(1))
      else if (/^\d+(?:[-–]\d+)?$/.test(part)) addRange(marked, part)
    }
  const highlighted = /hl_lines\s*=\s*(?:\[([^\]]*)\]|"([^"]*)"|(\d[\d,\s-]*))/.exec(rest)
  if (highlighted)
    for (const [range] of (highlighted[1] ?? highlighted[2] ?? highlighted[3] ?? '').matchAll(
      /\d+(?:-\d+)?/g,
    ))
      addRange(marked, range)

  const title = /(?:^|[\s{,])(?:title|filename|file|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s,}"']+))/.exec(
    rest,
  )
  return {
    language,
    title: title?.[1] ?? title?.[2] ?? title?.[3] ?? '',
    marked,
    added,
    removed,
    diff,
    numbers: readNumbers(rest),
  }
}

function readNumbers(rest: string): boolean | undefined {
  if (/(?:^|[\s{,.])(?:noLineNumbers|nolinenos)\b/i.test(rest)) return false
  const said =
    /(?:^|[\s{,.])(?:showLineNumbers|lineNumbers|numberLines|linenos)\b(?:\s*=\s*["']?(\w+))?/i.exec(rest)
  return said ? !/^(?:false|no|0)$/i.test(said[1] ?? '') : undefined
}
