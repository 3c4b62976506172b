// Configuration files of other generators → one object with keys in lower case at every level where those generators
// do not look at case. YAML, TOML and JSON; what cannot be parsed is a note, never an exception.
import { FieldsFault } from '../content/fault.js'
import { parseToml } from '../content/toml.js'
import { parseYaml } from '../content/yaml.js'
import type { Json, JsonObject } from '../json.js'
import { isRecord, type Note, type SourceFiles } from './types.js'

export interface ReadConfig {
  readonly file: string
  readonly value: JsonObject
  readonly notes: readonly Note[]
}

/** The first of `names` that exists; an empty configuration where none does. */
export function readConfigFile(files: SourceFiles, names: readonly string[]): ReadConfig {
  const file = names.find((name) => files.has(name))
  if (file === undefined) return { file: '', value: {}, notes: [] }
  return { file, ...parseConfig(files.text(file) ?? '', file) }
}

export function parseConfig(text: string, file: string): Pick<ReadConfig, 'value' | 'notes'> {
  const clean = text.replace(/^\ufeff+/, '').replace(/\r\n?/g, '\n')
  try {
    if (file.endsWith('.toml')) return { value: parseToml(clean), notes: [] }
    if (file.endsWith('.json')) {
      const value: unknown = JSON.parse(clean)
      return { value: isRecord(value as Json) ? (value as JsonObject) : {}, notes: [] }
    }
    // Tabs as indentation and repeated keys stand in real files; the first document counts.
    return { value: parseYaml(clean.replace(/^---[ \t]*\n/, '').replace(/\n---[\s\S]*$/, '\n')), notes: [] }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    const line = error instanceof FieldsFault ? clean.slice(0, error.offset).split('\n').length : undefined
    return {
      value: {},
      notes: [
        { kind: 'warning', what: `this configuration cannot be read: ${what}`, file, ...(line && { line }) },
      ],
    }
  }
}

/** Keys in lower case at every level. */
export function lowerKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(lowerKeys)
  if (!isRecord(value)) return value
  const result: Record<string, Json> = {}
  for (const [key, inner = null] of Object.entries(value)) result[key.toLowerCase()] ??= lowerKeys(inner)
  return result
}

/** The value at a path of keys, undefined where there is none. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found = value
  for (const key of path) found = isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined
  return found
}

/** Later objects win key by key, at every level. */
export function merged(...objects: readonly JsonObject[]): JsonObject {
  const result: Record<string, Json> = {}
  for (const object of objects)
    for (const [key, value = null] of Object.entries(object)) {
      const before = result[key]
      result[key] = isRecord(before) && isRecord(value) ? merged(before, value) : value
    }
  return result
}
