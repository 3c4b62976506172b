// Where a key of the evaluated configuration stands in its source. The source is a program, so this is a good
// guess, not a proof: the first place where the keys of the path stand one behind the other, comments left out.
import { frame, type Problem, positionAt } from '../errors.js'

/** File, line, column and frame of `path` in the config's text; only the file where it cannot be found. */
export function locateKey(
  file: string,
  text: string,
  path: readonly string[],
): Pick<Problem, 'file' | 'line' | 'column' | 'frame'> {
  if (text === '') return file === '' ? {} : { file }
  const bare = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|[\s;,{])\/\/[^\n]*/g, (comment) =>
    comment.replace(/[^\n]/g, ' '),
  )
  let at = 0
  let length = 1
  for (const key of path) {
    const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const found = new RegExp(`(?<![\\w$])(['"]?)${escaped}\\1\\s*[:,}(]`).exec(bare.slice(at))
    if (!found) break
    at += found.index + (found[1]?.length ?? 0)
    length = key.length
  }
  if (at === 0 && path.length > 0) return { file, line: 1, column: 1, frame: frame(text, 1, 1) }
  const { line, column } = positionAt(text, at)
  return { file, line, column, frame: frame(text, line, column, length) }
}
