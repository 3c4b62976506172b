// The failures an apiserver answers with, and the client's tests for them. Codes, reasons and messages are those of
// kubernetes 1.31 (apimachinery api/errors, client-go tools/cache/reflector.go).
import type { Resource, Status, StatusCause } from './types.js'

/** A request that the server answered with a Status. */
export class ApiError extends Error {
  readonly status: Status
  constructor(status: Status) {
    super(status.message)
    this.status = status
  }
}

/** Nobody listens at the server's address. */
export class ConnectionRefused extends Error {
  constructor() {
    super('dial tcp 10.96.0.1:443: connect: connection refused')
  }
}

const failure = (
  code: number,
  reason: string,
  message: string,
  details?: { causes?: readonly StatusCause[]; retryAfterSeconds?: number },
): ApiError =>
  new ApiError({
    kind: 'Status',
    status: 'Failure',
    code,
    reason,
    message,
    ...(details === undefined ? {} : { details }),
  })

const plural = (resource: Resource): string => `${resource.resource}.${resource.group}`

/** 409: there is an object of this name. */
export const alreadyExists = (resource: Resource, name: string): ApiError =>
  failure(409, 'AlreadyExists', `${plural(resource)} "${name}" already exists`)

/** 409: the resourceVersion sent is not the one stored. */
export const conflict = (resource: Resource, name: string): ApiError =>
  failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${plural(resource)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
  )

/** 404 */
export const notFound = (resource: Resource, name: string): ApiError =>
  failure(404, 'NotFound', `${plural(resource)} "${name}" not found`)

/** 400 */
export const badRequest = (message: string): ApiError => failure(400, 'BadRequest', message)

/** 422: a field of the object is not valid. */
export const invalid = (resource: Resource, name: string, message: string): ApiError =>
  failure(422, 'Invalid', `${resource.kind}.${resource.group} "${name}" is invalid: ${message}`)

/** 410 */
export const expired = (message: string): ApiError => failure(410, 'Expired', message)

/** 410 of a watch that starts before the first event kept. */
export const tooOldResourceVersion = (asked: number, oldestMinusOne: number): ApiError =>
  expired(`too old resource version: ${asked} (${oldestMinusOne})`)

/** 504 after the server waited in vain to see revision `asked`. */
export const tooLargeResourceVersion = (asked: number, current: number): ApiError =>
  failure(504, 'Timeout', `Too large resource version: ${asked}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  })

/** 429 */
export const tooManyRequests = (retryAfterSeconds = 1): ApiError =>
  failure(
    429,
    'TooManyRequests',
    'the server has received too many requests and has asked us to try again later',
    {
      retryAfterSeconds,
    },
  )

/** 500 */
export const internalError = (message: string): ApiError =>
  failure(500, 'InternalError', `Internal error occurred: ${message}`)

const statusOf = (error: unknown): Status | null => (error instanceof ApiError ? error.status : null)

/** 410, under its new reason and its old one. */
export function isExpired(error: unknown): boolean {
  const reason = statusOf(error)?.reason
  return reason === 'Expired' || reason === 'Gone'
}

/** Only reason Expired: the pager falls back on this one alone. */
export const isResourceExpired = (error: unknown): boolean => statusOf(error)?.reason === 'Expired'

/** Servers before 1.18.6 gave no cause, only one of two texts; both are still recognised. */
export function isTooLargeResourceVersion(error: unknown): boolean {
  const status = statusOf(error)
  if (status === null) return false
  const causes = status.details?.causes ?? []
  if (causes.some((cause) => cause.reason === 'ResourceVersionTooLarge')) return true
  if (status.reason !== 'Timeout' || status.details === undefined) return false
  return (
    causes.some((cause) => cause.message === 'Too large resource version') ||
    status.message.includes('Too large resource version')
  )
}

export const isTooManyRequests = (error: unknown): boolean => {
  const status = statusOf(error)
  return status !== null && (status.reason === 'TooManyRequests' || status.code === 429)
}

export const isInternalError = (error: unknown): boolean => statusOf(error)?.reason === 'InternalError'

/** Failures of a WATCH request after which the same watch is simply tried again, without a LIST. */
export const isWatchErrorRetriable = (error: unknown): boolean =>
  error instanceof ConnectionRefused || isTooManyRequests(error)
