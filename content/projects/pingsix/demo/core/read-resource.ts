// One resource of the Admin API: JSON in, a checked resource out.
import type { Resource, ResourceKind } from './data-plane.js'
import type { Report } from './fields.js'
import type { PluginType } from './plugins/plugin.js'
import { globalRule, route, service } from './resources.js'
import type { ConfigIssue } from './types.js'
import { upstream } from './upstream-resource.js'
import { parseYaml } from './yaml.js'

/** JSON of one resource; its id is the key's, whatever the text says. */
export function readResource(
  kind: ResourceKind,
  id: string,
  json: string,
  types: readonly PluginType[],
): { resource: Resource | null; errors: readonly ConfigIssue[] } {
  const report: Report = { errors: [], warnings: [], strictStrings: true }
  try {
    JSON.parse(json)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { resource: null, errors: [{ path: '', code: 'json_syntax', message, line: 1 }] }
  }
  // JSON is YAML: parsed again for the lines of the problems.
  const node = parseYaml(json).node
  let resource: Resource | null = null
  if (node !== null) {
    const read = {
      upstreams: upstream,
      services: service(types),
      global_rules: globalRule(types),
      routes: route(types),
    }
    const config = read[kind](node, '', report)
    // The reader was chosen by the kind: the two belong together.
    if (config !== undefined) resource = { kind, config: { ...config, id } } as Resource
  }
  return { resource: report.errors.length === 0 ? resource : null, errors: report.errors }
}
