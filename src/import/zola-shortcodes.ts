// Zola's shortcodes: `{{ name(a="b") }}` and `{% name(a="b") %}…{% end %}`, `{{/* … */}}` to show one, and links to
// sources (`@/blog/x.md#part`). Unknown ones stay as typed, since braces mean nothing here.
import { asBlock, callout, codeSpan, details, directive, fenced, picture, quotation } from './markup.js'
import { maskCode } from './masked.js'
import type { Note } from './types.js'

export interface ZolaContext {
  readonly file: string
  readonly bodyLine: number
  /** The address of a source below content/. */
  resolve(source: string): string | undefined
  note(note: Note): void
}

type Values = Readonly<Record<string, string>>
type Make = (values: Values, inner: string | null, indent: string) => string | undefined

const pick = (values: Values, ...names: readonly string[]): string =>
  names.map((name) => values[name]).find((value) => value !== undefined) ?? ''
const video =
  (service: string): Make =>
  (values) =>
    directive('video', { [service]: pick(values, 'id') })
const math: Make = (values, inner) => {
  const tex = (inner ?? pick(values, 'body')).trim()
  return values['block'] === 'true' ? `$$\n${tex}\n$$` : `$${tex}$`
}
const box =
  (kind?: string): Make =>
  (values, inner, indent) =>
    inner === null
      ? undefined
      : callout(kind ?? pick(values, 'type', 'kind', 'class'), pick(values, 'title'), inner, indent)
const image: Make = (values) =>
  picture({
    src: pick(values, 'src', 'path', 'url', 'name'),
    alt: pick(values, 'alt', 'caption'),
    caption: pick(values, 'caption'),
    width: pick(values, 'width'),
    height: pick(values, 'height'),
  })

const makers: Readonly<Record<string, Make>> = {
  youtube: video('youtube'),
  vimeo: video('vimeo'),
  bilibili: video('bilibili'),
  streamable: (values) => directive('embed', { url: `https://streamable.com/${pick(values, 'id')}` }),
  gist: (values) => directive('embed', { url: pick(values, 'url') }),
  tweet: (values) => directive('embed', { url: pick(values, 'url') }),
  katex: math,
  figure: image,
  image,
  img: image,
  resize_image: image,
  video: (values) => directive('video', { src: pick(values, 'src', 'path', 'url') }),
  quote: (values, inner, indent) =>
    inner === null ? undefined : quotation(inner, pick(values, 'author', 'cite'), indent),
  details: (values, inner) => (inner === null ? undefined : details(pick(values, 'summary', 'title'), inner)),
  detail: (values, inner) => (inner === null ? undefined : details(pick(values, 'summary', 'title'), inner)),
  mermaid: (_, inner, indent) => (inner === null ? undefined : fenced(inner, 'mermaid', '', indent)),
  note: box('note'),
  info: box('info'),
  tip: box('tip'),
  warning: box('warning'),
  danger: box('danger'),
  important: box('important'),
  caution: box('caution'),
  alert: box(),
  admonition: box(),
  callout: box(),
}
const inline = new Set(['katex', 'img'])

function valuesOf(text: string): Values {
  const values: Record<string, string> = {}
  for (const [, name = '', double, single, tick, plain] of text.matchAll(
    /([A-Za-z_]\w*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\s,)]+))/g,
  ))
    values[name] = double ?? single ?? tick ?? plain ?? ''
  return values
}

const argumentList = '\\(((?:[^()"\'`]|"(?:[^"\\\\]|\\\\.)*"|\'[^\']*\'|`[^`]*`)*)\\)'
const withBody = new RegExp(
  `\\{%-?\\s*([A-Za-z_]\\w*)\\s*${argumentList}\\s*-?%\\}([\\s\\S]*?)\\{%-?\\s*end\\s*-?%\\}`,
  'g',
)
const single = new RegExp(`\\{\\{-?\\s*([A-Za-z_]\\w*)\\s*${argumentList}\\s*-?\\}\\}`, 'g')

export function fromZola(body: string, context: ZolaContext): string {
  const masked = maskCode(body)
  const shown = (text: string): string =>
    text
      .replace(/\{\{\/\*\s*([\s\S]*?)\s*\*\/\}\}/g, '{{ $1 }}')
      .replace(/\{%\/\*\s*([\s\S]*?)\s*\*\/%\}/g, '{% $1 %}')
  const replace = (text: string, pattern: RegExp, paired: boolean): string =>
    text.replace(pattern, (typed: string, name: string, args: string, ...rest: unknown[]) => {
      const inner = paired ? String(rest[0]) : null
      const at = Number(rest[paired ? 1 : 0])
      const before = text.slice(0, at)
      const indent = /(?:^|\n)([ \t]*)$/.exec(before)?.[1] ?? ''
      const made = makers[name.toLowerCase()]?.(
        valuesOf(masked.restore(args)),
        inner === null ? null : masked.restore(inner, shown),
        indent,
      )
      const line = context.bodyLine + masked.line(Math.min(at, masked.text.length)) - 1
      context.note({
        kind: made === undefined ? 'unknown' : 'changed',
        what: `shortcode ${name}`,
        file: context.file,
        line,
      })
      if (made === undefined) return /<\w/.test(typed) && inner === null ? codeSpan(typed) : typed
      return inline.has(name.toLowerCase()) && !made.includes('\n')
        ? made
        : asBlock(before, made, text.slice(at + typed.length))
    })
  const text = replace(replace(masked.text, withBody, true), single, false).replace(
    /(\]\(\s*|^ {0,3}\[[^\]\n]+\]:[ \t]*)@\/([^\s)#]+)(#[^\s)]*)?/gm,
    (typed, lead: string, source: string, fragment = '') => {
      const url = context.resolve(source)
      if (url === undefined)
        context.note({
          kind: 'warning',
          what: `a link to a source that does not exist: @/${source}`,
          file: context.file,
        })
      return url === undefined ? typed : `${lead}${url}${fragment}`
    },
  )
  return masked.restore(shown(text), shown)
}
