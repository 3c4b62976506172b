// The definition of what HTML means, and trees without what only it knows.
import type { Nodes, Root } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'

const definition = unified().use(rehypeParse, { fragment: true }).freeze()

export const readByDefinition = (html: string): Root => definition.parse(html)

/** Without where nodes stand. */
export function bare(node: Nodes): unknown {
  if (node.type === 'element' || node.type === 'root') {
    const children = node.children.map((child) => bare(child))
    return node.type === 'root'
      ? { children }
      : { tagName: node.tagName, properties: node.properties, children }
  }
  return 'value' in node ? { type: node.type, value: node.value } : { type: node.type }
}
