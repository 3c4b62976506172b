// Octopress' own way of writing code blocks: ```` ``` ruby Title https://example.org/ Words of the link ````.

/** Title and link become an attribute of the fence and a line below the block. */
export function fromBackticks(body: string): string {
  if (!/^[ \t]*```[ \t]*\S+[ \t]+\S/m.test(body)) return body
  let closing = ''
  let below = ''
  return body
    .split('\n')
    .map((line) => {
      if (closing !== '') {
        if (line.trim() !== closing) return line
        closing = ''
        return below === '' ? line : `${line}\n\n${below}`
      }
      const [, lead = '', language = '', rest = ''] =
        /^([ \t]*```)[ \t]*(\S*)[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
      if (lead === '' || language.includes('`')) return line
      closing = '```'
      below = ''
      if (rest === '' || rest.includes('=')) return line
      const [, title = rest, url = '', words = ''] =
        /^(.*?)\s*(https?:\/\/\S+|\/\S+)(?:\s+(.+))?$/.exec(rest) ?? []
      if (url !== '') below = `[${words || 'link'}](${url})`
      return `${lead}${language}${title === '' ? '' : ` title="${title.replaceAll('"', "'")}"`}`
    })
    .join('\n')
}
