// The first heading of a body, for documents without a title. A light reader, not a Markdown parser: fences, comments
// and indented code are skipped, inline marks are taken off.

/** Plain text of the first ATX or setext heading, '' for none. `body` may have any line ends. */
export function firstHeading(body: string): string {
  let fence = ''
  let inComment = false
  let paragraph: string[] = []
  for (const line of body.split(/\r\n?|\n/)) {
    if (fence !== '') {
      const close = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1]
      if (close?.startsWith(fence)) fence = ''
      continue
    }
    if (inComment) {
      inComment = !line.includes('-->')
      continue
    }
    const opening = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1]
    if (opening !== undefined) {
      fence = opening
      paragraph = []
      continue
    }
    if (/^ {0,3}<!--/.test(line)) {
      inComment = !line.includes('-->')
      paragraph = []
      continue
    }
    const atx = /^ {0,3}#{1,6}(?:[ \t]+(.*))?$/.exec(line)
    if (atx) {
      const text = plainText((atx[1] ?? '').replace(/(?:^|[ \t]+)#+[ \t]*$/, ''))
      if (text !== '') return text
      paragraph = []
      continue
    }
    if (paragraph.length > 0 && /^ {0,3}(?:=+|-+)[ \t]*$/.test(line)) {
      const text = plainText(paragraph.join(' '))
      if (text !== '') return text
    }
    const isText = line.trim() !== '' && !/^ {0,3}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\|)/.test(line)
    if (!isText || (paragraph.length === 0 && /^(?: {4}|\t)/.test(line))) paragraph = []
    else paragraph.push(line.trim())
  }
  return ''
}

/** Inline Markdown and HTML taken off; long lines are cut first, so that no pattern can take long. */
function plainText(markdown: string): string {
  return markdown
    .slice(0, 500)
    .replace(/[ \t]*\{[#.][^{}]*\}[ \t]*$/, '')
    .replace(/!?\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])/g, '$1')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/`+([^`]+)`+/g, '$1')
    .replace(/(?<!\\)(\*\*|~~)(?=\S)([^*~]+?)\1/g, '$2')
    .replace(/(?<!\\)\*(?=\S)([^*]+?)(?<!\\)\*/g, '$1')
    .replace(/(?<![\p{L}\p{N}])(__?)(?=\S)([^_]+?)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}
