// A static server such as hosts of blogs run: folders show their index.html, what is missing shows 404.html, nothing
// outside the base path exists. Bound to loopback on a free port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import type { BuiltSite } from './site.js'

export interface Served {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  /** Origin and base path, ends with `/`. */
  readonly base: string
  close(): void
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
}

/** Serves a built site under the path of its baseUrl. */
export async function serve(site: BuiltSite): Promise<Served> {
  const basePath = new URL(site.baseUrl).pathname
  const known = new Set(site.paths)
  /** The output for a decoded path; a folder without its slash is sent on to it, as hosts do. */
  const find = (path: string): string | undefined =>
    [path, `${path}index.html`].find((name) => known.has(name) && (name === path || /^$|\/$/.test(path)))
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    let asked: string
    try {
      asked = decodeURIComponent(pathname)
    } catch {
      response.writeHead(400).end()
      return
    }
    if (!asked.startsWith(basePath)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('outside of the site')
      return
    }
    const path = asked.slice(basePath.length)
    if (known.has(`${path}/index.html`)) {
      response.writeHead(301, { location: `${pathname}/` }).end()
      return
    }
    const found = find(path)
    const shown = found ?? '404.html'
    if (!known.has(shown)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(found === undefined ? 404 : 200, {
      'content-type': types[extname(shown)] ?? 'application/octet-stream',
      'cache-control': 'no-store',
    })
    response.end(request.method === 'HEAD' ? undefined : site.bytes(shown))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server that listens has this kind of address.
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    base: `${origin}${basePath}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
