// Reads an object's keys one by one, each with what it must be: a wrong value is a Problem and becomes the default,
// and keys that nobody read are told at the end. Never throws; it knows nothing of what the keys mean.
import { didYouMean, type Problem } from '../errors.js'
import type { Json, JsonObject } from '../json.js'
import type { LinkItem } from './types.js'

/** Adds a Problem at a path of keys. */
export type Report = (path: readonly string[], what: string, more?: Partial<Problem>) => void

/** Is told of every key that is asked for: its JSON Schema, default included. See `schema.ts`. */
export type Tell = (path: readonly string[], schema: JsonObject) => void

export interface Reader {
  /** The value as it is; {} where it is no object. */
  readonly object: Readonly<Record<string, unknown>>
  text(key: string, fallback: string): string
  flag(key: string, fallback: boolean): boolean
  /** A whole number from `least` to `most`. */
  count(key: string, fallback: number, least: number, most?: number): number
  choice<C extends string>(key: string, fallback: C, choices: readonly C[]): C
  texts(key: string): Readonly<Record<string, string>>
  list(key: string): readonly string[]
  links(key: string): readonly LinkItem[]
  json(key: string): JsonObject
  child(key: string): Reader
  /** A key that somebody else looks at, and the JSON Schema of what may stand there. */
  skip(key: string, schema?: JsonObject): void
  /** Reports every key that was not asked for. */
  done(): void
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (raw: unknown): raw is string => typeof raw === 'string'
const isFlag = (raw: unknown): raw is boolean => typeof raw === 'boolean'
/** A link as plain JSON, which an interface is not to the compiler. */
type LinkJson = { readonly [K in keyof LinkItem]: LinkItem[K] }
const isTexts = (raw: unknown): raw is Record<string, string> =>
  isObject(raw) && Object.values(raw).every(isText)
const isLinks = (raw: unknown): raw is LinkJson[] =>
  Array.isArray(raw) && raw.every((item) => isObject(item) && isText(item['title']) && isText(item['url']))

function isJson(value: unknown): value is Json {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  return isObject(value) && Object.values(value).every((item) => item === undefined || isJson(item))
}
const isData = (raw: unknown): raw is JsonObject => isObject(raw) && isJson(raw)

const shown = (value: unknown): string =>
  typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? 'undefined')

const textSchema = { type: 'string' }
const linksSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: { title: textSchema, url: textSchema },
    required: ['title', 'url'],
  },
}

/** A reader of the object at `path`. Anything but an object is reported and read as an empty one. */
export function readerOf(value: unknown, path: readonly string[], report: Report, tell?: Tell): Reader {
  if (value !== undefined && !isObject(value))
    report(path, `${path.join('.') || 'the configuration'} must be an object`, { found: shown(value) })
  const object = isObject(value) ? value : {}
  const known: string[] = []

  function get<T extends Json>(
    key: string,
    fallback: T,
    expected: string,
    accept: (raw: unknown) => raw is T,
    schema: JsonObject,
  ): T {
    known.push(key)
    tell?.([...path, key], { ...schema, default: fallback })
    const raw = Object.hasOwn(object, key) ? object[key] : undefined
    if (raw === undefined) return fallback
    if (accept(raw)) return raw
    report([...path, key], `${[...path, key].join('.')} has a wrong value`, {
      found: shown(raw),
      expected: [expected],
    })
    return fallback
  }

  return {
    object,
    text: (key, fallback) => get(key, fallback, 'a text', isText, textSchema),
    flag: (key, fallback) => get(key, fallback, 'true or false', isFlag, { type: 'boolean' }),
    count: (key, fallback, least, most = 1e6) =>
      get(
        key,
        fallback,
        `a whole number from ${least} to ${most}`,
        (raw): raw is number => Number.isInteger(raw) && Number(raw) >= least && Number(raw) <= most,
        { type: 'integer', minimum: least, maximum: most },
      ),
    choice: <C extends string>(key: string, fallback: C, choices: readonly C[]) =>
      get(
        key,
        fallback,
        choices.map((c) => `'${c}'`).join(', '),
        (raw): raw is C => choices.some((c) => c === raw),
        { enum: choices },
      ),
    texts: (key) =>
      get(key, {}, 'an object of texts', isTexts, { type: 'object', additionalProperties: textSchema }),
    list: (key) =>
      get(key, [], 'a list of texts', (raw): raw is string[] => Array.isArray(raw) && raw.every(isText), {
        type: 'array',
        items: textSchema,
      }),
    links: (key) => get<readonly LinkJson[]>(key, [], 'a list of { title, url }', isLinks, linksSchema),
    json: (key) => get(key, {}, 'plain data (no functions)', isData, { type: 'object' }),
    child(key) {
      known.push(key)
      tell?.([...path, key], { type: 'object', additionalProperties: false })
      return readerOf(object[key], [...path, key], report, tell)
    },
    skip(key, schema) {
      known.push(key)
      if (schema) tell?.([...path, key], schema)
    },
    done() {
      for (const key of Object.keys(object)) {
        if (known.includes(key)) continue
        const name = [...path, key].join('.')
        const near = didYouMean(key, known)
        report([...path, key], `unknown key "${name}"${near ? `, did you mean "${near}"?` : ''}`, {
          code: 'config/unknown-key',
          found: key,
          expected: [...new Set(known)],
          fix: near ? `write ${near}` : 'remove it, or put your own data under `data`',
        })
      }
    },
  }
}
