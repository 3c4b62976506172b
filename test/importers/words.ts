// The words of an old text and of the page that came of it: what a reader saw must still be read. A line of the source
// is found when its words stand in the page one after the other; where only their order across lines or the markup
// between them differs, each word must at least be there.
import { unescapeHtml } from '../../src/verify/page.js'

const word = /\p{Script=Han}|[\p{L}\p{N}]+/gu

const wordsIn = (text: string): string[] => text.normalize('NFKC').toLowerCase().match(word) ?? []

/** All words of a page in order: text, code and formulas' TeX. */
export function pageWords(html: string): string[] {
  return wordsIn(
    unescapeHtml(
      html
        .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
        .replace(
          /<\/?(?:span|a|em|strong|code|b|i|u|s|del|sup|sub|mark|small|font|kbd|wbr)\b(?:"[^"]*"|'[^']*'|[^"'>])*>/gi,
          '',
        )
        .replace(/<(?:"[^"]*"|'[^']*'|[^"'>])*>/g, ' '),
    ),
  )
}

/** The lines of a source without what never was visible: tags' names, addresses, languages of code, comments. */
export function visibleLines(source: string): string[] {
  return (
    source
      .replace(/^\ufeff*(?:---|\+\+\+)\r?\n[\s\S]*?\r?\n(?:---|\+\+\+)[ \t]*(?:\r?\n|$)/, '')
      .replace(/<!--[\s\S]*?-->/g, '')
      // Elements may stand over several lines; what they say is in no line.
      .replace(/<\/?[a-z][a-z\d]*(?:\s(?:"[^"]*"|'[^']*'|[^"'<>])*)?\/?>/gi, (tag) =>
        isElement(tag) && tag.includes('\n') ? tag.replace(/[^\n]/g, ' ') : tag,
      )
      .replace(/&[a-z]{2,8};/gi, ' ')
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b\u2060\ufeff]/g, '')
      .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, '')
      .replace(/\{\{[<%][\s\S]*?[>%]\}\}|\{%[\s\S]*?%\}/g, ' ')
      // The name of a captured text: what it holds stands in its place.
      .replace(/\{\{-?\s*\w+\s*\|\s*markdownify\s*-?\}\}/g, ' ')
      .split(/\r\n?|\n/)
      .map((line) =>
        unescapeHtml(
          line
            .replace(/^[ \t>*+-]*(?:`{3,}|~{3,}).*$/, '')
            .replace(/^ {0,3}\[[^\]^]+\]:\s*\S+.*$/, '')
            // An address alone on its line belongs to the definition above, or stands in the page as a link.
            .replace(/^\s+https?:\S+$/, '')
            .replace(/!\[[^\]]*\]\((?:[^()\n]|\([^()\n]*\))*\)/g, ' ')
            .replace(/!\[[^\]]*\]\[[^\]]*\]/g, ' ')
            .replace(/\]\((?:[^()\n]|\([^()\n]*\))*\)/g, ' ')
            .replace(/\]\[[^\]]*\]/g, ' ')
            .replace(/\[\^[^\]]+\]:?/g, ' ')
            .replace(/\{[:#][^}]*\}/g, ' ')
            .replace(/<\/?(?:[a-z][a-z\d]*)(?:\s(?:"[^"]*"|'[^']*'|[^"'<>])*)?\/?>/gi, (tag) =>
              isElement(tag) ? ' ' : tag,
            )
            .replace(/^[\s>]*\d{1,9}[.)]\s/, ''),
        ),
      )
  )
}

const elements = new Set(
  'a tt abbr audio b big blockquote br button center cite fieldset legend code col dd del details div dl dt em embed figcaption figure font form h1 h2 h3 h4 h5 h6 hr i iframe img input kbd li mark nav object ol p param pre q s section small source span strike strong sub summary sup svg table tbody td tfoot th thead tr u ul video'.split(
    ' ',
  ),
)
const isElement = (tag: string): boolean =>
  elements.has((/^<\/?([a-z\d]+)/i.exec(tag)?.[1] ?? '').toLowerCase())

export interface Missing {
  readonly line: number
  readonly text: string
  readonly words: readonly string[]
}

/** Lines of the source that lost a word. */
export function missingLines(source: string, html: string): Missing[] {
  const words = pageWords(html)
  const joined = ` ${words.join(' ')} `
  // Words that markup or a formatter has divided or put together: compared without blanks as well.
  const glued = words.join('')
  const known = new Set(words)
  return visibleLines(source).flatMap((text, at) => {
    const own = wordsIn(text)
    if (own.length === 0 || joined.includes(` ${own.join(' ')} `) || glued.includes(own.join(''))) return []
    const lost = own.filter((one) => !known.has(one) && !glued.includes(one))
    return lost.length === 0 ? [] : [{ line: at + 1, text, words: lost }]
  })
}
