// Liquid's outputs and tags in a Jekyll text. Nothing is evaluated but what has one value for certain: addresses and plain
// values of the page and the site. All else stays as typed; it is data here and no template.
import { readArguments } from './calls.js'
import { quote } from './hexo-tag-parts.js'
import { callout, codeSpan, directive, fenced, picture } from './markup.js'
import { maskCode } from './masked.js'
import { convertTags, hideRaw, type TagMaker } from './tags.js'
import type { Note } from './types.js'

export interface LiquidContext {
  readonly file: string
  readonly bodyLine: number
  /** `page.x`, `site.x`, `include.x`; undefined where there is no such plain value. */
  value(name: string): string | undefined
  /** A page by `post_url`'s or `link`'s argument. */
  resolve(tag: 'post_url' | 'link', name: string): string | undefined
  /** Text of a file in `_includes/`. */
  include(name: string): string | undefined
  /** Text of a file beside the one that names it. */
  beside(name: string): string | undefined
  /** Text of a code file that a tag shows. */
  codeFile(name: string): string | undefined
  note(note: Note): void
  readonly depth?: number
}

/** `"/x" | relative_url`, `site.baseurl`, `page.title`: the value where it is certain. */
function output(expression: string, context: LiquidContext): string | undefined {
  const [first = '', ...filters] = expression.split('|').map((part) => part.trim())
  const literal = /^"([^"]*)"$|^'([^']*)'$/.exec(first)
  let value = literal
    ? (literal[1] ?? literal[2])
    : /^(?:site\.(?:baseurl|url|github\.url))$/.test(first)
      ? ''
      : context.value(first)
  for (const filter of filters) {
    if (value === undefined) return undefined
    const [, name = '', argument = ''] = /^(\w+)\s*:?\s*([\s\S]*)$/.exec(filter) ?? []
    const given = /^"([^"]*)"$|^'([^']*)'$/.exec(argument)
    const text = given ? (given[1] ?? given[2] ?? '') : (output(argument, context) ?? undefined)
    if (
      /^(?:relative_url|absolute_url|url|safe|escape|escape_once|xml_escape|strip|markdownify|cgi_escape|uri_escape)$/.test(
        name,
      )
    )
      continue
    if (name === 'prepend' && text !== undefined) value = text + value
    else if (name === 'append' && text !== undefined) value += text
    else if (name === 'default') value = value === '' ? (text ?? '') : value
    else if (name === 'upcase') value = value.toUpperCase()
    else if (name === 'downcase') value = value.toLowerCase()
    else return undefined
  }
  return value
}

