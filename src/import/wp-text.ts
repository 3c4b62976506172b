// A WordPress text → our file: block comments go, shortcodes become HTML or directives, classic text gets the paragraphs
// that WordPress made of its blank lines. A shortcode that is not known stays as typed.
import { readArguments } from './calls.js'
import { htmlToMarkdown } from './html-text.js'
import { attributes, directive, escapeHtml } from './markup.js'

export interface WpTextContext {
  /** Address and caption of an attachment. */
  attachment(id: string): { readonly url: string; readonly caption: string } | undefined
  /** Attachments of this very post, for galleries that name none. */
  readonly own: readonly string[]
  unknown(name: string): void
  /** A block that only WordPress fills: latest posts, a list of archives. */
  dropped(name: string): void
}

const known = new Set(
  'caption wp_caption gallery embed audio video playlist code sourcecode youtube vimeo highlight cc'.split(
    ' ',
  ),
)
const languages = new Set(
  'php js javascript css html xml bash shell sql python java c cpp csharp ruby perl text plain go vb delphi scala diff powershell'.split(
    ' ',
  ),
)

const player = (url: string): string | undefined =>
  /(?:youtube\.com\/(?:watch|embed|shorts)|youtu\.be\/|vimeo\.com\/\d|bilibili\.com\/video)/.test(url)
    ? directive('video', { url })
    : undefined
const shown = (url: string): string => player(url) ?? directive('embed', { url })

