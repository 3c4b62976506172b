// What verifying wants to know of a page of HTML, whoever made it: a scanner of tags, no parser. It must take every
// text; what it misreads can only be a line in a report.

export interface PageFacts {
  readonly title: string
  readonly headings: readonly string[]
  /** `2024-12-31` where the page names one. */
  readonly date: string
  readonly ids: ReadonlySet<string>
  /** Ids that people link to: of headings and footnotes, and `more`. */
  readonly anchors: readonly string[]
  readonly images: readonly string[]
  readonly links: readonly string[]
  /** Where a stub leads, '' for a page of its own. */
  readonly refresh: string
}

const tag = /<([a-z][\w-]*)((?:[^"'<>]|"[^"]*"|'[^']*')*)>/gi
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

export function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (typed, hex, decimal, name) => {
    if (name) return entities[String(name).toLowerCase()] ?? typed
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : typed
  })
}

function attribute(text: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(text)
  return unescapeHtml(found?.[1] ?? found?.[2] ?? found?.[3] ?? '')
}

/** The words between tags, blanks collapsed. */
export function wordsOf(html: string): string {
  return unescapeHtml(html.replace(/<[^>]*>/g, ''))
    .replace(/\s+/g, ' ')
    .trim()
}

export function readPage(html: string): PageFacts {
  const text = html.replace(/<!--[\s\S]*?-->/g, '').replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
  const ids = new Set<string>()
  const anchors = new Set<string>()
  const images: string[] = []
  const links: string[] = []
  let refresh = ''
  let date = ''
  for (const [, name = '', rest = ''] of text.matchAll(tag)) {
    const id = attribute(rest, 'id') || (/^a$/i.test(name) ? attribute(rest, 'name') : '')
    if (id !== '') {
      ids.add(id)
      if (/^h[1-6]$/i.test(name) || /^(?:fn|fnref)[:\d-]|^more(?:-\d+)?$|^continue-reading$/.test(id))
        anchors.add(id)
    }
    switch (name.toLowerCase()) {
      case 'img':
        images.push(attribute(rest, 'src'))
        break
      case 'a':
        links.push(attribute(rest, 'href'))
        break
      case 'time':
        date ||= attribute(rest, 'datetime').slice(0, 10)
        break
      case 'meta':
        if (/^refresh$/i.test(attribute(rest, 'http-equiv')))
          refresh ||= /url\s*=\s*['"]?([^'"]+)/i.exec(attribute(rest, 'content'))?.[1]?.trim() ?? ''
        if (attribute(rest, 'property') === 'article:published_time')
          date = attribute(rest, 'content').slice(0, 10)
        break
      default:
    }
  }
  return {
    title: wordsOf(/<title[^>]*>([\s\S]*?)<\/title>/i.exec(text)?.[1] ?? ''),
    headings: [...text.matchAll(/<h[1-3]\b[^>]*>([\s\S]*?)<\/h[1-3]>/gi)].map(([, inner = '']) =>
      wordsOf(inner),
    ),
    date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : '',
    ids,
    anchors: [...anchors],
    images: images.filter((src) => src !== ''),
    links: links.filter((href) => href !== ''),
    refresh,
  }
}
