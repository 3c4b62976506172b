// HTML as a part of a Markdown file: each block on lines of its own without a blank one in it, so that CommonMark takes
// it for HTML from its first to its last letter, and nothing in it for Markdown. Code becomes fenced code.
import type { Element, ElementContent, Root } from 'hast'
import rehypeParse from 'rehype-parse'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import { fenced } from './markup.js'

const parser = unified().use(rehypeParse, { fragment: true })
const writer = unified().use(rehypeStringify, { characterReferences: { useNamedReferences: true } })

/** A newline in code, which must not make a blank line. */
const newline = '\ue0f7'
/** What begins an HTML block of CommonMark (kinds 1 and 6); anything else is put into a paragraph. */
const blocks = new Set(
  (
    'address article aside blockquote center details dialog dd dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header hr iframe legend li main menu nav ol optgroup option p pre script section style summary table tbody td ' +
    'textarea tfoot th thead tr ul'
  ).split(' '),
)

const textIn = (node: ElementContent): string =>
  node.type === 'text'
    ? node.value
    : node.type === 'element'
      ? node.tagName === 'br'
        ? '\n'
        : node.children.map(textIn).join('')
      : ''

/** `pre` that holds nothing but code, with the language that its classes name. */
function fenceOf(node: Element): string | undefined {
  if (node.tagName !== 'pre') return undefined
  const only = node.children.filter((child) => child.type !== 'text' || child.value.trim() !== '')
  const inner =
    only.length === 1 && only[0]?.type === 'element' && only[0].tagName === 'code' ? only[0] : node
  const isPlain = inner.children.every(
    (child) =>
      child.type === 'text' ||
      child.type === 'comment' ||
      (child.type === 'element' && /^(?:span|br|code|font|b|i)$/.test(child.tagName)),
  )
  if (!isPlain) return undefined
  const names = [node, inner]
    .flatMap(({ properties }) => [
      properties['lang'],
      properties['dataLanguage'],
      ...(Array.isArray(properties['className']) ? properties['className'] : []),
    ])
    .map(String)
  const classes = names.join(' ')
  const language =
    /(?:brush:\s*|lang(?:uage)?[-:]\s*|prettyprint\s+lang-)([\w+#-]+)/.exec(classes)?.[1] ??
    String(node.properties['lang'] ?? inner.properties['lang'] ?? '')
  const code = textIn(inner)
  // `escaped="true"` says that the code is escaped once more.
  return fenced(node.properties['escaped'] === 'true' ? unescaped(code) : code, language)
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

function protectCode(nodes: readonly (ElementContent | Root['children'][number])[], inPre: boolean): void {
  for (const node of nodes) {
    if (node.type === 'text' && inPre) node.value = node.value.replace(/\r\n?|\n/g, newline)
    else if (node.type === 'element')
      protectCode(node.children, inPre || /^(?:pre|textarea)$/.test(node.tagName))
  }
}

const write = (children: Root['children']): string => writer.stringify({ type: 'root', children })

function lines(html: string): string {
  return html
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim()
    .replaceAll(newline, '&#10;')
}

/** Comments of WordPress are gone by then; `<!--more-->` stays on a line of its own. */
export function htmlToMarkdown(html: string): string {
  const root = parser.parse(html.replaceAll(newline, ''))
  const parts: string[] = []
  let run: Root['children'] = []
  const endRun = (): void => {
    const text = lines(write(run))
    if (text !== '')
      parts.push(/^::(?:video|embed)\{[^\n]*\}$/.test(unescaped(text)) ? unescaped(text) : `<p>${text}</p>`)
    run = []
  }
  for (const node of root.children) {
    if (node.type === 'comment' && /^\s*more\b/i.test(node.value)) {
      endRun()
      parts.push('<!--more-->')
    } else if (node.type === 'comment' || node.type === 'doctype') continue
    else if (node.type === 'element' && blocks.has(node.tagName)) {
      endRun()
      const block = blockOf(node)
      if (block !== '') parts.push(block)
    } else run.push(node)
  }
  endRun()
  return parts.join('\n\n')
}

function blockOf(node: Element): string {
  const fence = fenceOf(node)
  if (fence !== undefined) return fence
  // A paragraph that is a directive or holds the mark alone.
  if (node.tagName === 'p' && node.children.every((child) => child.type === 'text')) {
    const text = node.children.map(textIn).join('').trim()
    if (/^::(?:video|embed)\{[^\n]*\}$/.test(text)) return text
  }
  if (/^(?:div|section|article|main)$/.test(node.tagName) && holdsCode(node))
    return htmlToMarkdown(write(node.children))
  protectCode([node], false)
  const mark = node.children.findIndex((child) => child.type === 'comment' && /^\s*more\b/i.test(child.value))
  if (node.tagName === 'p' && mark >= 0) {
    const [before, after] = [node.children.slice(0, mark), node.children.slice(mark + 1)]
    return [before, ['mark'], after]
      .map((children) =>
        children[0] === 'mark'
          ? '<!--more-->'
          : lines(write([{ ...node, children: children as ElementContent[] }])),
      )
      .filter((part) => !/^<p[^>]*>\s*<\/p>$/.test(part))
      .join('\n\n')
  }
  return lines(write([node]))
}

/** A box around code: the box goes, so that the code can be highlighted. */
const holdsCode = (node: Element): boolean =>
  node.children.some(
    (child) =>
      child.type === 'element' &&
      (child.tagName === 'pre' || (/^(?:div|section|article)$/.test(child.tagName) && holdsCode(child))),
  )
