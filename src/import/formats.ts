// Documents that are no Markdown: HTML becomes blocks that CommonMark leaves alone, other formats stay in sight as they
// were typed, whole, so that no sentence is lost.
import { htmlToMarkdown } from './html-text.js'
import { escapeHtml, fenced } from './markup.js'
import type { Note } from './types.js'

export const isHtml = (path: string): boolean => /\.html?$/i.test(path)

/** In HTML a tag around code must not become a fence, whose inside would be read as HTML. */
export function codeAsHtml(path: string, body: string): string {
  if (!isHtml(path)) return body
  return body.replace(
    /\{%-?\s*(highlight|codeblock)\s*([\w+#-]*)[^%]*-?%\}([\s\S]*?)\{%-?\s*end\1\s*-?%\}/g,
    (_, _name, language: string, code: string) =>
      `<pre${language === '' ? '' : ` class="language-${language}"`}>${escapeHtml(code.trim())}</pre>`,
  )
}

/** The body as a Markdown file holds it. */
export function settledBody(path: string, body: string, note: (note: Note) => void): string {
  if (isHtml(path)) return htmlToMarkdown(body)
  const [, kind = ''] = /\.(org|adoc|asciidoc|rst|pandoc|pdc|textile)$/i.exec(path) ?? []
  if (kind === '') return body
  note({ kind: 'unknown', what: `a document in ${kind}: it is kept as it was typed`, file: path })
  return fenced(body, kind)
}
