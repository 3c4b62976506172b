// Reads a plugin's options strictly: inside `plugins:` nothing is converted, a number is not a string. Every
// function throws PluginError with the field's name.
import { PluginError } from './plugin.js'

export type Options = Readonly<Record<string, unknown>>

const typeName = (value: unknown): string =>
  value === null || value === undefined
    ? '空值'
    : Array.isArray(value)
      ? '列表'
      : typeof value === 'object'
        ? '映射'
        : typeof value
const wrong = (field: string, want: string, value: unknown): PluginError =>
  new PluginError(`${field}应为${want}，实际是${typeName(value)}（${JSON.stringify(value) ?? ''}）`)

/** The options themselves: a mapping. */
export function asOptions(value: unknown, field = '配置'): Options {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(field, '映射', value)
  // Just checked: an object that is neither null nor a list.
  return value as Options
}

const isMissing = (value: unknown): boolean => value === undefined || value === null

export function text(options: Options, field: string): string {
  const value = options[field]
  if (value === undefined) throw new PluginError(`缺少${field}`)
  if (typeof value !== 'string') throw wrong(field, '字符串（数字要加引号）', value)
  return value
}
export const textOr = (options: Options, field: string): string | null =>
  isMissing(options[field]) ? null : text(options, field)

/** A whole number from 0 to `max`. */
export function whole(options: Options, field: string, max = 0xffffffff): number {
  const value = options[field]
  if (value === undefined) throw new PluginError(`缺少${field}`)
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max)
    throw wrong(field, `0到${max}的整数`, value)
  return value
}
export const wholeOr = (options: Options, field: string, fallback: number, max?: number): number =>
  options[field] === undefined ? fallback : whole(options, field, max)

export function flag(options: Options, field: string, fallback: boolean): boolean {
  const value = options[field]
  if (value === undefined) return fallback
  if (typeof value !== 'boolean') throw wrong(field, 'true或false', value)
  return value
}

export function list<T>(value: unknown, field: string, read: (item: unknown, field: string) => T): T[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw wrong(field, '列表', value)
  return value.map((item, i) => read(item, `${field}[${i}]`))
}

export function textItem(value: unknown, field: string): string {
  if (typeof value !== 'string') throw wrong(field, '字符串（数字要加引号）', value)
  return value
}
