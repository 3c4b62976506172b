// Hugo's `cascade`: front matter that a section, or the configuration, hands down to the pages below it. The nearest one
// wins key by key, the page's own front matter over all.
import type { Json, JsonObject } from '../json.js'
import { at, lowerKeys } from './config-file.js'
import { globMatches } from './glob.js'
import type { HugoFile } from './hugo-files.js'
import { isRecord, textOf } from './types.js'

/** The page as Hugo's targets name it: `/blog/my-post`. */
function pathOf({ folders, name, list }: HugoFile): string {
  const parts = list ? folders : [...folders, name]
  return `/${parts.join('/')}`.toLowerCase().replaceAll(' ', '-')
}

function handsDown(rule: JsonObject, file: HugoFile): boolean {
  const target = rule['_target'] ?? rule['target']
  if (!isRecord(target)) return true
  const path = textOf(target['path'])
  const kind = textOf(target['kind']).toLowerCase()
  const language = textOf(target['lang']).toLowerCase()
  return (
    (path === '' || globMatches(path.toLowerCase(), pathOf(file))) &&
    (kind === '' || kind === (file.list ? 'section' : 'page')) &&
    (language === '' || language === file.language)
  )
}

/**
 * What reaches a page. `fieldsOf` gives the front matter of the list (`_index.md`) of a folder in a language, of the
 * home for ''.
 */
export function cascadeFor(
  file: HugoFile,
  site: Json | undefined,
  fieldsOf: (folder: string, language: string) => JsonObject | undefined,
): JsonObject {
  const folders = ['', ...file.folders.map((_, i) => file.folders.slice(0, i + 1).join('/'))]
  const given = [site, ...folders.map((folder) => at(fieldsOf(folder, file.language), 'cascade'))]
  const result: Record<string, Json> = {}
  for (const cascade of given)
    for (const rule of (Array.isArray(cascade) ? cascade : [cascade]).filter(isRecord))
      if (handsDown(rule, file))
        for (const [key, value = null] of Object.entries(rule))
          if (!/^_?target$/i.test(key)) result[key.toLowerCase()] = lowerKeys(value)
  return result
}
