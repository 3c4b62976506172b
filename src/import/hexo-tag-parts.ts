// The parts that Hexo's tags are made of: code, pictures, boxes, quotations, films.
import { readArguments } from './calls.js'
import { callout, destination, details, directive, fenced, picture, quotation } from './markup.js'
import type { TagMaker } from './tags.js'

export const isAddress = (word: string): boolean => /^(?:https?:)?\/\/|^\//.test(word)

export const codeblock: TagMaker = ({ args, inner, indent }) => {
  if (inner === null) return undefined
  // `mark:1,4-7` holds commas, which divide arguments everywhere else.
  const marked = /(?:^|\s)mark:([\d,-]+)/.exec(args)?.[1]
  const { positional, named } = readArguments(args.replace(/(?:^|\s)mark:[\d,-]+/, ''), ':')
  const title = positional.filter((word) => !isAddress(word)).join(' ')
  const language =
    named['lang'] ?? named['language'] ?? /\.([a-z\d]{1,5})$/i.exec(positional[0] ?? '')?.[1] ?? ''
  const meta = [title !== '' && `title="${title.replaceAll('"', "'")}"`, marked && `{${marked}}`]
  return fenced(inner, language, meta.filter((part) => part).join(' '), indent)
}

/** Class names, an address, up to two sizes, title and alternative text. */
export function image(args: string): string | undefined {
  const words = readArguments(args).positional
  const at = words.findIndex(
    (word) => isAddress(word) || /\.(?:png|jpe?g|gif|svg|webp|avif|bmp)(?:[?#].*)?$/i.test(word),
  )
  if (at < 0) return undefined
  const rest = words.slice(at + 1)
  const sizes = rest.filter((word) => /^\d+(?:px|%)?$/.test(word)).map((word) => word.replace('px', ''))
  const said = rest.filter((word) => !/^\d+(?:px|%)?$/.test(word)).join(' ')
  // "title 'alt'": the one stands in the other's quotes.
  const nested = /^(?!["'])(.+?)\s+(["'])(.*)\2$/.exec(said)
  const [title = '', alt = title] = nested
    ? [nested[1], nested[3]]
    : [...said.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single ?? '')
  const text = title === '' ? said : alt
  return picture({
    src: words[at] ?? '',
    alt: text,
    title: title !== alt ? title : '',
    width: sizes[0],
    height: sizes[1],
  })
}

export const img: TagMaker = ({ args }) => image(args)

export const box =
  (kind?: string): TagMaker =>
  ({ args, inner, indent }) => {
    if (inner === null) return undefined
    const words = args
      .split(/\s+/)
      .filter((word) => !/^(?:no-icon|simple|modern|flat|disabled|icon-padding|fa\S*)$/.test(word))
    return callout(
      kind ?? words[0] ?? 'note',
      words
        .slice(kind === undefined ? 1 : 0)
        .join(' ')
        .replace(/^["']|["']$/g, ''),
      inner,
      indent,
    )
  }

export const fold: TagMaker = ({ args, inner }) =>
  inner === null
    ? undefined
    : details(
        args
          .split(/\s*,\s*/)
          .filter((word) => !/^(?:open|[a-z]+)$/.test(word))
          .join(', ') || args,
        inner,
      )

export const quote: TagMaker = ({ args, inner, indent }) => {
  if (inner === null) return undefined
  const link = /https?:\/\/\S+/.exec(args)?.[0]
  const [author = '', title = ''] =
    link === undefined ? [args.trim()] : args.split(link).map((part) => part.trim().replace(/,$/, ''))
  const source =
    link === undefined
      ? author
      : [author, `[${title || link}](${destination(link)})`].filter((part) => part !== '').join(' ')
  return quotation(inner, source.replace(/^["']|["']$/g, ''), indent)
}

export const embed =
  (url: (words: readonly string[]) => string): TagMaker =>
  ({ args }) => {
    const { positional } = readArguments(args)
    return positional.length === 0 ? undefined : directive('embed', { url: url(positional) })
  }

export const film =
  (service: string): TagMaker =>
  ({ args }) =>
    directive('video', { [service]: readArguments(args).positional[0] ?? '' })

export const tabs: TagMaker = ({ inner }) =>
  inner
    ?.replace(/<!--\s*(?:sub)*tab\s*([^@>]*?)(?:@[^>]*?)?\s*-->/g, (_, name: string) =>
      name === '' ? '' : `**${name}**\n`,
    )
    .replace(/<!--\s*end(?:sub)*tab\s*-->/g, '')
    .trim()
