// JSON Schema (draft 7) of the configuration, told by the check itself: it is run on an empty configuration and says of
// each key what may stand there. Descriptions are the comments of `types.ts`. For editors and the reference.
import type { JsonObject } from '../json.js'
import { checkConfig } from './check.js'
import { configComments } from './comments.js'

interface Node {
  readonly forms: JsonObject[]
  readonly children: Map<string, Node>
}

/** What `site.config.json` may hold; a program may hold `plugins` as well. */
export function configSchema(): JsonObject {
  const root: Node = { forms: [{ type: 'object', additionalProperties: false }], children: new Map() }
  checkConfig({ value: {}, file: '', text: '' }, (path, schema) => {
    let node = root
    for (const key of path) {
      const child = node.children.get(key) ?? { forms: [], children: new Map() }
      node.children.set(key, child)
      node = child
    }
    node.forms.push(schema)
  })
  const comments = configComments()
  const { properties, ...rest } = schemaOf(root, '', comments)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of an Inkstone site',
    ...rest,
    properties: { $schema: { type: 'string' }, ...(properties as JsonObject) },
  }
}

function schemaOf(
  { forms, children }: Node,
  path: string,
  comments: ReadonlyMap<string, string>,
): JsonObject {
  const about = comments.get(path)
  const description = about === undefined ? {} : { description: about }
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`)
  const isParent = children.size > 0
  const properties = Object.fromEntries(
    [...children].map(([key, child]) => [key, schemaOf(child, at(key), comments)]),
  )
  const whole: JsonObject = { type: 'object', additionalProperties: false, properties }
  const others = forms
    .filter((form) => !isParent || form['type'] !== 'object')
    .map((form) => withItems(form, (key) => comments.get(at(key))))
  const all = isParent ? [...others, whole] : others
  const [only = {}] = all
  return all.length === 1 ? { ...description, ...only } : { ...description, anyOf: all }
}

/** Descriptions for the fields of a list's items, or of a record's values. */
function withItems(form: JsonObject, about: (key: string) => string | undefined): JsonObject {
  const described = (item: JsonObject): JsonObject => ({
    ...item,
    properties: Object.fromEntries(
      Object.entries(item['properties'] as JsonObject).map(([key, schema]) => {
        const description = about(key)
        return [key, description === undefined ? schema : { description, ...(schema as JsonObject) }]
      }),
    ),
  })
  for (const key of ['items', 'additionalProperties'] as const) {
    const item = form[key] as JsonObject | boolean | undefined // our own schemas
    if (typeof item === 'object' && item['properties'] !== undefined)
      return { ...form, [key]: described(item) }
  }
  return form
}
