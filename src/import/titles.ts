// Titles for documents that name none: the first heading where it is the document's own, else the file's or folder's
// name. A heading with which many documents begin (`# name`, `# 题意`) says what stands below it and is no title.
export interface Untitled {
  readonly key: string
  readonly title: string
  readonly body: string
  readonly name: string
}

const firstHeading = (body: string): string => {
  const text = body.replace(/<!--[\s\S]*?-->/g, '').trimStart()
  const found =
    /^#(?!#)[ \t]*([^\n]+)/.exec(text) ?? /^([^\n#>*`~-][^\n]{0,100})\n=+[ \t]*(?:\n|$)/.exec(text)
  return (found?.[1] ?? '').replace(/[ \t]*#*[ \t]*$/, '').trim()
}

/** Title by key; `name` is the path below the posts' folder. */
export function titlesOf(documents: readonly Untitled[]): Map<string, string> {
  const counts = new Map<string, number>()
  const open = documents.filter(({ title }) => title === '')
  for (const { body } of open) {
    const heading = firstHeading(body).toLowerCase()
    counts.set(heading, (counts.get(heading) ?? 0) + 1)
  }
  return new Map(
    documents.map(({ key, title, body, name }) => {
      const heading = firstHeading(body)
      const isOwn = heading !== '' && counts.get(heading.toLowerCase()) === 1 && !/[*`[\]<>$]/.test(heading)
      return [key, title !== '' ? title : isOwn ? heading : name]
    }),
  )
}
