// Cuts a highlighted tree into lines without breaking its nesting: a string or comment over three lines becomes
// three elements of the same class. Each line keeps its own line break at the end, inside.
import type { ElementContent } from 'hast'

/** The lines of `nodes`; every line ends with `\n`, the last one too. */
export function splitLines(nodes: readonly ElementContent[]): ElementContent[][] {
  const lines: ElementContent[][] = [[]]
  const add = (node: ElementContent, wrap: (inner: ElementContent) => ElementContent): void => {
    if (node.type === 'element') {
      const shell = { ...node, children: [] }
      for (const child of node.children) add(child, (inner) => wrap({ ...shell, children: [inner] }))
      return
    }
    if (node.type !== 'text') return
    node.value.split('\n').forEach((value, i) => {
      if (i > 0) lines.push([])
      if (value !== '') lines.at(-1)!.push(wrap({ type: 'text', value }))
    })
  }
  for (const node of nodes) add(node, (inner) => inner)
  // `a\n` is one line, not two.
  if (lines.length > 1 && lines.at(-1)!.length === 0) lines.pop()
  return lines.map((line) => [...line, { type: 'text', value: '\n' }])
}

export function countLines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length
}
