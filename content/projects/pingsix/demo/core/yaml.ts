// The only file that knows js-yaml: turns a document into nodes that remember their line and their source text.
// Traps: the values alone have lost `007` and the lines, so the tree is rebuilt from the parser's open and close
// events; those come in pairs key, value only for collections without shorthand, for all else (aliases, `{a, b}`)
// the finished value is converted and every part gets the line of the whole.
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml'

export interface YamlNode {
  readonly kind: 'scalar' | 'mapping' | 'sequence'
  /** The value of a scalar; null for collections. */
  readonly value: string | number | boolean | null
  /** The scalar as written (`007`, `1.0`), without quotes; what a string field receives. */
  readonly text: string
  /** Counts from 1. */
  readonly line: number
  readonly entries: readonly YamlEntry[]
  readonly items: readonly YamlNode[]
}
export interface YamlEntry {
  readonly key: string
  readonly line: number
  readonly value: YamlNode
}

export interface YamlProblem {
  readonly line: number
  readonly message: string
}

interface Frame {
  readonly start: number
  readonly line: number
  readonly children: Frame[]
  kind: string | null
  result: unknown
  end: number
}

const scalarNode = (value: unknown, text: string, line: number): YamlNode => ({
  kind: 'scalar',
  value: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null,
  text,
  line,
  entries: [],
  items: [],
})

/** A finished value without positions: all of it is said to be at `line`. */
export function nodeFromValue(value: unknown, line: number): YamlNode {
  if (Array.isArray(value))
    return {
      ...scalarNode(null, '', line),
      kind: 'sequence',
      items: value.map((item) => nodeFromValue(item, line)),
    }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => ({
      key,
      line,
      value: nodeFromValue(item, line),
    }))
    return { ...scalarNode(null, '', line), kind: 'mapping', entries }
  }
  return scalarNode(value, value === null || value === undefined ? '' : String(value), line)
}

function nodeFromFrame(frame: Frame, source: string): YamlNode {
  const { result, children, line } = frame
  if (frame.kind === 'sequence' && Array.isArray(result) && children.length === result.length)
    return {
      ...scalarNode(null, '', line),
      kind: 'sequence',
      items: children.map((child) => nodeFromFrame(child, source)),
    }
  if (frame.kind === 'mapping' && typeof result === 'object' && result !== null) {
    const keys = Object.keys(result)
    if (children.length !== keys.length * 2) return nodeFromValue(result, line)
    const entries: YamlEntry[] = []
    for (let i = 0; i < children.length; i += 2)
      entries.push({
        key: String(children[i]!.result),
        line: children[i]!.line,
        value: nodeFromFrame(children[i + 1]!, source),
      })
    return { ...scalarNode(null, '', line), kind: 'mapping', entries }
  }
  if (typeof result === 'number' || typeof result === 'boolean') {
    const text = /\S+$/.exec(source.slice(frame.start, frame.end).trimEnd())?.[0] ?? String(result)
    return scalarNode(result, text, line)
  }
  return nodeFromValue(result, line)
}

/**
 * Reads one YAML 1.2 document (core schema: no dates, no merge keys). An empty document is an empty mapping.
 * Never throws: a syntax error comes back as a problem.
 */
export function parseYaml(source: string): { node: YamlNode | null; problem: YamlProblem | null } {
  const root: Frame = { start: 0, line: 1, children: [], kind: null, result: null, end: 0 }
  const open: Frame[] = [root]
  try {
    load(source, {
      schema: CORE_SCHEMA,
      listener(type, state) {
        if (type === 'open') {
          const line = state.line + 1
          open.push({ start: state.position, line, children: [], kind: null, result: null, end: 0 })
          return
        }
        const frame = open.pop()!
        frame.kind = state.kind
        frame.result = state.result
        frame.end = state.position
        open.at(-1)!.children.push(frame)
      },
    })
  } catch (error) {
    const mark = error instanceof YAMLException ? error.mark : undefined
    const message = error instanceof YAMLException ? error.reason : String(error)
    return { node: null, problem: { line: (mark?.line ?? 0) + 1, message } }
  }
  const document = root.children[0]
  const empty = document === undefined || document.result === null
  return { node: empty ? nodeFromValue({}, 1) : nodeFromFrame(document, source), problem: null }
}
