// The three kinds of the story, as custom resources and as tables: what an operator platform keeps as CRs and what a
// reader of lists wants to search. Schema, and the row that an object becomes. No SQL runs in here.
import type { CustomResource, JsonObject, Resource } from './types.js'

export type SqlValue = string | number | null
/** Column → value, in the order of `columns`. */
export type Row = Readonly<Record<string, SqlValue>>

export interface TableDefinition extends Resource {
  readonly columns: readonly string[]
  /** Statements that make the table, its indexes and triggers. */
  readonly schema: readonly string[]
  readonly rowOf: (object: CustomResource) => Row
}

const group = 'apps.example.com'
const version = 'v1alpha1'

const text = (from: JsonObject | undefined, key: string): string => {
  const value = from?.[key]
  return typeof value === 'string' ? value : ''
}
const number = (from: JsonObject | undefined, key: string): number => {
  const value = from?.[key]
  return typeof value === 'number' ? value : 0
}

const common = ({ metadata }: CustomResource) => ({
  uid: metadata.uid ?? '',
  namespace: metadata.namespace ?? '',
  name: metadata.name,
  // Opaque to clients: kept to show it and to see whether it is the same, never to compare by size.
  rv: Number(metadata.resourceVersion ?? 0),
})

const projectColumns = [
  'uid',
  'namespace',
  'name',
  'rv',
  'created_at',
  'phase',
  'owner',
  'replicas',
  'title',
  'description',
  'template',
  'labels',
  'raw',
]

export const projects: TableDefinition = {
  group,
  version,
  resource: 'projects',
  kind: 'Project',
  columns: projectColumns,
  schema: [
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
  ],
  rowOf: (object) => ({
    ...common(object),
    created_at: object.metadata.creationTimestamp ?? '',
    phase: text(object.status, 'phase') || 'Pending',
    owner: text(object.spec, 'owner'),
    replicas: number(object.spec, 'replicas'),
    title: text(object.spec, 'displayName'),
    description: text(object.spec, 'description'),
    template: text(object.spec, 'template'),
    labels: JSON.stringify(object.metadata.labels ?? {}),
    raw: JSON.stringify(object),
  }),
}

/** A small kind with nothing to search but a display name. */
const simple = (resource: string, kind: string): TableDefinition => ({
  group,
  version,
  resource,
  kind,
  columns: ['uid', 'namespace', 'name', 'rv', 'title', 'raw'],
  schema: [
    `CREATE TABLE ${resource}(
  uid TEXT PRIMARY KEY, namespace TEXT NOT NULL, name TEXT NOT NULL, rv INTEGER NOT NULL,
  title TEXT NOT NULL, raw TEXT NOT NULL, UNIQUE(namespace, name))`,
  ],
  rowOf: (object) => ({
    ...common(object),
    title: text(object.spec, 'displayName'),
    raw: JSON.stringify(object),
  }),
})

export const templates = simple('templates', 'Template')
export const plugins = simple('plugins', 'Plugin')
export const tables: readonly TableDefinition[] = [templates, projects, plugins]

/** The settings of the post, in its order. On `:memory:` the first answers "memory", and two do nothing. */
export const pragmas: readonly string[] = [
  'PRAGMA journal_mode=WAL',
  'PRAGMA synchronous=NORMAL',
  'PRAGMA mmap_size=134217728',
  'PRAGMA journal_size_limit=27103364',
  'PRAGMA cache_size=2000',
]
