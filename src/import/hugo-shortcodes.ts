// What becomes of each shortcode: Hugo's own and those that many themes share. A shortcode that is not here stays in
// sight as typed, between backticks, its inside untouched; the report names it with its place.
import { callsIn } from './hugo-calls.js'
import { makers, type ShortcodeContext } from './hugo-makers.js'
import { asBlock, codeSpan, fenced } from './markup.js'
import { maskCode, replaceRaw } from './masked.js'

/** These stand on lines of their own; all others may stand in a sentence. */
const inline = new Set([
  'ref',
  'relref',
  'param',
  'qr',
  'link',
  'button',
  'img',
  'image',
  'raw',
  'html',
  'rawhtml',
  'style',
  'center',
  'left',
  'right',
  'align',
  'table',
  'div',
  'lead',
])

/** A body with its shortcodes turned into Markdown, directives and HTML. */
export function convertShortcodes(body: string, context: ShortcodeContext): string {
  const text = body.includes('{{') ? highlights(body, context) : body
  if (!text.includes('{{')) return text
  const masked = maskCode(text)
  const convert = (part: string, base: number): string => {
    let result = ''
    let from = 0
    for (const call of callsIn(part, (argument) => masked.restore(argument))) {
      const before = part.slice(from, call.start)
      const line = context.bodyLine + masked.line(base + call.start) - 1
      const indent = /(?:^|\n)([ \t]*)$/.exec(part.slice(0, call.start))?.[1] ?? ''
      const innerStart = base + call.start + call.opening.length
      const inner = call.inner === null ? '' : convert(call.inner, innerStart)
      result += before
      const made = makers[call.name.toLowerCase()]?.(call, masked.restore(inner, inCode), indent, {
        ...context,
        note: (note) => context.note({ ...note, line }),
      })
      if (made === undefined) {
        context.note({ kind: 'unknown', what: `shortcode ${call.name}`, file: context.file, line })
        result += `${codeSpan(masked.restore(call.opening))}${call.inner === null ? '' : `${inner}${codeSpan(call.closing)}`}`
      } else {
        context.note({ kind: 'changed', what: `shortcode ${call.name}`, file: context.file, line })
        const isInline = inline.has(call.name.toLowerCase())
        result += isInline ? made : asBlock(part.slice(0, call.start), made, part.slice(call.end))
      }
      from = call.end
    }
    return result + part.slice(from)
  }
  return masked.restore(unescapeCalls(convert(masked.text, 0), true), inCode)
}

const inCode = (piece: string): string => unescapeCalls(piece, false)

/** The inside of `highlight` is code: it is taken before anything else looks at the text. */
function highlights(body: string, context: ShortcodeContext): string {
  const open = /\{\{[<%]\s*highlight((?:\s+(?:"[^"]*"|[^\s"%>]+))*)\s*[>%]\}\}/
  return replaceRaw(
    body,
    open,
    () => /\{\{[<%]\s*\/\s*highlight\s*[>%]\}\}/,
    (match, inner, indent, line) => {
      const [language = '', ...options] = (match[1] ?? '').match(/"[^"]*"|\S+/g) ?? []
      const plain = (text: string): string => text.replace(/^"|"$/g, '')
      context.note({
        kind: 'changed',
        what: 'shortcode highlight',
        file: context.file,
        line: context.bodyLine + line - 1,
      })
      const meta = options.map(plain).join(' ')
      if (/hl_inline\s*=\s*true/.test(meta) || (indent === null && !inner.includes('\n')))
        return codeSpan(inner.trim())
      return fenced(inner, plain(language), optionsOf(meta), indent ?? '')
    },
  )
}

/** `linenos=table,hl_lines=3 5-7` → what stands behind our backticks. */
function optionsOf(meta: string): string {
  const marked = /hl_lines=\[?"?([\d\s,-]+)/
    .exec(meta)?.[1]
    ?.trim()
    .split(/[\s,]+/)
  const numbered = /linenos=(?!false)/.test(meta)
  return [marked && `{${marked.join(',')}}`, numbered && 'showLineNumbers'].filter((part) => part).join(' ')
}

/** `{{</* x *\/>}}` prints `{{< x >}}`: in prose its `<` must not begin a tag of HTML. */
function unescapeCalls(text: string, isProse: boolean): string {
  return text.replace(
    /\{\{([<%])\/\*([\s\S]*?)\*\/([>%])\}\}/g,
    (_, open: string, inner: string, close: string) =>
      isProse && open === '<' ? `{{\\<${inner}>}}` : `{{${open}${inner}${close}}}`,
  )
}
