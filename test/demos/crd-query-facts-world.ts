import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { ApiServer } from '../../content/projects/crd-query/demo/core/apiserver.js'
import { DeltaFifo } from '../../content/projects/crd-query/demo/core/deltafifo.js'
import { Lab } from '../../content/projects/crd-query/demo/core/lab.js'
import { ApiError } from '../../content/projects/crd-query/demo/core/status.js'
import type {
  CustomResource,
  WatchEvent,
  WatchOptions,
} from '../../content/projects/crd-query/demo/core/types.js'

export const kind = (resource: string) => ({
  group: 'apps.example.com',
  version: 'v1',
  resource,
  kind: `${resource}Kind`,
})
export function newServer() {
  const clock = createClock()
  const server = new ApiServer({ clock, rng: createRng(1) })
  server.define(kind('as'))
  server.define(kind('bs'))
  const create = (name: string, more: Partial<CustomResource> = {}, resource = 'as') =>
    server.create(resource, { ...more, metadata: { namespace: 'n', name, ...more.metadata } })
  const watch = (options: WatchOptions) => {
    const told: string[] = []
    server.watch('as', options, {
      event: (event: WatchEvent) =>
        told.push(
          'metadata' in event.object
            ? `${event.type} ${'name' in event.object.metadata ? event.object.metadata.name : ''} ${event.object.metadata.resourceVersion}`
            : `${event.type} ${event.object.code}`,
        ),
      close: () => told.push('closed'),
    })
    return told
  }
  return { clock, server, create, watch }
}
export const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'fine'
  } catch (error) {
    if (error instanceof ApiError) return `${error.status.code} ${error.status.reason}`
    throw error
  }
}
export interface Thing {
  readonly name: string
  readonly rv: number
}
export const fifoOf = (known: readonly Thing[] = []) => {
  const objects = new Map(known.map((thing) => [thing.name, thing]))
  return new DeltaFifo<Thing>({
    keyOf: ({ name }) => name,
    knownObjects: { listKeys: () => [...objects.keys()], getByKey: (key) => objects.get(key) },
  })
}

export const startedLab = (options: ConstructorParameters<typeof Lab>[0] = {}): Lab => {
  const lab = new Lab({ size: 20, ...options })
  lab.start()
  lab.advance(2_000)
  return lab
}
export const linesAfter = (lab: Lab, act: () => void, ms: number): string[] => {
  const last = lab.log.events.at(-1)?.id ?? 0
  act()
  lab.advance(ms)
  return lab.log.events.filter(({ id }) => id > last).map(({ data }) => data.text)
}
