// From notifications to rows: what the handlers of the post do, right and (by switches) wrong in the two classic ways.
// Emits changes as data and their SQL as text with parameters; whoever has a database runs them.
import { isTombstone } from './deltafifo.js'
import type { Notification } from './listener.js'
import type { Row, SqlValue, TableDefinition } from './resources.js'

/** A change to one table. Rows are found by namespace and name, but for the plain UPDATE, which goes by uid. */
export type RowChange =
  | { readonly op: 'upsert' | 'insert' | 'update'; readonly row: Row }
  | { readonly op: 'delete'; readonly namespace: string; readonly name: string }

export interface Statement {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

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

/** Makes the statements of one table. Values are parameters, never text; the texts stay the same, so they can be kept prepared. */
export function createStatements(table: TableDefinition): (change: RowChange) => Statement {
  const { resource, columns } = table
  const insert = `INSERT INTO ${resource}(${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
  const assigned = columns.filter((column) => column !== 'namespace' && column !== 'name')
  const texts = {
    insert,
    // The key is what an informer knows, so the conflict is on it: a new uid under an old name replaces the row.
    upsert: `${insert}
ON CONFLICT(namespace, name) DO UPDATE SET ${assigned.map((column) => `${column} = excluded.${column}`).join(', ')}
WHERE excluded.rv <> ${resource}.rv OR excluded.uid <> ${resource}.uid`,
    update: `UPDATE ${resource} SET ${columns
      .slice(1)
      .map((column) => `${column} = ?`)
      .join(', ')} WHERE uid = ?`,
  }
  const remove = `DELETE FROM ${resource} WHERE namespace = ? AND name = ?`
  return (change) => {
    if (change.op === 'delete') return { sql: remove, params: [change.namespace, change.name] }
    const values = columns.map((column) => change.row[column] ?? null)
    // `uid` is the first column; a plain UPDATE names it last.
    const params = change.op === 'update' ? [...values.slice(1), values[0] ?? null] : values
    return { sql: texts[change.op], params }
  }
}
