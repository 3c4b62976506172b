// The dev server over HTTP: addresses to files of the desk, the page's script, the stream of events, the editor.
// It answers only names of this machine, and what another site could make a browser ask for it refuses.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Disk } from '../engine/disk.js'
import { placeOf, readAddress } from './address.js'
import type { Audience } from './audience.js'
import { contentTypeOf } from './content-type.js'
import type { Entry } from './desk.js'
import { openInEditor, readSpot } from './editor.js'
import { isOurHost, isSameSite } from './guard.js'
import { clientPath, emptyPage, eventsPath, inject, mapPath, openPath, scriptTag } from './inject.js'
import { redirect, refusal, send } from './send.js'
import type { Studio } from './studio.js'

export interface ServerOptions {
  readonly disk: Disk
  readonly root: string
  /** As given on the command line. */
  readonly host: string
  readonly boot: string
  readonly token: string
  readonly audience: Audience
  /** The studio is loaded while the server already listens. */
  readonly studio: Promise<Studio>
  readonly now: () => number
  /** Gives the page's script. */
  readonly client: () => Promise<string>
}

export interface DevServer {
  readonly server: Server
  /** What is served at an address below the site, decoded: the page, or the page for what is not found. */
  find(path: string): Promise<Entry | undefined>
  /** Pages asked for in the last seconds. */
  recent(): ReadonlySet<string>
  close(): Promise<void>
}

/** A page that was asked for within so many milliseconds is made before the rest. */
const recentMs = 10_000
const longestBody = 10_000
const noStore = { 'Cache-Control': 'no-store' }

export function openServer(options: ServerOptions): DevServer {
  const { audience, boot } = options
  const asked = new Map<string, number>()
  const basePathOf = (studio: Studio): string => studio.basePath ?? '/'

  const find = async (path: string): Promise<Entry | undefined> => {
    const { desk } = await options.studio
    const place = placeOf(path, '', '/', desk.has)
    const entry = place && 'file' in place ? await desk.entry(place.file) : undefined
    return entry ?? (await desk.entry('404.html'))
  }

  /** A request is a bell too: what was saved a moment ago is served even before the system tells of it. */
  const settle = async (studio: Studio, file: string): Promise<Entry | undefined> => {
    const entry = await studio.desk.entry(file)
    if (entry?.source === undefined) return entry
    studio.check(entry.source)
    await studio.fresh()
    return studio.desk.entry(file)
  }

  const serveSite = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const studio = await options.studio
    await studio.fresh()
    const address = readAddress(request.url ?? '', basePathOf(studio))
    if ('moved' in address) return send(request, response, redirect(address.moved))
    const notFound = async (): Promise<void> => {
      const entry = await studio.desk.entry('404.html')
      serveEntry(request, response, entry, 404)
    }
    if ('refused' in address)
      return address.refused === 404 ? notFound() : send(request, response, refusal(400, 'no such address'))
    const { path, query } = address
    const place = placeOf(path, query, basePathOf(studio), studio.desk.has)
    if (place && 'moved' in place) return send(request, response, redirect(place.moved))
    if (path.endsWith('/')) asked.set(path, options.now())
    const entry = place && (await settle(studio, place.file))
    if (entry) serveEntry(request, response, entry, 200)
    else await notFound()
  }

  const serveEntry = (
    request: IncomingMessage,
    response: ServerResponse,
    entry: Entry | undefined,
    status: number,
  ): void => {
    const headers = {
      'Content-Type': contentTypeOf(entry?.path ?? 'index.html'),
      ...noStore,
      ...(entry?.map && { SourceMap: `${mapPath}?${new URLSearchParams({ of: entry.path })}` }),
    }
    const isPage = headers['Content-Type'].startsWith('text/html')
    const bytes = entry?.bytes() ?? Buffer.from(emptyPage)
    const told = isPage ? inject(bytes, scriptTag(entry?.hash ?? '', boot)) : bytes
    // With nothing to show at all the site itself is what fails.
    send(request, response, { status: entry ? status : 500, headers, bytes: told })
  }

  const serveOwn = async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> => {
    if (!isSameSite(request.headers)) return send(request, response, refusal(403, 'not from another site'))
    if (path === clientPath) {
      const headers = { 'Content-Type': contentTypeOf('client.js'), ...noStore }
      return send(request, response, { status: 200, headers, bytes: Buffer.from(await options.client()) })
    }
    if (path === eventsPath) return join(request, response)
    if (path === mapPath) return serveMap(request, response)
    if (path === openPath) return open(request, response)
    send(request, response, refusal(404, 'no such address'))
  }

  const serveMap = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const of = new URL(request.url ?? '', 'http://localhost').searchParams.get('of') ?? ''
    const { desk } = await options.studio
    const map = desk.has(of) ? (await desk.entry(of))?.map : undefined
    if (!map) return send(request, response, refusal(404, 'no such map'))
    const headers = { 'Content-Type': contentTypeOf('x.map'), ...noStore }
    send(request, response, { status: 200, headers, bytes: map() })
  }

  const join = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams
    const studio = await options.studio
    await studio.fresh()
    const address = readAddress(query.get('page') ?? '', basePathOf(studio))
    if (!('path' in address)) return send(request, response, refusal(400, 'no such page'))
    const entry = await find(address.path)
    // Another state than the one that the browser shows is not known any more: it will be told to load the page.
    const hash = query.get('hash')
    const shown = entry?.hash === hash || (hash === '' && !entry) ? entry : gone
    audience.join(response, { path: address.path, shown })
    if (shown === gone) await audience.refresh(find)
  }

  const open = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST' || request.headers['x-inkstone-token'] !== options.token)
      return send(request, response, refusal(403, 'this needs the token of this session'))
    const spot = readSpot(options.disk, options.root, await bodyOf(request))
    if (!spot) return send(request, response, refusal(400, 'no such file in this site'))
    await openInEditor(spot.path, spot)
    send(request, response, refusal(200, 'opened'))
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOurHost(request.headers.host, options.host))
      return send(request, response, refusal(403, 'this name is not served; see --host'))
    const path = (request.url ?? '').replace(/[?#].*$/, '')
    if (path.startsWith('/__inkstone/')) return serveOwn(request, response, path)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return send(request, response, refusal(405, 'only GET and HEAD', { Allow: 'GET, HEAD' }))
    await serveSite(request, response)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A file changed, or a kept value is damaged: the next look finds out.
      void options.studio.then(
        (studio) => studio.ring([]),
        () => {},
      )
      if (response.headersSent) return response.destroy()
      const why = error instanceof Error ? error.message : String(error)
      send(request, response, refusal(503, why, { 'Retry-After': '1' }))
    })
  })

  return {
    server,
    find,
    recent() {
      for (const [path, at] of asked) if (options.now() - at > recentMs) asked.delete(path)
      return new Set(asked.keys())
    },
    async close() {
      audience.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** What a browser shows that is not known. */
const gone: Entry = {
  path: '',
  hash: 'gone',
  bytes: () => {
    throw new Error('not known')
  },
  source: undefined,
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request) {
    // What Node's streams give where no encoding is set.
    const bytes = chunk as Uint8Array
    length += bytes.length
    if (length > longestBody) return ''
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
