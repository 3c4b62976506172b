// From the address of a local file to where it lies: beside the document whose page it belongs to, or in public/.
import { posix } from 'node:path'
import type { Meta, Path, Url } from './types.js'

type Place = Pick<Meta, 'url' | 'file'>

/** Places to look for the file behind a root-relative decoded address, nearest first; [] for other addresses. */
export function sourcesOf(address: Url, document: Place | undefined): Path[] {
  if (!address.startsWith('/') || address.startsWith('//')) return []
  const places = [`public${address}`]
  if (!document) return places
  // Files beside a post are published in the folder of its page: `/a/` or, for `/a/b.html`, `/a/`.
  const folder = document.url.slice(0, document.url.lastIndexOf('/') + 1)
  return address.startsWith(folder)
    ? [posix.join(posix.dirname(document.file), address.slice(folder.length)), ...places]
    : places
}
