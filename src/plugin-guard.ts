// Plugins as they are called: under their name, with an end to our patience, and with a message that says whose fault it
// was. What they give is looked at by the floors that own the slots; trees are looked at here, since unified would go
// on with anything.
import type { PluggableList } from 'unified'
import { type Guard, guarded, inTime } from './engine/guard.js'
import { ProblemError, passOn } from './errors.js'
import type { Plugin } from './plugin.js'

type Call = (...args: unknown[]) => unknown

/** The plugins with every function of theirs guarded. */
export function guardPlugins(plugins: readonly Plugin[], guard: Guard): readonly Plugin[] {
  return plugins.map((plugin) => {
    const { name } = plugin
    // The same arguments go in and the same value comes out: the type stays.
    const own = <F>(call: F): F =>
      ((...args: unknown[]) => guarded(guard, name, () => (call as Call).apply(plugin, args))) as F
    const each = <F>(calls: Readonly<Record<string, F>>): Record<string, F> =>
      Object.fromEntries(Object.entries(calls).map(([key, call]) => [key, own(call)]))
    const trees = treesOf(name, guard)
    return {
      ...plugin,
      ...(plugin.remark && { remark: trees(plugin.remark) }),
      ...(plugin.rehype && { rehype: trees(plugin.rehype) }),
      ...(plugin.meta && { meta: own(plugin.meta) }),
      ...(plugin.queries && { queries: each(plugin.queries) }),
      ...(plugin.pages && { pages: own(plugin.pages) }),
      ...(plugin.filters && { filters: each(plugin.filters) }),
      ...(plugin.finish && { finish: own(plugin.finish) }),
    }
  })
}

function treesOf(name: string, guard: Guard): (list: PluggableList) => PluggableList {
  // unified knows a plugin that is named twice by its function: one wrapper for each.
  const wrappers = new Map<unknown, unknown>()
  const wrapped = (attacher: Call): unknown => {
    const wrapper =
      wrappers.get(attacher) ??
      function (this: unknown, ...options: unknown[]) {
        const transform = attempt(name, () => guarded(guard, name, () => attacher.apply(this, options)))
        return typeof transform === 'function' ? transformer(name, guard, transform as Call) : transform
      }
    wrappers.set(attacher, wrapper)
    return wrapper
  }
  const entry = (item: unknown): unknown => {
    if (typeof item === 'function') return wrapped(item as Call)
    if (Array.isArray(item)) return [entry(item[0]), ...item.slice(1)]
    if (typeof item === 'object' && item !== null && 'plugins' in item && Array.isArray(item.plugins))
      return { ...item, plugins: item.plugins.map(entry) }
    return item
  }
  // What was pluggable is pluggable.
  return (list) => list.map(entry) as PluggableList
}

function transformer(name: string, guard: Guard, transform: Call): Call {
  const run = (tree: unknown, file: unknown): unknown => {
    // With a third parameter a transformer is told where to call back.
    if (transform.length <= 2) return transform(tree, file)
    return new Promise((done, fail) => {
      const next = (error: unknown, result: unknown): void => (error ? fail(error) : done(result))
      transform(tree, file, next)
    })
  }
  return (tree, file) => {
    const result = attempt(name, () => guarded(guard, name, () => run(tree, file)))
    if (!isPromise(result)) return treeOf(name, result)
    return inTime(guard, name, result).then(
      (value) => treeOf(name, value),
      (error: unknown) =>
        attempt(name, () => {
          throw error
        }),
    )
  }
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** Nothing, or a tree. */
function treeOf(name: string, value: unknown): unknown {
  if (value === undefined || value === null || value instanceof Error) return value
  if (typeof value === 'object' && 'type' in value && typeof value.type === 'string') return value
  throw new Error(`plugin "${name}" gave ${Array.isArray(value) ? 'a list' : typeof value} instead of a tree`)
}

/** What is thrown gets its owner's name, but for what has one. */
function attempt<T>(name: string, call: () => T): T {
  try {
    return call()
  } catch (error) {
    passOn(error)
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof ProblemError || message.startsWith('plugin "')) throw error
    throw new Error(`plugin "${name}" failed: ${message}`, { cause: error })
  }
}
