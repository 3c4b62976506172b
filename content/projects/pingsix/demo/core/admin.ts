// The Admin API: checks a resource and writes it to etcd; it never touches the data plane itself.
import { type ReadResource, type Store, StoreError } from './etcd.js'
import type { Header } from './http.js'
import { isResourceKind } from './kinds.js'

export interface AdminRequest {
  readonly method: string
  /** Without query. */
  readonly path: string
  readonly headers: readonly Header[]
  readonly body: string
}
export interface AdminResponse {
  readonly status: number
  readonly body: string
}

const reply = (status: number, body = ''): AdminResponse => ({ status, body })

/** Answers one request of the Admin API. Never throws. */
export function handleAdmin(
  request: AdminRequest,
  settings: {
    readonly apiKey: string
    readonly prefix: string
    readonly store: Store
    readonly read: ReadResource
  },
): AdminResponse {
  const { apiKey, prefix, store, read } = settings
  const header = (name: string) => request.headers.find(([key]) => key.toLowerCase() === name)?.[1]
  if (header('x-api-key') !== apiKey) return reply(403)
  const found = /^\/apisix\/admin\/([^/]+)\/([^/]+)$/.exec(request.path)
  if (found === null) return reply(404, 'Not Found')
  if (!['PUT', 'GET', 'DELETE'].includes(request.method)) return reply(405)
  const [, kind = '', id = ''] = found
  if (request.method === 'PUT' && header('content-type') !== 'application/json')
    return reply(400, 'Content-Type must be application/json')
  if (!isResourceKind(kind)) return reply(400, 'Unsupported resource type')
  const key = `${prefix}/${kind}/${id}`
  try {
    if (request.method === 'GET') {
      const value = store.get(key)
      return value === null ? reply(404, 'Not Found') : reply(200, `{"value":${value}}`)
    }
    if (request.method === 'DELETE') {
      store.delete(key)
      return reply(204)
    }
    const { errors } = read(kind, id, request.body)
    if (errors.length > 0)
      return reply(400, errors.map((e) => [e.path, e.code, e.message].filter(Boolean).join(' ')).join('\n'))
    store.put(key, JSON.stringify(JSON.parse(request.body)))
    return reply(200)
  } catch (error) {
    if (error instanceof StoreError) return reply(500, error.message)
    throw error
  }
}
