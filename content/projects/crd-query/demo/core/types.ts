// The words of the lab: custom resources, the events of a watch, the options of LIST and WATCH. Plain data as the
// Kubernetes API defines it, cut down to what the story needs. No code in here.

export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}
export type Labels = Readonly<Record<string, string>>

/** `name` is all a caller must give; the server fills in the rest. `resourceVersion` is opaque outside the server. */
export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  /** RFC 3339 in UTC with whole seconds. */
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Labels
  readonly annotations?: Labels
  readonly finalizers?: readonly string[]
}

export interface CustomResource {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec?: JsonObject
  readonly status?: JsonObject
}

/** What a BOOKMARK carries: the kind and a resourceVersion, nothing else. */
export interface Bookmark {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: { readonly resourceVersion: string }
}

export interface StatusCause {
  readonly reason?: string
  readonly message?: string
}

/** The body of a failed request, and the object of an ERROR event. */
export interface Status {
  readonly kind: 'Status'
  readonly status: 'Failure'
  /** HTTP status code. */
  readonly code: number
  readonly reason: string
  readonly message: string
  readonly details?: { readonly causes?: readonly StatusCause[]; readonly retryAfterSeconds?: number }
}

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED'
export type WatchEvent =
  | { readonly type: ChangeType; readonly object: CustomResource }
  | { readonly type: 'BOOKMARK'; readonly object: Bookmark }
  | { readonly type: 'ERROR'; readonly object: Status }

export interface ListOptions {
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** '' = most recent, '0' = whatever is cached, 'N' = not older than N. */
  readonly resourceVersion?: string
  readonly resourceVersionMatch?: 'Exact' | 'NotOlderThan'
  /** 0 or absent = no limit. */
  readonly limit?: number
  readonly continue?: string
}

export interface ListResult {
  readonly metadata: {
    readonly resourceVersion: string
    readonly continue?: string
    readonly remainingItemCount?: number
  }
  readonly items: readonly CustomResource[]
}

export interface WatchOptions {
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** '' or '0' = everything as ADDED first, then changes; 'N' = changes strictly after N. */
  readonly resourceVersion?: string
  readonly timeoutSeconds?: number
  readonly allowWatchBookmarks?: boolean
}

/** The receiving end of a watch. After `fail` or `close` nothing more may arrive. */
export interface WatchSink {
  event(event: WatchEvent): void
  /** The stream ended (EOF, timeout, slow reader). */
  close(): void
  /** The request itself was refused; there was never a stream. */
  fail(error: Error): void
}

/** What a reflector needs of a server. Answers may come at once or later, each exactly once. */
export interface ListerWatcher {
  list(options: ListOptions, respond: (result: ListResult | Error) => void): void
  /** Returns what stops the watch from the client's side; a stopped watch calls nothing any more. */
  watch(options: WatchOptions, sink: WatchSink): () => void
}

/** Group, version and plural of a custom resource. */
export interface Resource {
  readonly group: string
  readonly version: string
  /** Lower-case plural, as in the URL. */
  readonly resource: string
  readonly kind: string
}

/** The key of an object in caches: `namespace/name`, or the bare name (client-go's MetaNamespaceKeyFunc). */
export function keyOf(object: CustomResource): string {
  const { namespace, name } = object.metadata
  return namespace ? `${namespace}/${name}` : name
}
