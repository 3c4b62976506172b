// The writes of the apiserver: one revision counter for all kinds, optimistic concurrency, generations, finalizers.
// Every change of an object goes through here and is told to `onWrite` once. Reads are `apiserver.ts`.
import type { Rng } from '../../../_kit/rng.js'
import { newUid } from './gen.js'
import { History } from './history.js'
import { labelKeyProblem, labelValueProblem } from './labels.js'
import { alreadyExists, conflict, invalid, notFound } from './status.js'
import { type ChangeType, type CustomResource, keyOf, type ObjectMeta, type Resource } from './types.js'
import type { CacheEvent } from './watchcache.js'

export interface StoreOptions {
  readonly rng: Rng
  /** Virtual milliseconds. */
  readonly now: () => number
  /** What `now() === 0` is in milliseconds since 1970. */
  readonly epochMs: number
  /** The first write becomes this revision + 1. */
  readonly revision: number
  readonly onWrite: (resource: string, event: CacheEvent) => void
}

interface Kind {
  readonly resource: Resource
  readonly history: History
}

const identityOf = ({ uid, creationTimestamp, deletionTimestamp }: ObjectMeta): Partial<ObjectMeta> => ({
  ...(uid === undefined ? {} : { uid }),
  ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
  ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
})

/** Equal but for the order of keys, as a server that decodes and encodes again would see it. */
function same(a: unknown, b: unknown): boolean {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted)
}

export class Store {
  readonly #options: StoreOptions
  readonly #kinds = new Map<string, Kind>()
  #revision: number
  #compacted = 0

  constructor(options: StoreOptions) {
    this.#options = options
    this.#revision = options.revision
  }

  get revision(): number {
    return this.#revision
  }
  /** Snapshots before this revision are gone. */
  get compactedRevision(): number {
    return this.#compacted
  }

  define(resource: Resource): void {
    this.#kinds.set(resource.resource, { resource, history: new History() })
  }

  /** The objects of a kind. A kind that nobody defined is a mistake of the caller, not of a user. */
  kind(resource: string): Kind {
    const kind = this.#kinds.get(resource)
    if (kind === undefined) throw new Error(`no kind "${resource}" is defined on this server`)
    return kind
  }

  /** Forgets the snapshots before `revision`. */
  compact(revision: number): void {
    this.#compacted = Math.max(this.#compacted, revision)
    for (const { history } of this.#kinds.values()) history.compact(this.#compacted)
  }

  /** 409 AlreadyExists, 422 Invalid. The status is dropped unless `restored` (an object from before the story). */
  create(resource: string, object: CustomResource, restored: boolean): CustomResource {
    const kind = this.kind(resource)
    const { metadata, spec, status } = object
    this.#check(kind.resource, metadata)
    if (kind.history.current.has(keyOf(object))) throw alreadyExists(kind.resource, metadata.name)
    const created: CustomResource = {
      apiVersion: `${kind.resource.group}/${kind.resource.version}`,
      kind: kind.resource.kind,
      metadata: {
        ...metadata,
        uid: (restored ? metadata.uid : undefined) ?? newUid(this.#options.rng),
        generation: 1,
        creationTimestamp: (restored ? metadata.creationTimestamp : undefined) ?? this.#timestamp(),
      },
      ...(spec === undefined ? {} : { spec }),
      ...(restored && status !== undefined ? { status } : {}),
    }
    return this.#write(kind, 'ADDED', created, null)
  }

  /** 404 */
  get(resource: string, namespace: string, name: string): CustomResource {
    return this.#stored(resource, { metadata: { namespace, name } }).stored
  }

  /**
   * Replaces everything but the status. With a resourceVersion that is not the stored one: 409 Conflict; without one:
   * unconditional. Nothing is written where nothing changes. What is marked for deletion goes with its last finalizer.
   */
  update(resource: string, object: CustomResource): CustomResource {
    const { kind, stored } = this.#stored(resource, object)
    this.#check(kind.resource, object.metadata)
    const spec = object.spec ?? {}
    const bump = same(spec, stored.spec ?? {}) ? 0 : 1
    const metadata: ObjectMeta = {
      ...object.metadata,
      ...identityOf(stored.metadata),
      generation: (stored.metadata.generation ?? 1) + bump,
    }
    const next: CustomResource = { ...stored, metadata, spec }
    const isGone = metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length === 0
    return isGone ? this.#write(kind, 'DELETED', next, stored) : this.#replace(kind, next, stored)
  }

  /** Replaces the status alone; the generation stays. Fails as `update`. */
  updateStatus(resource: string, object: CustomResource): CustomResource {
    const { kind, stored } = this.#stored(resource, object)
    const { status } = object
    return status === undefined ? stored : this.#replace(kind, { ...stored, status }, stored)
  }

  /** Deletes, or, where finalizers hold the object, only marks it. 404, 409. */
  delete(resource: string, namespace: string, name: string, resourceVersion?: string): CustomResource {
    const asked = { namespace, name, ...(resourceVersion === undefined ? {} : { resourceVersion }) }
    const { kind, stored } = this.#stored(resource, { metadata: asked })
    const { metadata } = stored
    if ((metadata.finalizers ?? []).length === 0) return this.#write(kind, 'DELETED', stored, stored)
    if (metadata.deletionTimestamp !== undefined) return stored
    const marked: ObjectMeta = {
      ...metadata,
      deletionTimestamp: this.#timestamp(),
      generation: (metadata.generation ?? 1) + 1,
    }
    return this.#write(kind, 'MODIFIED', { ...stored, metadata: marked }, stored)
  }

  #stored(resource: string, object: CustomResource): { kind: Kind; stored: CustomResource } {
    const kind = this.kind(resource)
    const stored = kind.history.current.get(keyOf(object))
    const { name, resourceVersion } = object.metadata
    if (stored === undefined) throw notFound(kind.resource, name)
    if (resourceVersion && resourceVersion !== stored.metadata.resourceVersion)
      throw conflict(kind.resource, name)
    return { kind, stored }
  }

  #check(resource: Resource, metadata: ObjectMeta): void {
    const { name, labels } = metadata
    if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) || name.length > 253)
      throw invalid(resource, name, 'metadata.name：只能含小写字母、数字、"-"和"."，首尾须为字母或数字')
    for (const [key, value] of Object.entries(labels ?? {})) {
      const problem = labelKeyProblem(key) ?? labelValueProblem(value)
      if (problem !== null) throw invalid(resource, name, `metadata.labels：${problem}`)
    }
  }

  #replace(kind: Kind, next: CustomResource, stored: CustomResource): CustomResource {
    const version = stored.metadata.resourceVersion
    const unchanged = { ...next, metadata: { ...next.metadata, resourceVersion: version } }
    return same(unchanged, stored) ? stored : this.#write(kind, 'MODIFIED', next, stored)
  }

  #write(
    { resource, history }: Kind,
    type: ChangeType,
    object: CustomResource,
    previous: CustomResource | null,
  ): CustomResource {
    const revision = ++this.#revision
    const written = { ...object, metadata: { ...object.metadata, resourceVersion: `${revision}` } }
    const key = keyOf(written)
    history.put(key, type === 'DELETED' ? null : written, revision)
    const atMs = this.#options.now()
    this.#options.onWrite(resource.resource, { type, key, revision, object: written, previous, atMs })
    return written
  }

  #timestamp(): string {
    return `${new Date(this.#options.epochMs + this.#options.now()).toISOString().slice(0, 19)}Z`
  }
}
