// Small repairs of Markdown that old renderers read in another way than CommonMark does; each leaves words alone.
import { maskCode } from './masked.js'

/** `##Title` is a heading to old renderers; `#tag` may be a hashtag and stays. */
export function hashHeadings(body: string): string {
  if (!/^ {0,3}#{2,6}[^\s#]/m.test(body)) return body
  const masked = maskCode(body)
  return masked.restore(masked.text.replace(/^( {0,3}#{2,6})(?=[^\s#!])/gm, '$1 '))
}

/** Formulas whose backslashes were doubled, because the old renderer ate one of each pair. */
export function halvedMath(body: string, wanted: boolean): string {
  if (!wanted || !/\\\\\\\\|\\\\[{}]/.test(body)) return body
  const masked = maskCode(body)
  return masked.restore(
    masked.text.replace(/\$\$[\s\S]+?\$\$|\$[^$\n]+\$/g, (formula) =>
      formula.includes('\\\\\\\\') ? formula.replace(/\\\\/g, '\\') : formula,
    ),
  )
}
