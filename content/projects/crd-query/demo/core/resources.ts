// The three kinds of the story, as custom resources and as tables: what an operator platform keeps as CRs and what a
// reader of lists wants to search: the columns, and the row that an object becomes. The SQL is `schema.ts`.
import type { CustomResource, JsonObject, Resource } from './types.js'

export type SqlValue = string | number | null
/** Column → value, in the order of `columns`. */
export type Row = Readonly<Record<string, SqlValue>>

export interface TableDefinition extends Resource {
  readonly columns: readonly string[]
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
  rowOf: (object) => ({
    ...common(object),
    title: text(object.spec, 'displayName'),
    raw: JSON.stringify(object),
  }),
})

export const templates = simple('templates', 'Template')
export const plugins = simple('plugins', 'Plugin')
export const tables: readonly TableDefinition[] = [templates, projects, plugins]
