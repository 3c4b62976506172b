// Flow collections: `[a, b]`, `{a: 1}`, over several lines if need be, and so all of JSON.
import type { Cursor } from './yaml-cursor.js'
import { mappingNode, scalarNode, sequenceNode, type YamlEntry, type YamlNode } from './yaml-node.js'
import { plainScalar } from './yaml-scalars.js'

/** `[…]` or `{…}`, from its bracket to behind the closing one. */
export function flow(c: Cursor): YamlNode {
  return c.nested(() => {
    const { line } = c
    const close = c.char() === '[' ? ']' : '}'
    c.pos++
    const items: YamlNode[] = []
    const entries: YamlEntry[] = []
    for (;;) {
      c.space(true)
      if (c.char() === close) break
      const first = flowValue(c)
      c.space(true)
      const pair = c.char() === ':'
      if (close === '}' || pair) {
        let value = scalarNode(null, '', first.line)
        if (pair) {
          c.pos++
          c.space(true)
          if (!/[,\]}]/.test(c.char())) value = flowValue(c)
          c.space(true)
        }
        const entry = { key: first.text, line: first.line, value }
        if (close === ']') items.push(mappingNode([entry], first.line))
        else if (entries.some((other) => other.key === entry.key)) c.fail(`键${entry.key}重复`)
        else entries.push(entry)
      } else items.push(first)
      if (c.char() === ',') c.pos++
      else if (c.char() !== close)
        c.fail(c.pos >= c.source.length ? `缺少${close}` : `这里应为逗号或${close}`)
    }
    c.pos++
    return close === ']' ? sequenceNode(items, line) : mappingNode(entries, line)
  })
}

function flowValue(c: Cursor): YamlNode {
  const { line } = c
  const first = c.char()
  if (first === '[' || first === '{') return flow(c)
  if (first === '"' || first === "'") {
    const text = c.quoted()
    return scalarNode(text, text, line)
  }
  c.checkStart()
  const from = c.pos
  while (c.pos < c.source.length && !/[,[\]{}\n]/.test(c.char())) {
    if (c.char() === ':' && /[\s,[\]{}]|^$/.test(c.source[c.pos + 1] ?? '')) break
    if (/\s/.test(c.char()) && c.source[c.pos + 1] === '#') break
    c.pos++
  }
  const text = c.source.slice(from, c.pos).trim()
  if (text === '') c.fail('流式写法里缺少值')
  return scalarNode(plainScalar(text), text, line)
}
