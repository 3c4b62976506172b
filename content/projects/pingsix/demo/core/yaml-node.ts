// The tree that the YAML reader makes: plain data.

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
  /** Chinese. */
  readonly message: string
}

const empty = { value: null, text: '', entries: [], items: [] }
export const sequenceNode = (items: readonly YamlNode[], line: number): YamlNode => ({
  ...empty,
  kind: 'sequence',
  line,
  items,
})
export const mappingNode = (entries: readonly YamlEntry[], line: number): YamlNode => ({
  ...empty,
  kind: 'mapping',
  line,
  entries,
})
export const scalarNode = (value: YamlNode['value'], text: string, line: number): YamlNode => ({
  ...empty,
  kind: 'scalar',
  value,
  text,
  line,
})
