// Which templates a page may be made of, as far as their texts say it by name. A name that is only known when the
// template runs is not found: whoever asks must not rely on it.
import type { Theme } from '../content/theme.js'

/** `{% extends "base.njk" %}`, and `include`, `import` and `from` alike. */
const named = /\{%-?\s*(?:extends|include|import|from)\s+(['"])([^'"]+)\1/g

/** Texts of the templates of these names (`post` or `post.njk`) and of all that they name, each once. */
export function templatesBehind(names: Iterable<string>, theme: Pick<Theme, 'source'>): string[] {
  const texts = new Map<string, string>()
  const waiting = [...names].map((name) => (name.endsWith('.njk') ? name : `${name}.njk`))
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const text = texts.has(name) ? undefined : theme.source(name)?.source
    if (text === undefined) continue
    texts.set(name, text)
    for (const [, , other = ''] of text.matchAll(named)) waiting.push(other)
  }
  return [...texts.values()]
}
