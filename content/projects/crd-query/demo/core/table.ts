// A table without SQLite: the rows as the statements of `synchronizer.ts` would leave them, with the same
// constraints. It counts rows before the database is loaded, and hands them over when it is.
import type { Row, TableDefinition } from './resources.js'
import type { RowChange } from './synchronizer.js'

/** What one change did: rows touched, and the database's complaint where it refused. */
export interface Outcome {
  readonly rows: number
  readonly error: string | null
}

export class Table {
  readonly definition: TableDefinition
  readonly #rows = new Map<string, Row>()
  readonly #keysByUid = new Map<string, string>()

  constructor(definition: TableDefinition) {
    this.definition = definition
  }

  get size(): number {
    return this.#rows.size
  }
  rows(): readonly Row[] {
    return [...this.#rows.values()]
  }
  row(namespace: string, name: string): Row | undefined {
    return this.#rows.get(`${namespace}/${name}`)
  }
  clear(): void {
    this.#rows.clear()
    this.#keysByUid.clear()
  }

  apply(change: RowChange): Outcome {
    if (change.op === 'delete') return this.#remove(`${change.namespace}/${change.name}`)
    const { row } = change
    const uid = String(row['uid'])
    const key = `${row['namespace']}/${row['name']}`
    const stored = this.#rows.get(key)
    if (change.op === 'update') {
      if (this.#keysByUid.get(uid) !== key) return { rows: 0, error: null }
    } else if (change.op === 'insert') {
      const { resource } = this.definition
      if (this.#keysByUid.has(uid)) return { rows: 0, error: `UNIQUE constraint failed: ${resource}.uid` }
      if (stored !== undefined)
        return { rows: 0, error: `UNIQUE constraint failed: ${resource}.namespace, ${resource}.name` }
    } else if (stored?.['uid'] === uid && stored['rv'] === row['rv']) return { rows: 0, error: null }
    if (stored !== undefined) this.#keysByUid.delete(String(stored['uid']))
    this.#rows.set(key, row)
    this.#keysByUid.set(uid, key)
    return { rows: 1, error: null }
  }

  #remove(key: string): Outcome {
    const stored = this.#rows.get(key)
    if (stored === undefined) return { rows: 0, error: null }
    this.#rows.delete(key)
    this.#keysByUid.delete(String(stored['uid']))
    return { rows: 1, error: null }
  }
}
