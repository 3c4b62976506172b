// The output folder over HTTP, the way static hosts do it: clean addresses, 404 page, `_redirects`, compression,
// validators, and for files with a hash in their name leave to be kept for ever. No script is put into a page. Must
// never serve anything outside the folder, whatever the address or a link in the folder says.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type Disk, type FileStat, hasCode } from '../engine/disk.js'
import { decodePath } from '../urls.js'
import { placeOf, readAddress } from './address.js'
import { contentTypeOf, isText } from './content-type.js'
import { readRedirects } from './redirects-file.js'
import { redirect, refusal, send } from './send.js'

export interface PreviewOptions {
  readonly disk: Disk
  /** Absolute path of the built site. */
  readonly out: string
  readonly basePath: string
}

const forEver = 'public, max-age=31536000, immutable'
const checkAlways = 'public, max-age=0, must-revalidate'
const worthCompressing = 512

export function openPreview({ disk, out, basePath }: PreviewOptions): Server {
  const top = disk.realpath(out)

  /** A regular file whose real place is inside the folder. */
  const look = (file: string): FileStat | undefined => {
    const path = `${out}/${file}`
    try {
      const stat = disk.stat(path)
      return stat?.kind === 'file' && disk.realpath(path).startsWith(`${top}/`) ? stat : undefined
    } catch (error) {
      // No such file can exist, or it is gone by now.
      if (hasCode(error, 'ENAMETOOLONG', 'ELOOP', 'ENOENT', 'EACCES')) return undefined
      throw error
    }
  }
  const exists = (file: string): boolean => look(file) !== undefined
  const redirects = () =>
    readRedirects(exists('_redirects') ? Buffer.from(disk.read(`${out}/_redirects`)).toString('utf8') : '')

  const serveFile = async (
    request: IncomingMessage,
    response: ServerResponse,
    file: string,
    status: number,
  ): Promise<void> => {
    const stat = look(file)
    if (!stat) return send(request, response, refusal(404, 'not found'))
    const type = contentTypeOf(file)
    const etag = `"${stat.size.toString(36)}-${Math.round(stat.mtimeMs).toString(36)}"`
    const headers = {
      'Content-Type': type,
      'Cache-Control': isHashed(file) ? forEver : checkAlways,
      ETag: etag,
      'Last-Modified': new Date(stat.mtimeMs).toUTCString(),
      ...(isText(type) && { Vary: 'Accept-Encoding' }),
    }
    if (status === 200 && request.headers['if-none-match']?.includes(etag)) {
      response.writeHead(304, headers).end()
      return
    }
    const bytes = disk.read(`${out}/${file}`)
    const isWorth = isText(type) && bytes.length >= worthCompressing && request.headers.range === undefined
    const coding = isWorth ? codingOf(request.headers['accept-encoding']) : undefined
    const body = coding ? await compress[coding](bytes) : bytes
    const told = coding ? { ...headers, 'Content-Encoding': coding } : headers
    send(request, response, { status, headers: told, bytes: body })
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return send(request, response, refusal(405, 'only GET and HEAD', { Allow: 'GET, HEAD' }))
    const address = readAddress(request.url ?? '', basePath)
    if ('moved' in address) return send(request, response, redirect(address.moved))
    if ('refused' in address && address.refused === 400)
      return send(request, response, refusal(400, 'no such address'))
    if ('path' in address) {
      const { path, query } = address
      const place = placeOf(path, query, basePath, exists)
      const rule = redirects().find(
        decodePath(basePath).slice(0, -1) + path,
        place !== undefined && 'file' in place,
      )
      if (rule && rule.status >= 300 && rule.status < 400)
        return send(request, response, redirect(rule.to, rule.status))
      if (rule) {
        const other = readAddress(rule.to, basePath)
        const there = 'path' in other ? placeOf(other.path, '', basePath, exists) : undefined
        if (there && 'file' in there) return serveFile(request, response, there.file, rule.status)
      }
      if (place && 'moved' in place) return send(request, response, redirect(place.moved, 301))
      // Lists for the host are not for its visitors.
      if (place && place.file !== '_redirects' && place.file !== '_headers')
        return serveFile(request, response, place.file, 200)
    }
    await serveFile(request, response, '404.html', 404)
  }

  return createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else send(request, response, refusal(500, error instanceof Error ? error.message : String(error)))
    })
  })
}

/** Bundles carry eight hex digits of their hash, or esbuild's eight capitals. */
const isHashed = (file: string): boolean => /^assets\/(?:.*\/)?[^/]+-[0-9a-zA-Z]{8}\.\w+$/.test(file)

const compress = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 6 }),
}

/** The best coding that the client takes; `q=0` means that it does not. */
function codingOf(header: string | undefined): keyof typeof compress | undefined {
  const taken = (header ?? '')
    .split(',')
    .map((item) => item.trim().split(/\s*;\s*/))
    .filter(([, quality]) => !/^q=0(?:\.0*)?$/.test(quality ?? ''))
    .map(([name]) => name)
  return (['br', 'gzip'] as const).find((coding) => taken.includes(coding))
}
