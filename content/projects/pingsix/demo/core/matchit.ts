// The path matcher PingSIX takes its rules from (matchit 0.8.5): a radix tree where literal text beats a
// parameter at every position, with backtracking. Patterns come as tokens (`pattern.ts`). It knows nothing of
// routes, hosts or methods.
import { InsertError, isCatchAll, isWild, restore, tokenize } from './pattern.js'

export { InsertError } from './pattern.js'

interface Slot<T> {
  value: T
  readonly names: readonly string[]
}
interface Node<T> {
  prefix: readonly string[]
  kind: 'literal' | 'param' | 'catchAll'
  /** How many values lie below: children with more of them come first. */
  weight: number
  /** Literal children, by weight, the older first among equals. */
  literals: Node<T>[]
  wild: Node<T> | null
  slot: Slot<T> | null
}

export interface Match<T> {
  readonly value: T
  /** Parameters in the order of the path. */
  readonly params: readonly (readonly [name: string, value: string])[]
}

const newNode = <T>(prefix: readonly string[], kind: Node<T>['kind'] = 'literal'): Node<T> => ({
  prefix,
  kind,
  weight: 0,
  literals: [],
  wild: null,
  slot: null,
})

/** Literal children first, then the wildcard: the order in which the tree lists them. */
const firstChild = <T>(node: Node<T>): Node<T> | null => node.literals[0] ?? node.wild

function conflict<T>(
  tokens: readonly string[],
  names: readonly string[],
  rest: readonly string[],
  at: Node<T>,
) {
  if (rest.join('\0') === at.prefix.join('\0'))
    return new InsertError('Conflict', restore(tokens, at.slot?.names ?? names))
  const path = tokens.slice(0, tokens.length - rest.length)
  if (path.slice(-at.prefix.length).join('\0') !== at.prefix.join('\0')) path.push(...at.prefix)
  let last = at
  for (let child = firstChild(at); child !== null; child = firstChild(child)) {
    path.push(...child.prefix)
    last = child
  }
  return new InsertError('Conflict', restore(path, last.slot?.names ?? []))
}

export class Router<T> {
  private root: Node<T> | null = null

  /** Adds a pattern. Throws InsertError; the tree is then unusable, as in a program that has panicked. */
  insert(pattern: string, value: T): void {
    const { tokens, names } = tokenize(pattern)
    const slot: Slot<T> = { value, names }
    if (this.root === null) {
      const root = newNode<T>([])
      grow(root, tokens, slot)
      this.root = root
      return
    }
    let node = this.root
    let rest: readonly string[] = tokens
    node.weight++
    for (;;) {
      let common = 0
      while (common < rest.length && common < node.prefix.length && rest[common] === node.prefix[common])
        common++
      if (common < node.prefix.length) split(node, common)
      if (rest.length === common) {
        if (node.slot !== null) throw conflict(tokens, names, rest, node)
        node.slot = slot
        return
      }
      rest = rest.slice(common)
      const next = rest[0]!
      const literal = isWild(next) ? undefined : node.literals.find((child) => child.prefix[0] === next)
      if (literal !== undefined) {
        raise(node, literal)
        node = literal
      } else if (!isWild(next)) {
        const child = newNode<T>([])
        node.literals.push(child)
        grow(child, rest, slot)
        raise(node, child)
        return
      } else if (node.wild !== null) {
        node = node.wild
        node.weight++
        if (node.kind === 'catchAll' || node.prefix[0] !== next) throw conflict(tokens, names, rest, node)
      } else {
        grow(node, rest, slot)
        return
      }
    }
  }

  /** The value for a path, or null. */
  at(path: string): Match<T> | null {
    const values: string[] = []
    const found = this.root === null ? null : walk(this.root, path, values)
    if (found === null) return null
    const { node, rest } = found
    const slot = node.slot!
    const params = slot.names.map((name, i) => [name, values[i] ?? ''] as const)
    if (node.kind === 'catchAll') params.push([node.prefix[0]!.slice(2, -1), rest])
    return { value: slot.value, params }
  }

  /** All patterns with their values, in the order of the tree. */
  entries(): [pattern: string, value: T][] {
    const out: [string, T][] = []
    const visit = (node: Node<T>, path: readonly string[]): void => {
      const here = [...path, ...node.prefix]
      if (node.slot !== null) out.push([restore(here, node.slot.names), node.slot.value])
      for (const child of node.literals) visit(child, here)
      if (node.wild !== null) visit(node.wild, here)
    }
    if (this.root !== null) visit(this.root, [])
    return out
  }
}

/** Cuts a node in two after `at` tokens; the lower half keeps the value and the children. */
function split<T>(node: Node<T>, at: number): void {
  const lower: Node<T> = { ...node, prefix: node.prefix.slice(at), weight: node.weight - 1, kind: 'literal' }
  node.prefix = node.prefix.slice(0, at)
  node.literals = [lower]
  node.wild = null
  node.slot = null
}

/** Counts one more value below `child` and moves it before lighter brothers. */
function raise<T>(parent: Node<T>, child: Node<T>): void {
  child.weight++
  const list = parent.literals
  for (let i = list.indexOf(child); i > 0 && list[i - 1]!.weight < child.weight; i--) {
    list[i] = list[i - 1]!
    list[i - 1] = child
  }
}

/** Hangs the rest of a pattern under a node that has nothing of it yet. */
function grow<T>(start: Node<T>, tokens: readonly string[], slot: Slot<T>): void {
  let node = start
  let rest = tokens
  for (;;) {
    const wild = rest.findIndex(isWild)
    if (wild < 0) {
      node.prefix = rest
      node.slot = slot
      return
    }
    const token = rest[wild]!
    if (isCatchAll(token) && wild + 1 < rest.length) throw new InsertError('InvalidCatchAll')
    if (wild > 0) node.prefix = rest.slice(0, wild)
    const child = newNode<T>([token], isCatchAll(token) ? 'catchAll' : 'param')
    child.weight = 1
    node.wild = child
    rest = rest.slice(wild + 1)
    if (rest.length === 0) {
      child.slot = slot
      return
    }
    node = newNode<T>([])
    node.weight = 1
    child.literals.push(node)
  }
}

/** Depth-first: literal child, then wildcard. Leaves the parameter values of the way that led to the match. */
function walk<T>(node: Node<T>, path: string, values: string[]): { node: Node<T>; rest: string } | null {
  if (node.kind === 'catchAll') return { node, rest: path }
  let rest = path
  if (node.kind === 'param') {
    const slash = path.indexOf('/')
    const value = slash < 0 ? path : path.slice(0, slash)
    if (value === '') return null
    values.push(value)
    rest = path.slice(value.length)
    const deeper = rest === '' ? node.slot && { node, rest } : below(node, rest, values)
    if (deeper === null) values.pop()
    return deeper
  }
  const prefix = node.prefix.join('')
  if (!path.startsWith(prefix)) return null
  rest = path.slice(prefix.length)
  return rest === '' ? node.slot && { node, rest } : below(node, rest, values)
}

function below<T>(node: Node<T>, rest: string, values: string[]): { node: Node<T>; rest: string } | null {
  const literal = node.literals.find((child) => child.prefix[0] === rest[0])
  const found = literal === undefined ? null : walk(literal, rest, values)
  return found ?? (node.wild === null ? null : walk(node.wild, rest, values))
}
