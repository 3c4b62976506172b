// Plugins' `meta` slots: called in order on every checked Meta. What a plugin throws or gives wrongly costs its
// document, not the build; the Problem names both. Nothing unchecked may reach the floors above.
import { canonical } from '../engine/fingerprint.js'
import type { Problem } from '../errors.js'
import { addressOf, isRefusal } from './address.js'
import type { Meta, MetaResult } from './types.js'

export interface MetaSlot {
  /** Of the plugin. */
  readonly name: string
  readonly meta: (meta: Meta) => Meta
}

/** What a slot gave is no Meta of this document; the message says why. */
class Unfit extends Error {}

/** Passes a Meta through all slots. Never throws. */
export function applySlots(result: MetaResult, slots: readonly MetaSlot[]): MetaResult {
  let { meta } = result
  for (const slot of slots) {
    if (!meta) break
    try {
      meta = checked(slot.meta(meta), meta)
    } catch (error) {
      return { meta: null, problems: [...result.problems, problemOf(slot, meta, error)] }
    }
  }
  return { ...result, meta }
}

function problemOf({ name }: MetaSlot, { file }: Meta, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    severity: 'error',
    code: error instanceof Unfit ? 'plugin/bad-meta' : 'plugin/throws',
    what: `the meta slot of plugin "${name}" ${error instanceof Unfit ? 'gave' : 'failed:'} ${reason}`,
    file,
    line: 1,
    column: 1,
    fix: `correct the plugin "${name}", or take it out of the configuration`,
  }
}

/** Fields that may be nothing, or one of several kinds. */
const mayDiffer = new Set(['date', 'updated', 'expires', 'math'])
const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value

function checked(given: unknown, before: Meta): Meta {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Unfit(`${kindOf(given)} instead of a Meta: return the one it was handed, or a copy`)
  const fields = new Map<string, unknown>(Object.entries(given))
  for (const key of ['id', 'kind', 'file', 'bodyOffset', 'bodyLine', 'bundle'] as const)
    if (fields.get(key) !== before[key]) throw new Unfit(`a Meta with another ${key}`)
  for (const [key, value] of Object.entries(before))
    if (!mayDiffer.has(key) && kindOf(fields.get(key)) !== kindOf(value))
      throw new Unfit(`a Meta whose ${key} is ${kindOf(fields.get(key))} instead of ${kindOf(value)}`)
  try {
    canonical(given)
  } catch {
    throw new Unfit('a Meta that is not plain data')
  }
  // Each field has been compared with that of a Meta.
  const meta = given as Meta
  for (const url of [meta.url, ...meta.aliases]) {
    const address = addressOf(url)
    if (isRefusal(address)) throw new Unfit(`a Meta with the address "${url}": ${address.what}`)
    if (address.url !== url) throw new Unfit(`a Meta with the address "${url}": write ${address.url}`)
  }
  return meta
}
