// SQL that a reader typed: one statement, reading only, at most a second, at most 500 rows. Everything else is refused
// with a sentence that says why. The authorizer is asked while the statement is compiled, so that ATTACH, PRAGMA and
// transactions, which SQLite calls read-only, do not slip through.
import type { Database, Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import { type QueryResult, readAll } from './engine.js'

export const rowLimit = 500
const timeLimitMs = 1_000

/** Why a statement was not run, for the reader. */
export class Refused extends Error {}

const writesGoElsewhere = '这里只读：写入请走 CR，由informer同步到表里'
const blank = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*/

/** PRAGMAs that only tell something about the tables. */
const tellingPragmas: ReadonlySet<string> = new Set([
  'table_info',
  'table_xinfo',
  'table_list',
  'index_list',
  'index_info',
  'index_xinfo',
  'compile_options',
  'function_list',
  'module_list',
])

/** Runs `sql` under all the limits. Throws Refused, or the database's own error. */
export function askFreely(sqlite3: Sqlite3Static, db: Database, now: () => number, sql: string): QueryResult {
  const { capi } = sqlite3
  const text = sql.replace(blank, '')
  if (text === '') throw new Refused('请输入一条SELECT语句')
  const allowed: ReadonlySet<number> = new Set([
    capi.SQLITE_SELECT,
    capi.SQLITE_READ,
    capi.SQLITE_FUNCTION,
    capi.SQLITE_RECURSIVE,
  ])
  let isDenied = false
  const authorize = (_: unknown, action: number, name: string | 0): number => {
    if (allowed.has(action)) return capi.SQLITE_OK
    if (action === capi.SQLITE_PRAGMA && tellingPragmas.has(String(name).toLowerCase())) return capi.SQLITE_OK
    // A table-valued function such as json_each is made on first use.
    if (action === capi.SQLITE_CREATE_VTABLE) return capi.SQLITE_OK
    isDenied = true
    return capi.SQLITE_DENY
  }
  const start = now()
  capi.sqlite3_set_authorizer(db, authorize, 0)
  let statement: ReturnType<Database['prepare']>
  try {
    statement = db.prepare(text)
  } catch (error) {
    if (isDenied) throw new Refused(writesGoElsewhere)
    throw error
  } finally {
    capi.sqlite3_set_authorizer(db, () => capi.SQLITE_OK, 0)
  }
  let isLate = false
  try {
    if (capi.sqlite3_stmt_readonly(statement) === 0) throw new Refused(writesGoElsewhere)
    const rest = text.slice(capi.sqlite3_sql(statement).length).replace(blank, '')
    if (rest !== '') throw new Refused('一次只执行一条语句')
    const deadline = start + timeLimitMs
    const late = (): number => {
      isLate ||= now() > deadline
      return isLate ? 1 : 0
    }
    capi.sqlite3_progress_handler(db, 1_000, late, 0)
    return { ...readAll(statement, rowLimit), ms: now() - start }
  } catch (error) {
    if (isLate) throw new Refused('执行超过1秒，已经中止')
    throw error
  } finally {
    capi.sqlite3_progress_handler(db, 0, 0, 0)
    statement.finalize()
  }
}
