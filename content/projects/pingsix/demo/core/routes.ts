// Which route answers: the host spelled backwards finds a table of paths, the path finds a slot of routes, the
// first route of the slot that takes the method wins. Building the tables keeps PingSIX's insertion policy with
// its trap: a pattern is first looked up as if it were a path, and joins whatever slot it finds.
import { InsertError, Router } from './matchit.js'

/** What the matcher needs to know of a route. */
export interface RouteEntry {
  readonly id: string
  readonly uris: readonly string[]
  /** Its own, or those of its service; empty = any host. */
  readonly hosts: readonly string[]
  readonly methods: readonly string[]
  readonly priority: number
}

/** One pattern put into one table. */
export interface Insertion {
  readonly route: string
  /** Null for the table without a host. */
  readonly host: string | null
  readonly uri: string
  /** The slot's pattern: `uri` itself, or the one that swallowed it. */
  readonly slot: string
}
export interface Absorption extends Insertion {
  /** Everyone in the slot afterwards, in order. */
  readonly order: readonly string[]
  /** The newcomer now answers first for all that `slot` matches. */
  readonly takesOver: boolean
}

export interface SlotCandidate {
  readonly id: string
  readonly priority: number
  readonly methods: readonly string[]
  readonly accepts: boolean
}
/** One look into one table. */
export interface Lookup {
  /** Null for the table without a host. */
  readonly host: string | null
  /** Pattern of the slot that was found, or null. */
  readonly pattern: string | null
  readonly slot: readonly SlotCandidate[]
  /** All patterns of the table. */
  readonly patterns: readonly string[]
}
export interface RouteTrace {
  readonly host: string | null
  /** The host as it is looked up. */
  readonly reversed: string | null
  /** Whether there is a table for the host. */
  readonly hostFound: boolean
  readonly lookups: readonly Lookup[]
  readonly routeId: string | null
  /** Sorted by name. */
  readonly params: Readonly<Record<string, string>>
}

interface Slot {
  readonly pattern: string
  entries: RouteEntry[]
}
type UriTable = Router<Slot>

export interface Matcher {
  /** Finds the route for a host (null: none given), a path without query and a method. */
  match(host: string | null, path: string, method: string): RouteTrace
  readonly insertions: readonly Insertion[]
  readonly absorptions: readonly Absorption[]
}

/** The loader panicked: this pattern of this route cannot be put in. */
export class MatcherPanic extends Error {
  readonly route: string
  readonly uri: string
  readonly reason: InsertError
  constructor(route: string, uri: string, reason: InsertError) {
    super(`${route} ${uri}: ${reason.message}`)
    this.route = route
    this.uri = uri
    this.reason = reason
  }
}

/** Character by character, not by labels: `a.com` → `moc.a`. */
export const reverseHost = (host: string): string => [...host].reverse().join('')

/**
 * Builds the tables, routes in the order given (the real order is a hash map's, new in every process). Throws
 * MatcherPanic where the real loader panics.
 */
export function buildMatcher(routes: readonly RouteEntry[]): Matcher {
  const anyHost: UriTable = new Router()
  const byHost = new Router<UriTable>()
  const insertions: Insertion[] = []
  const absorptions: Absorption[] = []

  const guard = (route: string, uri: string, run: () => void): void => {
    try {
      run()
    } catch (error) {
      throw error instanceof InsertError ? new MatcherPanic(route, uri, error) : error
    }
  }
  const insertNew = (table: UriTable, route: RouteEntry, host: string | null, uri: string): void => {
    guard(route.id, uri, () => table.insert(uri, { pattern: uri, entries: [route] }))
    insertions.push({ route: route.id, host, uri, slot: uri })
  }
  const insert = (table: UriTable, route: RouteEntry, host: string | null, uri: string): void => {
    const slot = table.at(uri)?.value
    if (slot === undefined) {
      insertNew(table, route, host, uri)
      return
    }
    slot.entries = [...slot.entries, route].sort((a, b) => b.priority - a.priority)
    const insertion = { route: route.id, host, uri, slot: slot.pattern }
    insertions.push(insertion)
    if (slot.pattern !== uri)
      absorptions.push({
        ...insertion,
        order: slot.entries.map((entry) => entry.id),
        takesOver: slot.entries[0] === route,
      })
  }

  for (const route of routes) {
    if (route.hosts.length === 0) for (const uri of route.uris) insert(anyHost, route, null, uri)
    for (const host of route.hosts) {
      const reversed = reverseHost(host)
      const table = byHost.at(reversed)?.value
      if (table !== undefined) for (const uri of route.uris) insert(table, route, host, uri)
      else {
        // The first route of a host is put in without looking: two equal patterns of it conflict.
        const fresh: UriTable = new Router()
        for (const uri of route.uris) insertNew(fresh, route, host, uri)
        guard(route.id, host, () => byHost.insert(reversed, fresh))
      }
    }
  }

  const patternsOf = (table: UriTable): string[] => table.entries().map(([pattern]) => pattern)
  const known = new Map<UriTable, string[]>()
  for (const [, table] of byHost.entries()) known.set(table, patternsOf(table))
  known.set(anyHost, patternsOf(anyHost))

  return {
    insertions,
    absorptions,
    match(host, path, method) {
      const lookups: Lookup[] = []
      const look = (table: UriTable, name: string | null) => {
        const found = table.at(path)
        const entries = found?.value.entries ?? []
        const accepts = (entry: RouteEntry): boolean =>
          entry.methods.length === 0 || entry.methods.includes(method)
        lookups.push({
          host: name,
          pattern: found?.value.pattern ?? null,
          slot: entries.map((entry) => ({
            id: entry.id,
            priority: entry.priority,
            methods: entry.methods,
            accepts: accepts(entry),
          })),
          patterns: known.get(table) ?? [],
        })
        const route = entries.find(accepts)
        return found === null || route === undefined ? null : { id: route.id, params: found.params }
      }
      const reversed = host === null || host === '' ? null : reverseHost(host)
      const table = reversed === null ? undefined : byHost.at(reversed)?.value
      const hit = (table === undefined ? null : look(table, host)) ?? look(anyHost, null)
      const params = [...(hit?.params ?? [])].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      return {
        host,
        reversed,
        hostFound: table !== undefined,
        lookups,
        routeId: hit?.id ?? null,
        params: Object.fromEntries(params),
      }
    },
  }
}
