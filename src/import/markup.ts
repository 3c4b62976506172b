// Pieces of Markdown and HTML that importers write in place of old tags. All of them survive in a list or a quotation:
// every line gets the indentation of the tag that it replaces.

/** A fenced block that no line of the code can close. */
export function fenced(code: string, language = '', meta = '', indent = ''): string {
  const inner = code.replace(/^(?:[ \t]*\r?\n)+|\s+$/g, '')
  const longest = Math.max(2, ...[...inner.matchAll(/^[ \t]*(`{3,})/gm)].map(([, run = '']) => run.length))
  const fence = '`'.repeat(longest + 1)
  const info = [language.replace(/[`\s]/g, ''), meta.replaceAll('`', '')]
    .filter((part) => part !== '')
    .join(' ')
  const lines = [`${fence}${info}`, ...inner.split('\n'), fence]
  return lines.map((line, i) => (i === 0 || line === '' ? line : indent + line)).join('\n')
}

/** Text as one code span. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const ticks = '`'.repeat(longest + 1)
  const pad = /^`|`$|^ .* $/s.test(text) ? ' ' : ''
  return `${ticks}${pad}${text}${pad}${ticks}`
}

export function escapeHtml(text: string): string {
  return text
    .replace(/&(?!#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

/** Attributes in order; empty ones are left out. */
export function attributes(pairs: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(pairs)
    .map(([name, value]) => (value === undefined || value === '' ? '' : ` ${name}="${escapeHtml(value)}"`))
    .join('')
}

export interface Picture {
  readonly src: string
  readonly alt?: string | undefined
  /** HTML or Markdown-free text below the picture. */
  readonly caption?: string | undefined
  readonly link?: string | undefined
  readonly width?: string | undefined
  readonly height?: string | undefined
  readonly title?: string | undefined
}

/** An image: Markdown where that says everything, HTML on one line otherwise. */
export function picture({
  src,
  alt = '',
  caption = '',
  link = '',
  width = '',
  height = '',
  title = '',
}: Picture): string {
  if (caption === '' && link === '' && width === '' && height === '')
    return `![${alt.replace(/([[\]\\])/g, '\\$1').replace(/\s+/g, ' ')}](${destination(src)}${title === '' ? '' : ` "${title.replaceAll('"', '&quot;')}"`})`
  const image = `<img${attributes({ src, title, width, height })} alt="${escapeHtml(alt)}">`
  const linked = link === '' ? image : `<a${attributes({ href: link })}>${image}</a>`
  if (caption === '') return linked
  return `<figure>${linked}<figcaption>${caption.replace(/\s*\n\s*/g, ' ')}</figcaption></figure>`
}

/** An address as a link's destination: in `<…>` where blanks or brackets stand in it. */
export function destination(address: string): string {
  const text = address.trim().replace(/[\r\n]+/g, '')
  return /[\s()<>]/.test(text) ? `<${text.replaceAll('<', '%3C').replaceAll('>', '%3E')}>` : text
}

/** `::video{youtube=abc}`; values are quoted. */
export function directive(name: 'video' | 'embed', values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}="${value.replaceAll('"', '&quot;')}"`)
  return `::${name}{${pairs.join(' ')}}`
}

const calloutKinds: Readonly<Record<string, string>> = {
  note: 'NOTE',
  info: 'NOTE',
  default: 'NOTE',
  primary: 'NOTE',
  abstract: 'NOTE',
  summary: 'NOTE',
  notice: 'NOTE',
  question: 'NOTE',
  example: 'NOTE',
  quote: 'NOTE',
  tip: 'TIP',
  hint: 'TIP',
  success: 'TIP',
  check: 'TIP',
  important: 'IMPORTANT',
  warning: 'WARNING',
  warn: 'WARNING',
  attention: 'WARNING',
  caution: 'CAUTION',
  danger: 'CAUTION',
  error: 'CAUTION',
  failure: 'CAUTION',
  bug: 'CAUTION',
}

/** `> [!NOTE] title` with its content quoted. */
export function callout(kind: string, title: string, inner: string, indent = ''): string {
  const mark = calloutKinds[kind.toLowerCase().replace(/^alert-/, '')] ?? 'NOTE'
  const lines = [`[!${mark}]${title === '' ? '' : ` ${title}`}`, ...inner.trim().split('\n')]
  return lines.map((line, i) => `${i === 0 ? '' : indent}>${line.trim() === '' ? '' : ` ${line}`}`).join('\n')
}

export function quotation(inner: string, source: string, indent = ''): string {
  const lines = [...inner.trim().split('\n'), ...(source === '' ? [] : ['', `— ${source}`])]
  return lines.map((line, i) => `${i === 0 ? '' : indent}>${line.trim() === '' ? '' : ` ${line}`}`).join('\n')
}

export function details(summary: string, inner: string): string {
  return `<details><summary>${escapeHtml(summary || '…')}</summary>\n\n${inner.trim()}\n\n</details>`
}

/** A block on lines of its own: blank lines around it where text stands beside it. */
export function asBlock(before: string, block: string, after: string): string {
  const lead = /(?:^|\n)[ \t]*$/.test(before) ? (/(?:^|\n[ \t]*\n)[ \t]*$/.test(before) ? '' : '\n') : '\n\n'
  const tail = /^[ \t]*(?:\r?\n|$)/.test(after)
    ? /^[ \t]*(?:\r?\n[ \t]*(?:\r?\n|$)|$)/.test(after)
      ? ''
      : '\n'
    : '\n\n'
  return `${lead}${block}${tail}`
}
