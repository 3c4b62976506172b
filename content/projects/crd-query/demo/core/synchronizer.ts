// From notifications to rows: what the handlers of the post do, right and (by switches) wrong in the two classic ways.
// Emits changes as data; their SQL is `schema.ts`.
import { isTombstone } from './deltafifo.js'
import type { Notification } from './listener.js'
import type { Row, TableDefinition } from './resources.js'

/** A change to one table. Rows are found by namespace and name, but for the plain UPDATE, which goes by uid. */
export type RowChange =
  | { readonly op: 'upsert' | 'insert' | 'update'; readonly row: Row }
  | { readonly op: 'delete'; readonly namespace: string; readonly name: string }

/** The mistakes that a reader can switch on. */
export interface HandlerBugs {
  /** Deletes take only real objects: what comes as a tombstone is passed over, its row stays for ever. */
  readonly ignoreTombstones: boolean
  /** OnAdd does INSERT, OnUpdate does UPDATE … WHERE uid: a new object under an old name breaks both. */
  readonly noUpsert: boolean
}

/**
 * What a notification does to the table; null = nothing. A tombstone is unwrapped to its key: even one without an
 * object knows what to delete. An update that changes nothing is left out.
 */
export function changeOf(
  table: TableDefinition,
  notification: Notification,
  bugs: HandlerBugs,
): RowChange | null {
  const { object } = notification
  if (isTombstone(object)) {
    if (bugs.ignoreTombstones) return null
    const at = object.key.indexOf('/')
    return { op: 'delete', namespace: object.key.slice(0, Math.max(at, 0)), name: object.key.slice(at + 1) }
  }
  const { namespace = '', name } = object.metadata
  if (notification.type === 'delete') return { op: 'delete', namespace, name }
  if (notification.type === 'update' && notification.isResync) return null
  const row = table.rowOf(object)
  if (!bugs.noUpsert) return { op: 'upsert', row }
  return { op: notification.type === 'add' ? 'insert' : 'update', row }
}