const code: TagMaker = ({ args, inner, indent }) => {
  const [language = '', ...rest] = args.replace(/^(["'])(.*?)\1/, '$2').split(/\s+/)
  const marked = /(?:mark_lines|hl_lines)="?([\d\s,-]+)/
    .exec(args)?.[1]
    ?.trim()
    .split(/[\s,]+/)
    .join(',')
  const meta = [marked && `{${marked}}`, rest.some((word) => word.startsWith('linenos')) && 'showLineNumbers']
  return inner === null
    ? undefined
    : fenced(inner, language.includes('=') ? '' : language, meta.filter((part) => part).join(' '), indent)
}

/** Octopress: `{% codeblock title lang:ruby url link text %}`. */
const codeblock: TagMaker = ({ args, inner, indent }) => {
  if (inner === null) return undefined
  const { positional, named } = readArguments(args, ':')
  const title = positional.filter((word) => !/^https?:|^\/|^link$/.test(word)).join(' ')
  const language = named['lang'] ?? /\.(\w+)$/.exec(title)?.[1] ?? ''
  return fenced(inner, language, title === '' ? '' : `title="${title.replaceAll('"', "'")}"`, indent)
}

/** Octopress: `{% img [class] /path [width [height]] [title [alt]] %}`. */
const img: TagMaker = ({ args }) => {
  const words = readArguments(args).positional
  const at = words.findIndex((word) =>
    /^(?:https?:\/\/|\/|\S+\/|\S+\.(?:png|jpe?g|gif|svg|webp)$)/i.test(word),
  )
  if (at < 0) return undefined
  const [src = '', ...rest] = words.slice(at)
  const sizes = rest.filter((word) => /^\d+$/.test(word))
  const [title = '', alt = title] = rest.filter((word) => !/^\d+$/.test(word))
  return picture({ src, alt, title: title === alt ? '' : title, width: sizes[0], height: sizes[1] })
}

function makers(context: LiquidContext, variables: Map<string, string>): Readonly<Record<string, TagMaker>> {
  const page =
    (tag: 'post_url' | 'link'): TagMaker =>
    ({ args, note }) => {
      const found = context.resolve(tag, args.replace(/^["']|["']$/g, ''))
      if (found === undefined) note({ kind: 'warning', what: `${tag} to what does not exist: ${args}` })
      return found
    }
  const embed =
    (url: (words: readonly string[]) => string): TagMaker =>
    ({ args }) =>
      directive('embed', { url: url(readArguments(args).positional) })
  const included =
    (textOf: (name: string) => string | undefined): TagMaker =>
    ({ args, note, name: tag }) => {
      const [name = ''] = args.split(/\s+/)
      const text = (context.depth ?? 0) < 5 ? textOf(name) : undefined
      // What decides or repeats cannot be written down once for all.
      if (text === undefined || /\{%-?\s*(?:if|unless|for|case|assign|capture)\b/.test(text)) {
        note({ kind: 'warning', what: `${tag} ${name}` })
        return undefined
      }
      const { named } = readArguments(args.slice(name.length))
      return fromLiquid(text, {
        ...context,
        depth: (context.depth ?? 0) + 1,
        value: (key) =>
          key.startsWith('include.') ? (named[key.slice('include.'.length)] ?? '') : context.value(key),
      }).trim()
    }
  return {
    highlight: code,
    codeblock,
    code: codeblock,
    img,
    image: img,
    post_url: page('post_url'),
    link: page('link'),
    comment: ({ inner }) => (inner === null ? undefined : `<!-- ${inner.replaceAll('--', '- -').trim()} -->`),
    // What is captured or assigned stands where it is put out.
    capture: ({ args, inner }) => {
      if (inner === null || !/^[\w-]+$/.test(args)) return undefined
      variables.set(args, inner.trim())
      return ''
    },
    assign: ({ args }) => {
      const [, name = '', double, single] = /^([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')$/.exec(args) ?? []
      if (name === '') return undefined
      variables.set(name, double ?? single ?? '')
      return ''
    },
    gist: embed((words) => `https://gist.github.com/${words[0] ?? ''}`),
    youtube: ({ args }) =>
      directive('video', { youtube: /([\w-]{6,20})["']?\s*$/.exec(args.split(/\s+/)[0] ?? '')?.[1] ?? args }),
    vimeo: ({ args }) => directive('video', { vimeo: /\d{5,}/.exec(args)?.[0] ?? args }),
    video: ({ args }) => {
      const [src = '', ...rest] = readArguments(args).positional
      const poster = rest.find((word) => /\.(?:png|jpe?g)$/i.test(word)) ?? ''
      return /^https?:/i.test(src)
        ? `<video controls preload="none" src="${src}"></video>`
        : directive('video', { src, poster })
    },
    blockquote: quote,
    pullquote: ({ inner }) => inner?.replace(/\{"|"\}/g, ''),
    note: ({ args, inner, indent }) =>
      inner === null ? undefined : callout(args.split(/\s+/)[0] ?? 'note', '', inner, indent),
    include_code: ({ args, indent, note }) => {
      const { positional, named } = readArguments(args, ':')
      const name = positional.at(-1) ?? ''
      const text = context.codeFile(name)
      if (text === undefined)
        note({ kind: 'warning', what: `include_code of a file that is not there: ${name}` })
      return text === undefined
        ? undefined
        : fenced(text, named['lang'] ?? name.split('.').at(-1) ?? '', `title="${name}"`, indent)
    },
    include: included(context.include),
    include_relative: included(context.beside),
    jsfiddle: embed((words) => `https://jsfiddle.net/${words[0] ?? ''}/`),
  }
}

const inline = new Set(['post_url', 'link', 'pullquote', 'img', 'image', 'comment', 'capture', 'assign'])

/** A text with its Liquid written out as far as that is certain. */
export function fromLiquid(body: string, context: LiquidContext): string {
  if (!body.includes('{%') && !body.includes('{{')) return body
  const { text, show } = hideRaw(body)
  const variables = new Map<string, string>()
  const known = { ...context, value: (name: string) => variables.get(name) ?? context.value(name) }
  const tagged = convertTags(text, {
    makers: makers(known, variables),
    raw: ['highlight', 'codeblock', 'code'],
    inline,
    file: context.file,
    bodyLine: context.bodyLine,
    note: context.note,
  })
  const masked = maskCode(tagged)
  const written = masked.text.replace(
    /\{\{-?\s*([^{}\n]*?)\s*-?\}\}/g,
    (typed, expression: string, at: number) => {
      const value = output(expression, known)
      const after = masked.text.charAt(at + typed.length)
      // The site's own address: what follows begins at the root, alone in a link it is the home.
      if (value === '' && after === '/') return ''
      if (value === '' && /[("'=]$/.test(masked.text.slice(0, at))) return /["')]/.test(after) ? '/' : ''
      if (value === undefined || value === '') {
        const line = context.bodyLine + masked.line(at) - 1
        context.note({ kind: 'unknown', what: `{{ ${expression} }}`, file: context.file, line })
        return /<\w/.test(typed) ? codeSpan(typed) : typed
      }
      return value
    },
  )
  return show(masked.restore(written))
}