const image = (url: string, caption: string): string =>
  `<figure><img${attributes({ src: url })} alt="${escapeHtml(caption)}">${caption === '' ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`}</figure>`

function shortcodes(text: string, context: WpTextContext): string {
  return (
    text
      // Two brackets show a shortcode instead of running it.
      .replace(/\[\[(\/?[a-z][\w-]*[^\]]*)\]\]/g, '&#91;$1&#93;')
      .replace(
        /\[(caption|wp_caption)([^\]]*)\]([\s\S]*?)\[\/\1\]/g,
        (_, _name, args: string, inner: string) => {
          const said = readArguments(args).named['caption']
          const [, picture = inner, rest = ''] =
            /^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/.exec(inner) ?? []
          const caption = said ?? rest.trim()
          return `\n\n<figure>${picture.trim()}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>\n\n`
        },
      )
      .replace(/\[gallery([^\]]*)\]/g, (_, args: string) => {
        const { named } = readArguments(args)
        const ids = (named['ids'] ?? named['include'] ?? '')
          .split(',')
          .map((id) => id.trim())
          .filter((id) => id !== '')
        const pictures = (ids.length > 0 ? ids : context.own).flatMap((id) => context.attachment(id) ?? [])
        return `\n\n<div class="gallery">${pictures.map(({ url, caption }) => image(url, caption)).join('')}</div>\n\n`
      })
      .replace(/\[embed[^\]]*\]\s*([\s\S]*?)\s*\[\/embed\]/g, (_, url: string) => `\n\n${shown(url)}\n\n`)
      .replace(/\[(youtube|vimeo)[ =]([^\]]+)\]/g, (_, service: string, args: string) => {
        const [first = ''] = readArguments(args).positional
        return `\n\n${/^https?:/.test(first) ? shown(first) : directive('video', { [service]: /([\w-]+)$/.exec(first.trim())?.[1] ?? first })}\n\n`
      })
      .replace(
        /\[(audio|video)([^\]]*)\](?:([\s\S]*?)\[\/\1\])?/g,
        (_, kind: string, args: string, inner = '') => {
          const { named, positional } = readArguments(args)
          const src =
            ['src', 'mp3', 'm4a', 'ogg', 'wav', 'mp4', 'webm', 'm4v', 'ogv', 'flv']
              .map((name) => named[name])
              .find((value) => value !== undefined) ??
            positional[0] ??
            String(inner).trim()
          return `\n\n<figure><${kind} controls preload="none"${attributes({ src, poster: named['poster'] })}></${kind}></figure>\n\n`
        },
      )
      .replace(
        /\[(\/?)([a-z][a-z\d_-]{2,})\b([^\]\n]*)\](?!\()/g,
        (typed: string, slash: string, name: string, rest: string) => {
          // Alone it is one only with arguments: `[citation]` is a word in brackets.
          const isCall = text.includes(`[/${name}]`) || /\s[\w-]+=["'\d]/.test(rest)
          if (slash === '' && !known.has(name) && !languages.has(name) && isCall) context.unknown(name)
          return typed
        },
      )
  )
}

/** `[sourcecode language="php"]` and `[php]`: their inside is code before anything else is looked at. */
function codeShortcodes(text: string): string {
  return text.replace(
    /\[(code|sourcecode|highlight|cc|php|js|javascript|css|html|xml|bash|shell|sql|python|java|cpp|csharp|ruby|perl)\b([^\]]*)\]([\s\S]*?)\[\/\1\]/g,
    (_, name: string, args: string, inner: string) => {
      const { named } = readArguments(args)
      const language =
        named['language'] ?? named['lang'] ?? (/^(?:code|sourcecode|highlight|cc)$/.test(name) ? '' : name)
      // It may be escaped already; what is not must be, or tags in it would be gone.
      const code = inner
        .replace(/^(?:<br\s*\/?>|\s)*\n/, '')
        .replace(/<(?!br\s*\/?>|\/?(?:p|strong|em)>)/g, '&lt;')
      return `\n\n<pre${language === '' ? '' : ` class="language-${language}"`}>${code}</pre>\n\n`
    },
  )
}

const blockTag =
  '(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|header|footer|nav|figure|figcaption|details|menu|summary|iframe|script|center)'

/** Classic text: a blank line ends a paragraph, a line end is a `<br>` (`wpautop`), nothing of it inside code and lists. */
export function withParagraphs(text: string): string {
  const kept: string[] = []
  const keep = (piece: string): string => `\n\n\ue0f8${kept.push(piece) - 1}\ue0f8\n\n`
  const source = text
    .replace(/\r\n?/g, '\n')
    .replace(/<(pre|script|style|textarea)\b[\s\S]*?<\/\1\s*>/gi, keep)
    .replace(/<!--\s*more\b[\s\S]*?-->/gi, '\n\n<!--more-->\n\n')
    .replace(new RegExp(`(<${blockTag}\\b)`, 'gi'), '\n\n$1')
    .replace(new RegExp(`(</${blockTag}>|<hr\\b[^>]*>)`, 'gi'), '$1\n\n')
  const parts = source
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const isBlock = new RegExp(`^(?:</?${blockTag}\\b|\ue0f8|<!--|::(?:video|embed)\\{)`, 'i')
  let depth = 0
  return parts
    .map((part) => {
      const opened = part.match(/<(?:ul|ol|table|dl|select)\b/gi)?.length ?? 0
      const closed = part.match(/<\/(?:ul|ol|table|dl|select)>/gi)?.length ?? 0
      const inside = depth > 0
      depth = Math.max(0, depth + opened - closed)
      if (isBlock.test(part))
        return /^<(?:li|td|th|dd|dt|blockquote|div|p|h[1-6]|figcaption)\b/i.test(part)
          ? withBreaks(part)
          : part
      return inside ? part : `<p>${withBreaks(part)}</p>`
    })
    .join('\n')
    .replace(/\ue0f8(\d+)\ue0f8/g, (_, at: string) => kept[Number(at)] ?? '')
}

const withBreaks = (text: string): string =>
  text.replace(/(?<!<br\s*\/?>|>)[ \t]*\n(?!\s*<\/?(?:li|td|th|tr|ul|ol|p|div|br)\b)/gi, '<br>\n')

/** The whole way of one text. */
export function fromWordPress(content: string, id: string, context: WpTextContext): string {
  const isBlocks = /<!--\s*wp:/.test(content)
  const embeds = content
    .replace(/\r\n?/g, '\n')
    // Quotes that an editor made typographic inside of tags.
    .replace(/(<[a-z][^<>]*?\s[\w-]+=)[”“″]([^”“″<>]*)[”“″]/gi, '$1"$2"')
    // Embeds of the block editor: only the address is of interest.
    .replace(
      /<!--\s*wp:(?:core-embed|embed)[\s\S]*?-->\s*<figure[\s\S]*?<div[^>]*>\s*(https?:\/\/\S+?)\s*<\/div>([\s\S]*?)<\/figure>\s*<!--\s*\/wp:[\s\S]*?-->/g,
      (_, url: string, rest: string) => {
        const caption = /<figcaption[^>]*>([\s\S]*?)<\/figcaption>/.exec(rest)?.[1] ?? ''
        return `\n\n${shown(url.replaceAll('&amp;', '&'))}\n\n${caption === '' ? '' : `<p>${caption}</p>\n\n`}`
      },
    )
    // The block says the language of its code, the code itself does not.
    .replace(
      /(<!--\s*wp:\S*code\b[^>]*?(?:"language":"|lang(?:uage)?-)([\w+#-]+)[^>]*-->\s*<pre)\b(?![^>]*\blang)/g,
      '$1 class="language-$2"',
    )
    .replace(/<!--\s*wp:([a-z][\w/-]*)(?:\s+\{[^>]*\})?\s*\/-->/g, (_, name: string) => {
      context.dropped(name)
      return '\n'
    })
    .replace(/<!--\s*\/?wp:[\s\S]*?-->/g, '\n')
    .replace(/<!--\s*nextpage\s*-->/gi, '\n\n')
  // What is code is out of sight until everything else is done.
  const codes: string[] = []
  const hidden = codeShortcodes(embeds).replace(
    /<(pre|code|script|style)\b[\s\S]*?<\/\1\s*>/gi,
    (code, name: string) =>
      /^(?:pre|script|style)$/i.test(name) || /[[\]]/.test(code)
        ? `\ue0f9${codes.push(code) - 1}\ue0f9`
        : code,
  )
  const shownAgain = (text: string): string =>
    text.replace(/\ue0f9(\d+)\ue0f9/g, (_, at: string) => codes[Number(at)] ?? '')
  const converted = shownAgain(shortcodes(hidden, context))
  // An address alone on its line is an embed of WordPress.
  const addressed = converted.replace(
    /^[ \t]*(?:<p>)?\s*(https?:\/\/[^\s<]+)\s*(?:<\/p>)?[ \t]*$/gm,
    (typed, url: string) => (player(url) === undefined ? typed : `\n\n${player(url)}\n\n`),
  )
  const text = htmlToMarkdown(isBlocks ? addressed : withParagraphs(addressed))
  return text.replace('<!--more-->', `<!--more-->\n\n<span id="more-${id}"></span>`)
}
