// Reads typed fields out of YAML nodes the way serde does, but gathers every problem instead of stopping at the
// first. Strings outside `plugins:` take any plain scalar as written, so `id: 1` is "1" and `id: 007` is "007".
import type { ConfigIssue } from './types.js'
import type { YamlNode } from './yaml.js'

export interface Report {
  readonly errors: ConfigIssue[]
  readonly warnings: ConfigIssue[]
  /** JSON: a number is not a string. */
  readonly strictStrings: boolean
}

/** A reader returns undefined after it has reported a problem. */
export type Read<T> = (node: YamlNode, path: string, report: Report) => T | undefined

const kinds = { scalar: '标量', mapping: '映射', sequence: '列表' }
export const describe = (node: YamlNode): string =>
  node.kind === 'scalar' ? (node.value === null ? '空值' : `「${node.text}」`) : kinds[node.kind]

export function fail(report: Report, path: string, line: number, code: string, message: string): undefined {
  report.errors.push({ path, code, message, line })
  return undefined
}
export function warn(report: Report, path: string, line: number, code: string, message: string): void {
  report.warnings.push({ path, code, message, line })
}

const mismatch = (node: YamlNode, path: string, report: Report, want: string): undefined =>
  fail(report, path, node.line, 'invalid_type', `应为${want}，实际是${describe(node)}`)

export const string: Read<string> = (node, path, report) => {
  if (node.kind !== 'scalar' || (report.strictStrings && typeof node.value !== 'string'))
    return mismatch(node, path, report, '字符串')
  return node.text
}

export const boolean: Read<boolean> = (node, path, report) =>
  typeof node.value === 'boolean' ? node.value : mismatch(node, path, report, 'true或false')

/** A whole number from 0 to `max`; the default is 32 bits. */
export const whole =
  (max = 0xffffffff): Read<number> =>
  (node, path, report) =>
    typeof node.value === 'number' && /^\+?(0[xob])?[\da-f]+$/i.test(node.text) && node.value <= max
      ? node.value
      : mismatch(node, path, report, `0到${max}的整数`)

/** Whole seconds, 64 bits in the real program. */
export const seconds = whole(Number.MAX_SAFE_INTEGER)

export const oneOf =
  <T extends string>(allowed: readonly T[], hint: Readonly<Record<string, string>> = {}): Read<T> =>
  (node, path, report) => {
    const found = allowed.find((value) => node.kind === 'scalar' && value === node.text)
    if (found !== undefined) return found
    const extra = hint[node.text] === undefined ? '' : `。${hint[node.text]}`
    return fail(
      report,
      path,
      node.line,
      'unknown_variant',
      `${describe(node)}不在允许的值里：${allowed.join('、')}${extra}`,
    )
  }

export const listOf =
  <T>(read: Read<T>): Read<T[]> =>
  (node, path, report) => {
    if (node.kind !== 'sequence') return mismatch(node, path, report, '列表')
    const out: T[] = []
    for (const [i, item] of node.items.entries()) {
      const value = read(item, `${path}[${i}]`, report)
      if (value !== undefined) out.push(value)
    }
    return out
  }

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** The fields of one mapping. */
export interface Fields {
  readonly line: number
  has(name: string): boolean
  lineOf(name: string): number
  /** The field, or `fallback` where it is absent, empty or wrong. */
  get<T, F>(name: string, read: Read<T>, fallback: F): T | F
  /** As `get`, but its absence is an error. */
  need<T>(name: string, read: Read<T>): T | undefined
  raw(name: string): YamlNode | undefined
}

/** Fields that APISIX knows and PingSIX reads over. */
const apisixOnly: Readonly<Record<string, string>> = {
  vars: '不支持按变量匹配',
  filter_func: '不支持自定义匹配函数',
  remote_addrs: '不支持按来源地址匹配',
  status: '不支持停用，照样生效',
  plugin_config_id: '没有plugin_config这一级',
  enable_websocket: '没有这个开关',
  consumers: '没有consumer',
  ssls: '2025年后才支持',
  passive: '没有被动检查',
}

function fieldsOf(node: YamlNode, path: string, report: Report, known: Set<string>): Fields {
  const entries = new Map(node.entries.map((entry) => [entry.key, entry]))
  const at = (name: string): string => join(path, name)
  const value = (name: string): YamlNode | undefined => {
    known.add(name)
    const found = entries.get(name)?.value
    return found?.kind === 'scalar' && found.value === null ? undefined : found
  }
  return {
    line: node.line,
    has: (name) => value(name) !== undefined,
    lineOf: (name) => entries.get(name)?.line ?? node.line,
    raw: value,
    get(name, read, fallback) {
      const found = value(name)
      if (found === undefined) return fallback
      // A value begins on the line of its key or below it: the key's line is where to look.
      const line = entries.get(name)!.line
      return read(found.kind === 'scalar' ? { ...found, line } : found, at(name), report) ?? fallback
    },
    need(name, read) {
      if (entries.has(name) && value(name) !== undefined) return this.get(name, read, undefined)
      return fail(report, at(name), node.line, 'missing_field', `缺少必填的${name}`)
    },
  }
}

/**
 * A reader of mappings. Fields that `read` never asks for are warned of: the real program ignores them without a
 * word.
 */
export const mapping =
  <T>(read: (fields: Fields, path: string, report: Report) => T | undefined): Read<T> =>
  (node, path, report) => {
    if (node.kind !== 'mapping') return mismatch(node, path, report, '映射')
    const known = new Set<string>()
    const value = read(fieldsOf(node, path, report, known), path, report)
    for (const { key, line } of node.entries)
      if (!known.has(key)) {
        const why = apisixOnly[key] === undefined ? '' : `（${apisixOnly[key]}）`
        warn(report, join(path, key), line, 'ignored_field', `PingSIX不认识${key}，会默默忽略${why}`)
      }
    return value
  }
