// What becomes of each shortcode: Hugo's own and those that many themes share.
import type { Call } from './hugo-calls.js'
import { attributes, callout, destination, details, directive, fenced, picture, quotation } from './markup.js'
import type { Note } from './types.js'

export interface ShortcodeContext {
  readonly file: string
  readonly bodyLine: number
  /** The address of a page as `ref` names it, with its fragment; undefined where there is no such page. */
  resolve(name: string): string | undefined
  /** `{{< param x >}}` */
  param(name: string): string | undefined
  note(note: Note): void
}

type Make = (call: Call, inner: string, indent: string, context: ShortcodeContext) => string | undefined

const arg = (call: Call, at: number, ...names: readonly string[]): string =>
  names
    .map((name) => call.named[name] ?? call.named[name.toLowerCase()])
    .find((value) => value !== undefined) ??
  call.positional[at] ??
  ''

const video =
  (service: string): Make =>
  (call) => {
    const id = arg(call, 0, 'id', 'videoid', 'bvid')
    return id === '' ? undefined : directive('video', { [service]: id, title: arg(call, 9, 'title') })
  }

const page =
  (url: (call: Call) => string): Make =>
  (call) =>
    directive('embed', { url: url(call) })

const box =
  (kind?: string): Make =>
  (call, inner, indent) =>
    callout(
      kind ?? arg(call, 0, 'type', 'class', 'kind'),
      arg(call, kind === undefined ? 1 : 0, 'title', 'name'),
      inner,
      indent,
    )

export const inside: Make = (_, inner) => inner

export const code =
  (language: string): Make =>
  (_, inner, indent) =>
    fenced(inner, language, '', indent)

const figure: Make = (call) =>
  picture({
    src: arg(call, 0, 'src', 'link', 'url'),
    alt: arg(call, 9, 'alt') || arg(call, 1, 'caption', 'title'),
    caption: [arg(call, 9, 'title'), arg(call, 1, 'caption'), arg(call, 9, 'attr')]
      .filter((text, i, all) => text !== '' && all.indexOf(text) === i)
      .join(' '),
    link: call.named['src'] === undefined ? '' : arg(call, 9, 'link'),
    width: arg(call, 9, 'width').replace(/px$/, ''),
    height: arg(call, 9, 'height').replace(/px$/, ''),
  })

const film: Make = (call) => {
  const src = arg(call, 0, 'src', 'url', 'mp4')
  if (/^https?:/i.test(src)) return `<video controls preload="none"${attributes({ src })}></video>`
  return directive('video', { src, title: arg(call, 9, 'title', 'caption') })
}

export const makers: Readonly<Record<string, Make>> = {
  figure,
  img: figure,
  image: figure,
  imgproc: figure,
  youtube: video('youtube'),
  vimeo: video('vimeo'),
  bilibili: (call) => {
    const id = arg(call, 0, 'id', 'bvid', 'bv')
    return /^BV/i.test(id)
      ? directive('video', { bilibili: id })
      : directive('embed', { url: `https://www.bilibili.com/video/${/^\d+$/.test(id) ? `av${id}` : id}/` })
  },
  video: film,
  audio: (call) =>
    `<audio controls preload="none"${attributes({ src: arg(call, 0, 'src', 'url') })}></audio>`,
  gist: page((call) => `https://gist.github.com/${call.positional.slice(0, 2).join('/')}`),
  tweet: page((call) =>
    call.named['user']
      ? `https://twitter.com/${call.named['user']}/status/${call.named['id'] ?? ''}`
      : `https://twitter.com/i/status/${arg(call, 0, 'id')}`,
  ),
  instagram: page((call) => `https://www.instagram.com/p/${arg(call, 0, 'id')}/`),
  speakerdeck: page((call) => `https://speakerdeck.com/player/${arg(call, 0, 'id')}`),
  codepen: page((call) => `https://codepen.io/${arg(call, 1, 'user')}/pen/${arg(call, 0, 'id')}`),
  jsfiddle: page((call) => `https://jsfiddle.net/${arg(call, 0, 'id')}/`),
  asciinema: page((call) => `https://asciinema.org/a/${arg(call, 0, 'id', 'key')}`),
  ref: (call, _inner, _indent, context) => reference(call, context),
  relref: (call, _inner, _indent, context) => reference(call, context),
  param: (call, _inner, _indent, context) => context.param(arg(call, 0, 'name')),
  details: (call, inner) => details(arg(call, 0, 'summary', 'title'), inner),
  expand: (call, inner) => details(arg(call, 0, 'summary', 'title'), inner),
  spoiler: (call, inner) => details(arg(call, 0, 'summary', 'title'), inner),
  collapse: (call, inner) => details(arg(call, 0, 'summary', 'title'), inner),
  accordion: (call, inner) => details(arg(call, 0, 'summary', 'title'), inner),
  admonition: box(),
  notice: box(),
  callout: box(),
  alert: box(),
  hint: box(),
  note: box('note'),
  info: box('info'),
  tip: box('tip'),
  warning: box('warning'),
  danger: box('danger'),
  caution: box('caution'),
  important: box('important'),
  quote: (call, inner, indent) => quotation(inner, arg(call, 0, 'author', 'source', 'cite'), indent),
  blockquote: (call, inner, indent) => quotation(inner, arg(call, 0, 'author', 'source', 'cite'), indent),
  link: (call) => {
    const href = arg(call, 0, 'href', 'url')
    return `[${arg(call, 1, 'content', 'text', 'title') || href}](${destination(href)})`
  },
  button: (call, inner) =>
    `[${inner.trim() || arg(call, 1, 'text')}](${destination(arg(call, 0, 'href', 'url', 'link'))})`,
  mermaid: code('mermaid'),
  echarts: code('json'),
  chart: code('json'),
  math: (_, inner) => `$$\n${inner.trim()}\n$$`,
  katex: (_, inner) => `$$\n${inner.trim()}\n$$`,
  qr: (call, inner) => inner || arg(call, 0, 'text'),
  center: inside,
  left: inside,
  right: inside,
  align: inside,
  table: inside,
  div: inside,
  style: inside,
  rawhtml: inside,
  raw: inside,
  html: inside,
  typeit: inside,
  tabs: inside,
  tabgroup: inside,
  steps: inside,
  lead: inside,
  highlight: (call, inner, indent) =>
    fenced(inner, call.positional[0] ?? '', call.positional[1] ?? '', indent),
  tab: (call, inner) => `**${arg(call, 0, 'name', 'title', 'label')}**\n\n${inner.trim()}`,
  x: (call, ...rest) => makers['tweet']?.(call, ...rest),
  twitter: (call, ...rest) => makers['tweet']?.(call, ...rest),
}

function reference(call: Call, context: ShortcodeContext): string | undefined {
  const name = arg(call, 0, 'path')
  const found = context.resolve(name)
  if (found !== undefined) return found
  context.note({ kind: 'warning', what: `ref to a page that does not exist: ${name}`, file: context.file })
  return name
}
