// `ref` and `relref`: from the name of a source to the address of its page.
import type { Url } from '../content/types.js'
import { folderOf, type HugoFile } from './hugo-files.js'

export function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `ref` and `relref`: a path from content/, from here, or a name that only one page has. */
export function referencesOf(
  pages: readonly HugoFile[],
  targets: ReadonlyMap<string, Url>,
  root: string,
): (name: string, from: string) => string | undefined {
  const byName = new Map<string, string[]>()
  const add = (key: string, path: string): void => void byName.set(key, [...(byName.get(key) ?? []), path])
  for (const { path, bundle, name } of pages) {
    const inner = path.slice(root.length + 1)
    for (const key of new Set([
      inner,
      inner.replace(/(?:\/_?index)?\.[^./]+$/, ''),
      path.split('/').at(-1) ?? '',
      name,
      ...(bundle ? [folderOf(inner)] : []),
    ]))
      add(key.toLowerCase(), path)
  }
  return (typed, from) => {
    const [, name = '', fragment = ''] = /^([^#]*)(#.*)?$/.exec(typed.trim()) ?? []
    if (name === '') return fragment === '' ? undefined : fragment
    const here = folderOf(from).slice(root.length + 1)
    const clean = decodeOnce(name)
      .replace(/^\.\//, '')
      .replace(/^\/+|\/+$/g, '')
      .toLowerCase()
    const found = [`${here}/${clean}`.toLowerCase(), clean].flatMap(
      (key) => byName.get(key) ?? byName.get(key.replace(/\.[^./]+$/, '')) ?? [],
    )
    const url = found[0] === undefined ? undefined : targets.get(found[0])
    return url === undefined ? undefined : encodeURI(url) + fragment
  }
}
