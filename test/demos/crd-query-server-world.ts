import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { ApiServer } from '../../content/projects/crd-query/demo/core/apiserver.js'
import type { ListResult, WatchEvent } from '../../content/projects/crd-query/demo/core/types.js'

export const projects = {
  group: 'apps.example.com',
  version: 'v1alpha1',
  resource: 'projects',
  kind: 'Project',
}

export function serverAt(revision: number, window?: { lower: number; upper: number }) {
  const clock = createClock()
  const server = new ApiServer({
    clock,
    rng: createRng(1),
    revision,
    ...(window === undefined ? {} : { window }),
  })
  server.define(projects)
  const create = (name: string) => server.create('projects', { metadata: { namespace: 'n', name } })
  return { clock, server, create }
}
export function watching(server: ApiServer, resourceVersion: string) {
  const events: WatchEvent[] = []
  let isClosed = false
  server.watch(
    'projects',
    { resourceVersion },
    { event: (e) => events.push(e), close: () => (isClosed = true) },
  )
  return { events, isClosed: () => isClosed }
}

export const named = (list: ListResult): string[] => list.items.map((object) => object.metadata.name)
