// The address of each document: what the old generator's rule says, unless the list of old addresses knows better. Two
// documents never get one address, and nothing is guessed where two guesses are possible.
import type { Url } from '../content/types.js'
import { looseForm } from './old-addresses.js'
import type { ImportedDocument, Note } from './types.js'

/** Never a document's: what stands for lists, and files that are none. */
const isList =
  /^\/(?:[\w-]+\/)?(?:tags?|categor(?:y|ies)|archives?|authors?|series|topics?|page)\/|\/page\/?\d+\/?$|\.(?:xml|json|txt|css|js|png|jpe?g|gif|svg|ico)$/i
const lastSegment = (url: Url): string => looseForm(url).split('/').at(-1) ?? ''

/** Source → address; null for what had none. Without a list the rule alone decides. */
export function settleAddresses(
  documents: readonly ImportedDocument[],
  old: ReadonlySet<Url> | null,
  note: (note: Note) => void,
): Map<string, Url | null> {
  const settled = new Map<string, Url | null>()
  if (old === null) {
    for (const { source, url } of documents) settled.set(source, url)
    return settled
  }
  const taken = new Set<Url>()
  const open: ImportedDocument[] = []
  const take = (document: ImportedDocument, url: Url | undefined, why = ''): boolean => {
    if (url === undefined || taken.has(url)) return false
    taken.add(url)
    // `/a` is how some hosts show `/a.html`: the file has the longer name.
    const isWhole = /\/$|\.\w+$/.test(url) || document.url === null
    settled.set(document.source, isWhole ? url : document.url)
    if (why !== '') note({ kind: 'changed', what: why, file: document.source })
    return true
  }
  for (const document of documents) {
    const { url, maybe = [], source } = document
    if (url === null) settled.set(source, null)
    else if (
      !take(
        document,
        [url, ...maybe].find((known) => old.has(known)),
      )
    )
      open.push(document)
  }
  const loose = uniqueBy(
    [...old].filter((url) => !taken.has(url)),
    looseForm,
  )
  const names = uniqueBy(
    [...old].filter((url) => !taken.has(url) && !isList.test(url)),
    lastSegment,
  )
  const counts = new Map<string, number>()
  for (const { url } of open) {
    const name = url === null ? '' : lastSegment(url)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  for (const document of open) {
    const { url, source } = document
    if (url === null) continue
    if (take(document, loose.get(looseForm(url)))) continue
    // The same name in another folder: a date in another zone, a category that was renamed.
    const name = lastSegment(url)
    const guess = name !== '' && counts.get(name) === 1 ? names.get(name) : undefined
    if (!take(document, guess, 'the address comes from the list of old ones, not from the rule'))
      settled.set(source, url)
  }
  return settled
}

/** Values whose key no other has. */
function uniqueBy(urls: readonly Url[], keyOf: (url: Url) => string): Map<string, Url> {
  const found = new Map<string, Url>()
  const twice = new Set<string>()
  for (const url of urls) {
    const key = keyOf(url)
    if (found.has(key)) twice.add(key)
    found.set(key, url)
  }
  for (const key of twice) found.delete(key)
  return found
}
