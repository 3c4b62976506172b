// Hexo's tag plugins and those of widespread themes → Markdown, directives and HTML. A tag that is not here stays as
// typed, its inside converted; the report names it.
import { readArguments } from './calls.js'
import { box, codeblock, embed, film, fold, img, isAddress, quote, tabs } from './hexo-tag-parts.js'
import { codeSpan, destination, directive, fenced, quotation } from './markup.js'
import type { TagMaker } from './tags.js'

export interface HexoTagContext {
  /** A post by the path of its file below `_posts`. */
  resolve(slug: string): { readonly url: string; readonly title: string } | undefined
  codeFile(name: string): string | undefined
}

export const rawTags = ['codeblock', 'code', 'highlight', 'mermaid'] as const

export const inlineTags: ReadonlySet<string> = new Set([
  'post_link',
  'post_path',
  'asset_path',
  'asset_link',
  'link',
  'img',
  'asset_img',
  'image',
  'inlineimg',
  'inlineimage',
  'label',
  'btn',
  'button',
  'checkbox',
  'u',
  'emp',
  'wavy',
  'del',
  'kbd',
  'psw',
  'span',
  'p',
])

export function hexoMakers(context: HexoTagContext): Readonly<Record<string, TagMaker>> {
  const post: TagMaker = ({ args, note, name }) => {
    const { positional } = readArguments(args)
    const [slug = '', fragment = ''] = (positional[0] ?? '').split('#')
    const found = context.resolve(slug)
    if (!found) note({ kind: 'warning', what: `${name} to a post that does not exist: ${slug}` })
    const url = found && found.url + (fragment === '' ? '' : `#${fragment}`)
    if (name === 'post_path') return url
    const title =
      positional
        .slice(1)
        .filter((word) => !/^(?:true|false)$/.test(word))
        .join(' ') ||
      found?.title ||
      slug
    return url === undefined ? codeSpan(`${name} ${args}`) : `[${title}](${destination(url)})`
  }
  const included: TagMaker = ({ args, indent, note }) => {
    const { positional, named } = readArguments(args, ':')
    const path = positional.at(-1) ?? ''
    const text = context.codeFile(path)
    const title = positional.slice(0, -1).join(' ') || path.split('/').at(-1) || path
    if (text === undefined) {
      note({ kind: 'warning', what: `include_code of a file that is not there: ${path}` })
      return codeSpan(`include_code ${args}`)
    }
    const lines = text
      .split('\n')
      .slice(Number(named['from'] ?? 1) - 1, named['to'] === undefined ? undefined : Number(named['to']))
    return fenced(
      lines.join('\n'),
      named['lang'] ?? path.split('.').at(-1) ?? '',
      `title="${title.replaceAll('"', "'")}"`,
      indent,
    )
  }
  const paragraph: TagMaker = ({ args, inner }) =>
    inner ?? (args.replace(/^(?:[\w-]*@|[\w-]+(?:\s*,\s*|\s+))/, '') || args)
  const button: TagMaker = ({ args }) => {
    const [href = '', text = '', ...rest] = args.includes(',')
      ? args.split(/\s*,\s*/)
      : readArguments(args).positional
    const label = isAddress(text) ? href : text || rest[0] || href
    return `[${label.replace(/^["']|["']$/g, '')}](${destination((isAddress(text) ? text : href).replace(/^["']|["']$/g, ''))})`
  }
  return {
    blockquote: quote,
    quote,
    pullquote: ({ inner, indent }) => (inner === null ? undefined : quotation(inner, '', indent)),
    centerquote: ({ inner, indent }) => (inner === null ? undefined : quotation(inner, '', indent)),
    cq: ({ inner, indent }) => (inner === null ? undefined : quotation(inner, '', indent)),
    codeblock,
    code: codeblock,
    highlight: ({ args, inner, indent }) =>
      inner === null ? undefined : fenced(inner, args.split(/\s+/)[0] ?? '', '', indent),
    mermaid: ({ args, inner, indent }) =>
      inner === null ? undefined : fenced(`${args.trim()}\n${inner}`.trim(), 'mermaid', '', indent),
    include_code: included,
    'include-code': included,
    jsfiddle: embed(([id = '']) => `https://jsfiddle.net/${id}/`),
    gist: embed(([id = '']) => `https://gist.github.com/${id}`),
    iframe: ({ args }) => {
      const [src = '', width = '100%', height = '300'] = readArguments(args).positional
      return `<iframe src="${src}" width="${width}" height="${height}" frameborder="0" loading="lazy" allowfullscreen></iframe>`
    },
    youtube: film('youtube'),
    vimeo: film('vimeo'),
    bilibili: ({ args }) => {
      const [id = ''] = readArguments(args).positional
      return /^BV/i.test(id)
        ? directive('video', { bilibili: id })
        : directive('embed', { url: `https://www.bilibili.com/video/${/^\d+$/.test(id) ? `av${id}` : id}/` })
    },
    video: ({ args }) => {
      const [src = ''] = readArguments(args).positional
      return /^https?:/i.test(src)
        ? `<video controls preload="none" src="${src}"></video>`
        : directive('video', { src })
    },
    img,
    image: img,
    inlineimg: img,
    inlineimage: img,
    asset_img: img,
    asset_path: ({ args }) => destination(readArguments(args).positional[0] ?? ''),
    asset_link: ({ args }) => {
      const [name = '', ...title] = readArguments(args).positional
      return `[${title.filter((word) => !/^(?:true|false)$/.test(word)).join(' ') || name}](${destination(name)})`
    },
    post_link: post,
    post_path: post,
    link: ({ args }) => {
      const { positional } = readArguments(args)
      const at = positional.findIndex(isAddress)
      const href = positional[at] ?? ''
      return at < 0 ? undefined : `[${positional.slice(0, at).join(' ') || href}](${destination(href)})`
    },
    note: box(),
    subnote: box(),
    noteblock: box(),
    tip: box('tip'),
    tips: box('tip'),
    folding: fold,
    hideblock: fold,
    hidetoggle: fold,
    spoiler: fold,
    fold,
    details: fold,
    tabs,
    subtabs: tabs,
    label: paragraph,
    span: paragraph,
    p: paragraph,
    checkbox: paragraph,
    radio: paragraph,
    btn: button,
    button,
    pdf: ({ args }) => `[PDF](${destination(readArguments(args).positional[0] ?? '')})`,
    grouppicture: ({ inner }) => inner ?? undefined,
    gp: ({ inner }) => inner ?? undefined,
    gallery: ({ inner }) => inner ?? undefined,
    timeline: ({ args, inner }) =>
      inner === null
        ? undefined
        : `${args === '' ? '' : `**${args.replace(/\s*,\s*\w+$/, '')}**\n\n`}${inner.replace(
            /<!--\s*(?:end)?(?:timeline|node)\s*([^>]*?)\s*-->/g,
            (_, title: string) => (title === '' ? '' : `**${title}**\n`),
          )}`,
    markmap: ({ inner }) => inner ?? undefined,
  }
}
