// Addresses inside a text on its way over. The old generators resolved a relative one against the page's address, this
// one against the source file; where the two differ it is written from the root, and the file comes along.
import { posix } from 'node:path'
import type { Url } from '../content/types.js'
import { decodePath, encodePath } from '../urls.js'
import { maskCode } from './masked.js'
import type { ImportedDocument, Note, SourceFiles } from './types.js'

export interface ReferenceWorld {
  readonly files: SourceFiles
  /** Old path → new path of what comes over; may grow. */
  readonly copies: Map<string, string>
  /** New paths of all that comes over. */
  readonly arrived: Set<string>
  /** Old source file → address. */
  readonly sources: ReadonlyMap<string, Url>
  readonly addresses: ReadonlySet<Url>
  /** `/` or `/blog/` */
  readonly basePath: string
  readonly note: (note: Note) => void
}

const inMarkdown = /(\]\(\s*<?)([^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)/g
const inAngles = /(\]\(\s*<)([^<>\n]+)(?=>)/g
const definition = /^( {0,3}\[[^\]\n]+\]:[ \t]+<?)([^\s<>]+)/gm
const inHtml =
  /(<(?:img|a|video|audio|source|iframe|embed)\b[^<>]*?\s(?:src|href|poster)\s*=\s*["'])([^"'<>\n]+)/gi

/** The body with its relative addresses settled; files that it shows are added to `copies`. */
export function settleReferences(document: ImportedDocument, url: Url, world: ReferenceWorld): string {
  const { body } = document
  if (!/\]\(|\]:|(?:src|href|poster)\s*=/.test(body)) return body
  const masked = maskCode(body)
  const change = (whole: string, lead: string, address: string): string => {
    const settled = settle(address, document, url, world)
    return settled === address ? whole : `${lead}${settled}`
  }
  let text = masked.text
  for (const pattern of [inAngles, inMarkdown, definition, inHtml]) text = text.replace(pattern, change)
  return masked.restore(text)
}

function settle(address: string, { id, source }: ImportedDocument, url: Url, world: ReferenceWorld): string {
  // A site below a folder wrote its name in front; here the base path is added to what begins at the root.
  if (world.basePath !== '/' && address.startsWith(world.basePath))
    return address.slice(world.basePath.length - 1)
  if (/^(?:[a-z][a-z\d+.-]*:|\/|#|\?|$)/i.test(address) || /[\ue000-\uf8ff]/.test(address)) return address
  const [, path = '', tail = ''] = /^([^?#]*)(.*)$/s.exec(address) ?? []
  const decoded = decodePath(path.replaceAll('\\', '/'))
  const besideOld = posix.normalize(posix.join(posix.dirname(source), decoded))
  const besideNew = posix.normalize(posix.join('content', posix.dirname(id), decoded))
  const document = world.sources.get(besideOld)
  if (document !== undefined) return encodePath(document) + tail
  const onSite = posix.resolve(url.endsWith('/') ? url : posix.dirname(url), decoded)
  const asPage = [onSite, `${onSite.replace(/\/$/, '')}/`].find((page) => world.addresses.has(page))
  const brought = world.copies.get(besideOld)
  const folder = posix.join('content', posix.dirname(id))
  if (brought !== undefined && brought !== besideNew) {
    if (brought.startsWith('public/')) return encodePath(brought.slice('public'.length)) + tail
    if (brought.startsWith(`${folder}/`)) return encodePath(brought.slice(folder.length + 1)) + tail
  }
  if (world.arrived.has(besideNew)) return address
  if (world.arrived.has(`public${onSite}`)) return encodePath(onSite) + tail
  if (asPage !== undefined) return encodePath(asPage) + tail
  if (!world.files.has(besideOld) || posix.extname(decoded) === '') return address
  // Beside the old source, hence shown by an editor and perhaps by the old site: it goes beside the new one.
  if (!decoded.startsWith('../')) {
    world.copies.set(besideOld, besideNew)
    world.arrived.add(besideNew)
    return address
  }
  const target = world.copies.get(besideOld) ?? `public/${besideOld}`
  world.copies.set(besideOld, target)
  world.arrived.add(target)
  return target.startsWith('public/') ? encodePath(target.slice('public'.length)) + tail : address
}
