// Real SQLite in memory: the tables of the lab, the changes of the handlers, the queries of the page. Runs in a worker,
// on the page where there is none, and in Node; it is handed the library and a clock, and knows neither. Traps: page
// size must be set before the first table, "ct" as open flag would print every statement, a `:memory:` database has no
// WAL (it answers "memory").
import type { Database, PreparedStatement, Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import { type Row, type SqlValue, type TableDefinition, tables } from '../core/resources.js'
import { createStatements, pragmas, type Statement, schemaOf } from '../core/schema.js'
import type { RowChange } from '../core/synchronizer.js'
import { askFreely } from './guard.js'

export interface QueryResult {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SqlValue[])[]
  /** There were more rows than are shown. */
  readonly isCut: boolean
  /** Real milliseconds from prepare to the last row. */
  readonly ms: number
}
/** Changes of one table in order; null empties it (a process that starts again). */
export interface TableChange {
  readonly resource: string
  readonly change: RowChange | null
}
export interface TableRows {
  readonly resource: string
  readonly rows: readonly Row[]
}
export interface PageAnswer {
  readonly page: QueryResult
  readonly total: number
  readonly plan: readonly string[]
}
export interface Opened {
  readonly version: string
  /** What each PRAGMA of the post answered here. */
  readonly pragmas: readonly { readonly sql: string; readonly answer: string }[]
}

/** All calls, so that worker, page and tests speak of the same ones. */
export interface Engine {
  open(): Opened
  /** Empties the tables and fills them, in one transaction. Returns real milliseconds. */
  load(tables: readonly TableRows[]): number
  /** One transaction. Returns the number of rows touched. */
  apply(changes: readonly TableChange[]): number
  /** A page with its total and its plan. */
  page(select: Statement, count: Statement): PageAnswer
  /** One read-only statement from the reader; throws with a sentence for the reader. */
  ask(sql: string): QueryResult
  count(resource: string): number
  /** The database as a file. */
  export(): Uint8Array<ArrayBuffer>
}

/** A value as it can be shown and sent: no big integers, no blobs. */
export function plainValue(value: unknown): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  if (typeof value === 'bigint') return value.toString()
  return value instanceof Uint8Array ? `（${value.length} 字节）` : String(value)
}

/** Steps through a statement, at most `limit` rows, and reads all columns. Does not finalize it. */
export function readAll(statement: PreparedStatement, limit: number): Omit<QueryResult, 'ms'> {
  const columns = statement.columnCount > 0 ? statement.getColumnNames([]) : []
  const rows: SqlValue[][] = []
  while (statement.step()) {
    if (rows.length === limit) return { columns, rows, isCut: true }
    rows.push((statement.get([]) as unknown[]).map(plainValue)) // the array form returns an array
  }
  return { columns, rows, isCut: false }
}

interface Prepared {
  readonly definition: TableDefinition
  readonly toStatement: (change: RowChange) => Statement
}

export function createEngine(sqlite3: Sqlite3Static, now: () => number): Engine {
  const db: Database = new sqlite3.oo1.DB(':memory:', 'c')
  const statements = new Map<string, PreparedStatement>()
  const prepared = new Map<string, Prepared>(
    tables.map((definition) => [
      definition.resource,
      { definition, toStatement: createStatements(definition) },
    ]),
  )
  const tableOf = (resource: string): Prepared => {
    const found = prepared.get(resource)
    if (found === undefined) throw new Error(`no table "${resource}"`)
    return found
  }
  /** Statements of ours are few: they stay prepared. */
  const run = ({ sql, params }: Statement): number => {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = db.prepare(sql)
      statements.set(sql, statement)
    }
    if (params.length > 0) statement.bind([...params])
    try {
      statement.step()
    } finally {
      statement.reset(true)
    }
    return db.changes()
  }
  const read = ({ sql, params }: Statement, limit: number): QueryResult => {
    const start = now()
    const statement = db.prepare(sql)
    try {
      if (params.length > 0) statement.bind([...params])
      return { ...readAll(statement, limit), ms: now() - start }
    } finally {
      statement.finalize()
    }
  }

  return {
    open() {
      db.exec('PRAGMA page_size=4096')
      const answers = pragmas.map((sql) => ({ sql, answer: String(db.selectValue(sql) ?? '') }))
      for (const table of tables) for (const sql of schemaOf(table)) db.exec(sql)
      return { version: sqlite3.capi.sqlite3_libversion(), pragmas: answers }
    },
    load(all) {
      const start = now()
      db.transaction(() => {
        for (const { resource, rows } of all) {
          db.exec(`DELETE FROM ${tableOf(resource).definition.resource}`)
          const { toStatement } = tableOf(resource)
          for (const row of rows) run(toStatement({ op: 'insert', row }))
        }
      })
      return now() - start
    },
    apply(changes) {
      let touched = 0
      db.transaction(() => {
        for (const { resource, change } of changes) {
          const { definition, toStatement } = tableOf(resource)
          if (change === null) db.exec(`DELETE FROM ${definition.resource}`)
          else touched += run(toStatement(change))
        }
      })
      return touched
    },
    page(select, count) {
      const page = read(select, 500)
      const total = Number(read(count, 1).rows[0]?.[0] ?? 0)
      const plan = read({ ...select, sql: `EXPLAIN QUERY PLAN ${select.sql}` }, 100).rows
      return { page, total, plan: plan.map((row) => String(row.at(-1))) }
    },
    ask: (sql) => askFreely(sqlite3, db, now, sql),
    export: () => sqlite3.capi.sqlite3_js_db_export(db),
    count: (resource) =>
      Number(db.selectValue(`SELECT count(*) FROM ${tableOf(resource).definition.resource}`)),
  }
}
