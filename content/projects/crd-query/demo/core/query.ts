// The same question, asked in SQL: the form of the page becomes one statement with parameters, by page number or by
// key. Every list has a total order, or pages would overlap.
import type { SqlValue } from './resources.js'
import type { Statement } from './schema.js'

export type SortBy = 'created_at' | 'name' | 'replicas' | 'owner'
export interface Question {
  /** Part of a name, display name, owner or description. */
  readonly keyword: string
  readonly namespace: string
  /** Label `env`. */
  readonly env: string
  readonly phase: string
  readonly owner: string
  readonly minReplicas: number | null
  readonly maxReplicas: number | null
  readonly sortBy: SortBy
  readonly isDescending: boolean
  readonly pageSize: number
}
/** Which part of the answer: the n-th page (from 1), or what comes after a row of the page before. */
export type Position =
  | { readonly by: 'offset'; readonly page: number }
  | { readonly by: 'keyset'; readonly after: readonly [value: SqlValue, uid: string] | null }

export const emptyQuestion: Question = {
  keyword: '',
  namespace: '',
  env: '',
  phase: '',
  owner: '',
  minReplicas: null,
  maxReplicas: null,
  sortBy: 'created_at',
  isDescending: true,
  pageSize: 10,
}

/** What a trigram index can look for: three characters at least. Shorter words are looked for by LIKE. */
export const trigramLength = 3

export const resultColumns = [
  'namespace',
  'name',
  'title',
  'phase',
  'owner',
  'replicas',
  'created_at',
] as const

/** `50%_` → `50\%\_`, for LIKE … ESCAPE '\' */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
/** A phrase in FTS5: quotes are doubled. */
const phrase = (text: string): string => `"${text.replaceAll('"', '""')}"`

function conditionsOf(question: Question): { clauses: string[]; params: SqlValue[] } {
  const clauses: string[] = []
  const params: SqlValue[] = []
  const where = (clause: string, ...values: SqlValue[]): void => {
    clauses.push(clause)
    params.push(...values)
  }
  const keyword = question.keyword.trim()
  if ([...keyword].length >= trigramLength)
    where('p.rowid IN (SELECT rowid FROM projects_fts WHERE projects_fts MATCH ?)', phrase(keyword))
  else if (keyword !== '') {
    const pattern = `%${escapeLike(keyword)}%`
    const columns = ['name', 'title', 'owner', 'description']
    where(
      `(${columns.map((column) => `p.${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
      ...columns.map(() => pattern),
    )
  }
  if (question.namespace !== '') where('p.namespace = ?', question.namespace)
  if (question.env !== '')
    where(
      "EXISTS (SELECT 1 FROM project_labels AS l WHERE l.k = 'env' AND l.v = ? AND l.uid = p.uid)",
      question.env,
    )
  if (question.phase !== '') where('p.phase = ?', question.phase)
  if (question.owner !== '') where('p.owner = ?', question.owner)
  if (question.minReplicas !== null) where('p.replicas >= ?', question.minReplicas)
  if (question.maxReplicas !== null) where('p.replicas <= ?', question.maxReplicas)
  return { clauses, params }
}

const whereText = (clauses: readonly string[]): string =>
  clauses.length === 0 ? '' : `\nWHERE ${clauses.join('\n  AND ')}`

/** The statement for one page. A keyset page compares the sort column and the uid as one value. */
export function selectPage(question: Question, position: Position): Statement {
  const { clauses, params } = conditionsOf(question)
  const { sortBy, isDescending, pageSize } = question
  if (position.by === 'keyset' && position.after !== null) {
    clauses.push(`(p.${sortBy}, p.uid) ${isDescending ? '<' : '>'} (?, ?)`)
    params.push(...position.after)
  }
  const direction = isDescending ? 'DESC' : 'ASC'
  const columns = ['uid', ...resultColumns].map((column) => `p.${column}`).join(', ')
  const offset = position.by === 'offset' ? (position.page - 1) * pageSize : 0
  return {
    sql: `SELECT ${columns}
FROM projects AS p${whereText(clauses)}
ORDER BY p.${sortBy} ${direction}, p.uid ${direction}
LIMIT ${pageSize}${offset > 0 ? ` OFFSET ${offset}` : ''}`,
    params,
  }
}

/** How many rows there are in all. */
export function selectCount(question: Question): Statement {
  const { clauses, params } = conditionsOf(question)
  return { sql: `SELECT count(*) FROM projects AS p${whereText(clauses)}`, params }
}
