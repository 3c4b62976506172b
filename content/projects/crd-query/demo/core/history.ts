// etcd's part of the story: the objects at any revision since the last compaction, and the continue tokens that
// hold a paged LIST on one of them. Revisions count all writes of all kinds.
import { badRequest, expired } from './status.js'
import { type CustomResource, keyOf, type ListOptions, type ListResult } from './types.js'

interface Change {
  readonly revision: number
  readonly key: string
  readonly previous: CustomResource | null
}

export const listExpired = 'The resourceVersion for the provided list is too old.'
export const continueExpired =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.'

/** The versions of the objects of one kind. */
export class History {
  #changes: Change[] = []
  #floor = 0
  readonly current = new Map<string, CustomResource>()
  #sortedKeys: string[] | null = null

  /** Writes `object` (null deletes) as of `revision`. */
  put(key: string, object: CustomResource | null, revision: number): void {
    const previous = this.current.get(key) ?? null
    this.#changes.push({ revision, key, previous })
    if (previous === null || object === null) this.#sortedKeys = null
    if (object === null) this.current.delete(key)
    else this.current.set(key, object)
  }

  /** Forgets what was before `revision`; snapshots of it and later ones remain possible. */
  compact(revision: number): void {
    this.#floor = Math.max(this.#floor, revision)
    this.#changes = this.#changes.filter((change) => change.revision > revision)
  }

  /** The newest objects in key order, as etcd returns them. */
  sorted(): CustomResource[] {
    this.#sortedKeys ??= [...this.current.keys()].sort((a, b) => (a < b ? -1 : 1))
    return this.#sortedKeys.map((key) => this.current.get(key)!)
  }

  /** The objects as of `revision` in key order. Throws 410 with `message` where that is compacted. */
  at(revision: number, message = listExpired): CustomResource[] {
    if (revision < this.#floor) throw expired(message)
    const later = this.#changes.filter((change) => change.revision > revision)
    if (later.length === 0) return this.sorted()
    const objects = new Map(this.current)
    for (const { key, previous } of later.reverse()) {
      if (previous === null) objects.delete(key)
      else objects.set(key, previous)
    }
    return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
  }
}

/** Where a paged LIST goes on: the revision of its first page and the first key of the next. */
export interface ContinueToken {
  readonly revision: number
  readonly start: string
}

/** Base64 of JSON, as Kubernetes does it. Opaque to clients. */
export function encodeContinue({ revision, start }: ContinueToken): string {
  return btoa(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start }))
}

/** Throws a BadRequest for anything that is no token of ours. */
export function decodeContinue(token: string): ContinueToken {
  try {
    const value: unknown = JSON.parse(atob(token))
    if (typeof value === 'object' && value !== null && 'rv' in value && 'start' in value)
      if (typeof value.rv === 'number' && typeof value.start === 'string')
        return { revision: value.rv, start: value.start }
  } catch {
    // falls through: not base64 or not JSON
  }
  throw badRequest('continue key is not valid')
}

/** A page of `objects` (in key order, as of `revision`). */
export function page(
  objects: readonly CustomResource[],
  matches: (object: CustomResource) => boolean,
  options: ListOptions,
  revision: number,
): ListResult {
  const items = objects.filter(matches)
  const resourceVersion = `${revision}`
  const limit = options.limit ?? 0
  const next = limit > 0 ? items[limit] : undefined
  if (next === undefined) return { metadata: { resourceVersion }, items }
  // With a selector etcd cannot know how many of the rest will match: the count is left out.
  const isSelected = Boolean(options.labelSelector || options.fieldSelector)
  return {
    metadata: {
      resourceVersion,
      continue: encodeContinue({ revision, start: keyOf(next) }),
      ...(isSelected ? {} : { remainingItemCount: items.length - limit }),
    },
    items: items.slice(0, limit),
  }
}
