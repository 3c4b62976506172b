// The tables in SQL, and the statements that change them: what the database side needs and nobody else.
import { projects, type SqlValue, type TableDefinition } from './resources.js'
import type { RowChange } from './synchronizer.js'

export interface Statement {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

const projectSchema: readonly string[] = [
  `CREATE TABLE projects(
  uid TEXT PRIMARY KEY, namespace TEXT NOT NULL, name TEXT NOT NULL, rv INTEGER NOT NULL,
  created_at TEXT NOT NULL, phase TEXT NOT NULL, owner TEXT NOT NULL, replicas INTEGER NOT NULL,
  title TEXT NOT NULL, description TEXT NOT NULL, template TEXT NOT NULL,
  labels TEXT NOT NULL, raw TEXT NOT NULL,
  UNIQUE(namespace, name))`,
  'CREATE INDEX projects_by_phase ON projects(phase, created_at DESC, uid DESC)',
  'CREATE INDEX projects_by_owner ON projects(owner)',
  'CREATE INDEX projects_by_creation ON projects(created_at, uid)',
  'CREATE TABLE project_labels(uid TEXT NOT NULL, k TEXT NOT NULL, v TEXT NOT NULL, PRIMARY KEY(k, v, uid)) WITHOUT ROWID',
  'CREATE INDEX project_labels_uid ON project_labels(uid)',
  `CREATE VIRTUAL TABLE projects_fts USING fts5(
  uid UNINDEXED, name, title, owner, description, tokenize='trigram')`,
  // One row per CR is what handlers write; labels and the full-text index follow by triggers, in the same transaction.
  `CREATE TRIGGER projects_ai AFTER INSERT ON projects BEGIN
  INSERT INTO project_labels SELECT new.uid, key, value FROM json_each(new.labels);
  INSERT INTO projects_fts(rowid, uid, name, title, owner, description)
    VALUES (new.rowid, new.uid, new.name, new.title, new.owner, new.description);
END`,
  `CREATE TRIGGER projects_ad AFTER DELETE ON projects BEGIN
  DELETE FROM project_labels WHERE uid = old.uid;
  DELETE FROM projects_fts WHERE rowid = old.rowid;
END`,
  `CREATE TRIGGER projects_au AFTER UPDATE ON projects BEGIN
  DELETE FROM project_labels WHERE uid = old.uid;
  INSERT INTO project_labels SELECT new.uid, key, value FROM json_each(new.labels);
  UPDATE projects_fts SET uid = new.uid, name = new.name, title = new.title,
    owner = new.owner, description = new.description WHERE rowid = old.rowid;
END`,
]

/** Statements that make a table, its indexes and triggers. */
export function schemaOf({ resource }: TableDefinition): readonly string[] {
  if (resource === projects.resource) return projectSchema
  return [
    `CREATE TABLE ${resource}(
  uid TEXT PRIMARY KEY, namespace TEXT NOT NULL, name TEXT NOT NULL, rv INTEGER NOT NULL,
  title TEXT NOT NULL, raw TEXT NOT NULL, UNIQUE(namespace, name))`,
  ]
}

/** The settings of the post, in its order. On `:memory:` the first answers "memory", and two do nothing. */
export const pragmas: readonly string[] = [
  'PRAGMA journal_mode=WAL',
  'PRAGMA synchronous=NORMAL',
  'PRAGMA mmap_size=134217728',
  'PRAGMA journal_size_limit=27103364',
  'PRAGMA cache_size=2000',
]

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
