// kramdown's additions to Markdown → plain Markdown: attribute lists, the table-of-contents mark, options, HTML whose
// inside is Markdown, formulas between two dollars in a sentence. Words are never touched.
import { maskCode } from './masked.js'

const attributeList = /\{:\s*((?:[^{}\\"']|"[^"]*"|'[^']*'|\\.)*)\}/g

export function fromKramdown(body: string): string {
  if (!/\{:|\{::|\$\$|markdown=|^\^\s*$|^[ \t|:-]*-\+[-:+|]/m.test(body)) return body
  const masked = maskCode(body)
  const text = masked.text
    // `* TOC` with its mark: the theme has a table of contents of its own.
    .replace(/^[ \t]*(?:[*+-]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:[^}\n]*\btoc\b[^}\n]*\}[ \t]*(?:\n|$)/gm, '')
    .replace(
      /\{::comment\s*\}([\s\S]*?)\{:\/(?:comment)?\}/g,
      (_, inner: string) => `<!-- ${inner.replaceAll('--', '- -').trim()} -->`,
    )
    .replace(/\{::(?:comment|nomarkdown)[^}]*\}|\{:\/(?:comment|nomarkdown)?\}|\{::options[^}]*\/?\}/g, '')
    // An id below a heading, or at its end.
    .replace(/^(#{1,6}[^\n]*?)[ \t]*#*[ \t]*\n[ \t]*\{:[^}\n]*?#([^\s}.]+)[^}\n]*\}[ \t]*$/gm, '$1 {#$2}')
    .replace(/^(#{1,6}[^\n]*?)[ \t]*\{:[^}\n]*?#([^\s}.]+)[^}\n]*\}[ \t]*$/gm, '$1 {#$2}')
    .replace(/^[ \t]*\{:[^\n]*\}[ \t]*\n?/gm, (line) => (attributeListAlone(line) ? '' : line))
    .replace(attributeList, '')
    .replace(/^\^[ \t]*$/gm, '')
    // Columns may be divided by `+` in the line below a table's head.
    .replace(/(?<=^[^\n]*\|[^\n]*\n)[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*[|+])+[ \t]*:?-*:?[ \t]*$/gm, (line) =>
      line.replaceAll('+', '|'),
    )
    .replace(
      /^([ \t]*<(div|section|article|aside|figure|details|blockquote|span|p|td)\b[^>\n]*?)\s+markdown=["']?(?:1|block|span)["']?([^>\n]*>)/gim,
      '$1$3\n',
    )
    .replace(
      /([^\s$][^\n$]*?)\$\$([^\n$]+)\$\$|\$\$([^\n$]+)\$\$(?=[ \t]*[^\s$])/g,
      (_, before: string | undefined, first: string | undefined, second: string | undefined) =>
        before === undefined ? `$${second ?? ''}$` : `${before}$${first ?? ''}$`,
    )
  return masked.restore(text)
}

/** `{: .a}` alone on its line, and not the beginning of a sentence. */
function attributeListAlone(line: string): boolean {
  return /^\s*\{:\s*(?:[^{}]|"[^"]*")*\}\s*$/.test(line)
}
