// The tree of coloured code while it is made: text, and elements with the classes of highlight.js.
import type { Element, ElementContent } from 'hast'

/** `title.class` → `hljs-title class_`, as highlight.js writes scopes of several words. */
const classesOf = (scope: string): string[] =>
  scope.split('.').map((part, i) => (i ? part + '_'.repeat(i) : `hljs-${part}`))

export class CodeTree {
  readonly root: ElementContent[] = []
  #children = this.root
  readonly #outer: ElementContent[][] = []
  readonly #classes: Map<string, readonly string[]>

  /** `classes` of scopes, for as many trees as one likes. */
  constructor(classes: Map<string, readonly string[]>) {
    this.#classes = classes
  }

  text(value: string): void {
    if (value === '') return
    const last = this.#children.at(-1)
    if (last?.type === 'text') last.value += value
    else this.#children.push({ type: 'text', value })
  }

  /** A span that what follows lies in, until it is closed. */
  open(scope: string): void {
    const children: ElementContent[] = []
    this.#add(this.#classesOf(scope), children)
    this.#outer.push(this.#children)
    this.#children = children
  }

  close(): void {
    this.#children = this.#outer.pop() ?? this.#children
  }

  word(value: string, scope: string): void {
    if (value !== '') this.#add(this.#classesOf(scope), [{ type: 'text', value }])
  }

  /** Code in another language. */
  inner(language: string, children: ElementContent[]): void {
    this.#add([language], children)
  }

  #classesOf(scope: string): string[] {
    const known = this.#classes.get(scope)
    if (known) return [...known]
    const made = classesOf(scope)
    this.#classes.set(scope, made)
    return [...made]
  }

  #add(className: string[], children: ElementContent[]): void {
    const element: Element = { type: 'element', tagName: 'span', properties: { className }, children }
    this.#children.push(element)
  }
}
