// The addresses in a style sheet or a style attribute: `url()`, `@import` and `image-set()`. Comments are left out; what
// stands in strings elsewhere (`content: "url(x)"`) is no address.
import type { Ref } from './facts.js'

const token =
  /\/\*[\s\S]*?(?:\*\/|$)|@import\s+(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')|url\(\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|([^"'()\s]*))\s*\)|image-set\(\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/gi

/** CSS escapes (css-syntax-3, 4.3.7): `\26 ` is `&`, `\(` is `(`. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:([\da-f]{1,6})\s?|([\s\S]))/gi, (_, hex, char) => {
    const code = hex === undefined ? 0 : Number.parseInt(hex, 16)
    return hex === undefined
      ? String(char)
      : code > 0 && code <= 0x10ffff
        ? String.fromCodePoint(code)
        : '\ufffd'
  })

/** `start` is added to every offset: where the text begins in its file. */
export function refsInCss(css: string, start = 0): Ref[] {
  const refs: Ref[] = []
  for (const match of css.matchAll(token)) {
    const to = match.slice(1).find((group) => group !== undefined)
    if (to === undefined || to === '') continue
    const within = match[0].indexOf(to)
    refs.push({ kind: 'style', to: unescaped(to), at: start + match.index + Math.max(0, within) })
  }
  return refs
}
