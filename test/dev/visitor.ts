// Talks to a dev server as a browser would, and waits for what it says. No sleeping: everything waits for an event
// with a deadline.
import { type IncomingHttpHeaders, request } from 'node:http'
import { openDev } from '../../src/dev/dev.js'
import type { StudioBuilt } from '../../src/dev/studio.js'
import { realDisk } from '../../src/engine/disk.js'
import { encodePath } from '../../src/urls.js'

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** latin1, as trees are compared. */
  readonly body: string
}

export const deadlineMs = 15_000

/** The promise's value, or an error that says what was waited for. */
export async function within<T>(what: string, promise: Promise<T>, ms = deadlineMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`waited ${ms} ms for ${what}`)), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** `target` goes onto the wire as it is. */
export function ask(
  port: number,
  target: string,
  options: { method?: string; headers?: Readonly<Record<string, string>>; body?: string } = {},
): Promise<Reply> {
  return new Promise((resolve, refuse) => {
    const { method = 'GET', headers = {}, body } = options
    const sent = request(
      { host: '127.0.0.1', port, path: target, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', refuse)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('latin1'),
          }),
        )
      },
    )
    sent.on('error', refuse)
    sent.end(body)
  })
}

/** Without the one script tag that is put into a served page. */
export const bare = (body: string): string => body.replace(/<script src="\/__inkstone\/[^>]*><\/script>/, '')

export const stateOf = (body: string): { hash: string; boot: string } => ({
  hash: /data-hash="([^"]*)"/.exec(body)?.[1] ?? '',
  boot: /data-boot="([^"]*)"/.exec(body)?.[1] ?? '',
})

export interface Stream {
  /** The next event of this name from now on, or one that came since the last call. */
  next(event: string): Promise<unknown>
  /** Names of all events so far, in order. */
  readonly names: readonly string[]
  readonly token: string
  close(): void
}

/** A queue that can be waited on. */
function makeQueue<T>() {
  const items: T[] = []
  const waiting: (() => void)[] = []
  return {
    items,
    push(item: T): void {
      items.push(item)
      for (const go of waiting.splice(0)) go()
    },
    async take(what: string, isIt: (item: T) => boolean, ms = deadlineMs): Promise<T> {
      for (;;) {
        const at = items.findIndex(isIt)
        if (at >= 0) return items.splice(at, 1)[0] as T
        await within(what, new Promise<void>((go) => waiting.push(go)), ms)
      }
    },
  }
}

/** A browser's stream of events for one page, in the state that it was served in. */
export async function watchPage(port: number, path: string, state?: string): Promise<Stream> {
  const page = await ask(port, encodePath(path))
  const hash = state ?? stateOf(page.body).hash
  const query = new URLSearchParams({ page: encodePath(path), hash })
  const events = makeQueue<{ event: string; data: unknown }>()
  const names: string[] = []
  const sent = request({ host: '127.0.0.1', port, path: `/__inkstone/events?${query}`, agent: false })
  sent.on('error', () => {})
  sent.end()
  sent.on('response', (response) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('error', () => {})
    response.on('data', (chunk: string) => {
      text += chunk
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = /^event: (.*)$/m.exec(text.slice(0, end))?.[1]
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1]
        text = text.slice(end + 2)
        if (event === undefined || data === undefined) continue
        names.push(event)
        events.push({ event, data: JSON.parse(data) })
      }
    })
  })
  const next = async (name: string): Promise<unknown> =>
    (await events.take(`${name} of ${path}`, ({ event }) => event === name)).data
  const hello = await next('hello')
  const token = typeof hello === 'object' && hello && 'token' in hello ? String(hello.token) : ''
  return { names, token, next, close: () => sent.destroy() }
}

export interface Visited {
  readonly port: number
  readonly url: string
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>
  /** The next moment that was made to its end; a large site takes its time. */
  built(ms?: number): Promise<StudioBuilt>
  /** How many were, and how many of them with errors. */
  readonly count: number
  readonly failures: number
  close(): Promise<void>
}

/** A dev server of this process on a free port. */
export async function openVisited(
  root: string,
  more: { drafts?: boolean; poll?: boolean; port?: number; baseUrl?: string } = {},
): Promise<Visited> {
  const built = makeQueue<StudioBuilt>()
  let count = 0
  let failures = 0
  const now = Date.now()
  const drafts = more.drafts ?? true
  const dev = await openDev({
    disk: realDisk,
    build: {
      root,
      out: `${root}/.inkstone/dev/out`,
      cache: `${root}/.inkstone/dev`,
      ...(more.baseUrl !== undefined && { baseUrl: more.baseUrl }),
      at: now,
      now,
      drafts,
      future: drafts,
      clean: false,
      strict: false,
      adopt: false,
      verifyInputs: false,
      workers: 0,
      cores: 1,
    },
    host: '127.0.0.1',
    port: more.port ?? 0,
    poll: more.poll ?? false,
    clock: () => Date.now(),
    now: () => performance.now(),
    onPolling: () => {},
    onBuilt(one) {
      count++
      if (!one.ok) failures++
      built.push(one)
    },
  })
  dev.failed.catch((error: unknown) => {
    built.push({
      ok: false,
      ms: 0,
      changed: [],
      problems: [{ severity: 'error', code: 'failed', what: String(error) }],
    })
  })
  return {
    port: dev.port,
    url: dev.url,
    get: (path, headers) => ask(dev.port, path, headers ? { headers } : {}),
    built: (ms) => built.take('a moment made to its end', () => true, ms),
    get count() {
      return count
    },
    get failures() {
      return failures
    },
    close: () => dev.close(),
  }
}
