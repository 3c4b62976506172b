// Which plugins run for a request, and in what order. Route and service are merged, the route's own wins; global
// rules are a list of their own that always goes first.
import type { Plugin } from './plugins/plugin.js'
import type { ExecutorEntry } from './trace.js'

export interface Bound {
  readonly plugin: Plugin
  /** Where it is configured: `route:1`, `service:svc`, `global:x`. */
  readonly origin: string
}

export interface Executor {
  /** By falling priority; names decide among equals (the real order is random). */
  readonly plugins: readonly Bound[]
  /** For the trace: those that run, then those that lost to one of the same name. */
  readonly entries: readonly ExecutorEntry[]
}

/** Merges lists of plugins; of two with one name the earlier list's wins. */
export function mergePlugins(...lists: readonly (readonly Bound[])[]): Executor {
  const byName = new Map<string, Bound>()
  const overridden: Bound[] = []
  for (const bound of lists.flat())
    if (byName.has(bound.plugin.name)) overridden.push(bound)
    else byName.set(bound.plugin.name, bound)
  const plugins = [...byName.values()].sort(
    (a, b) =>
      b.plugin.priority - a.plugin.priority ||
      (a.plugin.name < b.plugin.name ? -1 : a.plugin.name > b.plugin.name ? 1 : 0),
  )
  const entry =
    (lost: boolean) =>
    ({ plugin, origin }: Bound): ExecutorEntry => ({
      plugin: plugin.name,
      priority: plugin.priority,
      origin,
      overridden: lost,
    })
  return { plugins, entries: [...plugins.map(entry(false)), ...overridden.map(entry(true))] }
}
