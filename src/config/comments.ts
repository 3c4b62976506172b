// What the comments of `types.ts` say of each key: the one place where the configuration is described. A checkout has
// the source, a package its declarations; both keep the comments. Asked only for editors and references, never in a build.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from '../package.js'

/** `feeds.items` → `Items a feed, default 20.`; list items stand at the path of their list: `fonts.family`. */
export function configComments(text: string = declarations()): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  const references: [path: string, type: string][] = []
  const stack: string[] = []
  let comment = ''
  let name = ''
  for (const [, spoken, opened, field, closed] of text.matchAll(
    /\/\*\*([\s\S]*?)\*\/|(?:interface\s+(\w+)\s*\{)|readonly\s+(\w+)\??:|([{}])/g,
  )) {
    if (spoken !== undefined)
      comment = spoken
        .replace(/^[ \t]*\*[ \t]?/gm, '')
        .replace(/\s+/g, ' ')
        .trim()
    else if (opened !== undefined) {
      stack.push(opened)
      comment = ''
    } else if (field !== undefined) {
      name = field
      if (stack.length > 0) fields.set([...stack, field].join('.'), comment)
      comment = ''
    } else if (closed === '{') stack.push(name)
    else stack.pop()
  }
  for (const [, field = '', type = ''] of text.matchAll(
    /readonly\s+(\w+)\??:\s*(?:false \| |readonly\s+|Readonly<Record<string,\s*)?([A-Z]\w+)(?:\[\]|>>)?;?[ \t]*$/gm,
  ))
    references.push([field, type])
  const found = new Map<string, string>()
  const add = (path: string, from: string): void => {
    for (const [key, about] of fields) {
      if (!key.startsWith(`${from}.`)) continue
      const rest = key.slice(from.length + 1)
      const whole = path === '' ? rest : `${path}.${rest}`
      if (about !== '') found.set(whole, about)
      const last = rest.split('.').at(-1)
      const type = references.find(([field]) => field === last)?.[1]
      if (type !== undefined && type !== from) add(whole, type)
    }
  }
  add('', 'SiteConfig')
  return found
}

function declarations(): string {
  const places = ['src/config/types.ts', 'lib/types/config/types.d.ts'].map((path) =>
    join(packageFolder, path),
  )
  const place = places.find((path) => existsSync(path))
  return place === undefined ? '' : readFileSync(place, 'utf8')
}
