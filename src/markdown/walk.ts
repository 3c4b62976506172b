// One walk over a hast tree for all features. Children come before their parent, so that a feature which wraps
// or replaces a node never meets its own work again. Synchronous and recursive: `limits.ts` has bounded the depth.
import type { Element, ElementContent, Root } from 'hast'

export type Parent = Root | Element

/**
 * Called for each element after its children. Returns what shall stand in its place; undefined keeps it.
 * `ancestors` begins with the root and ends with the parent; it is reused, do not keep it.
 */
export type Visit = (node: Element, ancestors: readonly Parent[]) => readonly ElementContent[] | undefined

/** Walks `root` in document order; `keep` says which comments stay (all others are taken out). */
export function walk(root: Root, visit: Visit, keepComment: (value: string) => boolean): void {
  const ancestors: Parent[] = []
  const enter = (parent: Parent): void => {
    ancestors.push(parent)
    // Root's children may also be doctypes; an Element's may not. One list type serves both here.
    const children = parent.children as ElementContent[]
    for (let i = 0; i < children.length; i++) {
      const child = children[i]!
      if (child.type === 'comment' && !keepComment(child.value)) {
        children.splice(i--, 1)
      } else if (child.type === 'element') {
        enter(child)
        const instead = visit(child, ancestors)
        if (instead) {
          children.splice(i, 1, ...instead)
          i += instead.length - 1
        }
      }
    }
    ancestors.pop()
  }
  enter(root)
}

/** A new element; `properties` in hast's names (`className`, `ariaLabel`). */
export function element(
  tagName: string,
  properties: Element['properties'],
  children: readonly (ElementContent | string)[] = [],
): Element {
  return {
    type: 'element',
    tagName,
    properties,
    children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
  }
}

/** Does the element carry this class? */
export function hasClass(node: Element, name: string): boolean {
  const classes = node.properties['className']
  return Array.isArray(classes) && classes.includes(name)
}

/** The attribute's text, '' where it is absent. */
export function attribute(node: Element, name: string): string {
  const value = node.properties[name]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
