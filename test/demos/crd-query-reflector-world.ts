// What the tests of the reflector share: a plain store, servers that answer by functions.
import assert from 'node:assert/strict'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { Reflector } from '../../content/projects/crd-query/demo/core/reflector.js'
import type {
  ReflectorEvent,
  ReflectorOptions,
} from '../../content/projects/crd-query/demo/core/reflectortypes.js'
import {
  type CustomResource,
  keyOf,
  type ListOptions,
  type ListResult,
  type WatchOptions,
  type WatchSink,
} from '../../content/projects/crd-query/demo/core/types.js'

export const pods = (count: number): CustomResource[] =>
  Array.from({ length: count }, (_, i) => ({ metadata: { name: `pod-${i}`, resourceVersion: `${i}` } }))
export const listOf = (resourceVersion: string, items: readonly CustomResource[] = []): ListResult => ({
  metadata: { resourceVersion },
  items,
})

/** A plain store, as the upstream tests use one. */
export function plainStore() {
  const objects = new Map<string, CustomResource>()
  return {
    objects,
    add: (object: CustomResource) => void objects.set(keyOf(object), object),
    update: (object: CustomResource) => void objects.set(keyOf(object), object),
    delete: (object: CustomResource) => void objects.delete(keyOf(object)),
    replace: (items: readonly CustomResource[]) => {
      objects.clear()
      for (const item of items) objects.set(keyOf(item), item)
    },
  }
}

export type List = (options: ListOptions) => ListResult | Error
export type Watch = (options: WatchOptions, sink: WatchSink, nth: number) => void

/** A reflector whose server answers by functions; it notes every request. Without `watch` each watch ends the round. */
export function withLister(list: List, options: Partial<ReflectorOptions> = {}, watch?: Watch) {
  const clock = createClock()
  const rng = createRng(7)
  const store = plainStore()
  const lists: string[] = []
  const watches: string[] = []
  const events: ReflectorEvent[] = []
  const reflector: Reflector = new Reflector({
    clock,
    store,
    random: () => rng.next(),
    onEvent: (event) => events.push(event),
    ...options,
    listerWatcher: {
      list(asked, respond) {
        lists.push(asked.resourceVersion ?? '')
        respond(list(asked))
      },
      watch(asked, sink) {
        watches.push(asked.resourceVersion ?? '')
        if (watch === undefined) reflector.stop()
        else watch(asked, sink, watches.length)
        return () => {}
      },
    },
  })
  /** One LIST-and-WATCH round to its end. */
  const round = (): Error | null => {
    let outcome: Error | null | undefined
    reflector.listAndWatch((error) => {
      outcome = error
    })
    assert.notEqual(outcome, undefined, 'the round is over')
    return outcome ?? null
  }
  return { clock, store, lists, watches, events, reflector, round }
}

/** The same, for servers that only look at the version. */
export const scripted = (
  list: (resourceVersion: string) => ListResult | Error,
  watch?: Watch,
  options: Partial<ReflectorOptions> = {},
) => withLister((asked) => list(asked.resourceVersion ?? ''), options, watch)
