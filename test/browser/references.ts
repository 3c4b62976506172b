// Whether everything that a built site points to within itself is there: links, anchors, assets, feeds, the sitemap,
// structured data. Reads files only; needs no browser.
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { outPathOf } from '../../src/urls.js'
import { addressOf, type BuiltSite } from './site.js'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

const isElement = (node: Node): node is Element => 'tagName' in node

/** Every element of a page in document order. */
export function elementsOf(html: string): Element[] {
  const found: Element[] = []
  const visit = (node: Node): void => {
    if (isElement(node)) found.push(node)
    if ('content' in node) visit(node.content)
    if ('childNodes' in node) for (const child of node.childNodes) visit(child)
  }
  visit(parse(html))
  return found
}

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value
}

/** What an element loads or leads to. */
function referencesOf(element: Element): string[] {
  const single = ['href', 'src', 'poster', 'action', 'cite', 'data-module'].flatMap(
    (name) => attributeOf(element, name) ?? [],
  )
  const sets = ['srcset', 'imagesrcset'].flatMap((name) =>
    (attributeOf(element, name) ?? '')
      .split(',')
      .map((part) => part.trim().split(/\s+/)[0] ?? '')
      .filter((part) => part !== ''),
  )
  return [...single, ...sets]
}

/** Elements that load what they name while the page is shown. */
function loads(element: Element): boolean {
  if (element.tagName === 'link')
    return /stylesheet|icon|preload|manifest/.test(attributeOf(element, 'rel') ?? '')
  return ['script', 'img', 'source', 'video', 'audio', 'iframe', 'track', 'embed'].includes(element.tagName)
}

/** All references that lead nowhere, or out of the base path: `page: reference: what is wrong`, sorted. */
export function brokenReferences(site: BuiltSite): string[] {
  const base = new URL(site.baseUrl)
  const known = new Set(site.paths)
  const idsOf = new Map<string, Set<string>>()
  const elements = new Map(
    [...site.pages, ...site.stubs].map((path) => [path, elementsOf(site.text(path))] as const),
  )
  for (const [path, all] of elements)
    idsOf.set(path, new Set(all.flatMap((element) => attributeOf(element, 'id') ?? [])))

  /** What is wrong with an address of our own; '' for nothing. */
  const faultOf = (url: URL): string => {
    if (!url.pathname.startsWith(base.pathname)) return 'lies outside of the base path'
    const path = outPathOf(decodeURIComponent(url.pathname).slice(base.pathname.length - 1))
    if (!known.has(path)) return `no such output: ${path}`
    const id = decodeURIComponent(url.hash.slice(1))
    if (id !== '' && path.endsWith('.html') && !idsOf.get(path)?.has(id))
      return `no such id in ${path}: ${id}`
    return ''
  }

  const faults = new Set<string>()
  for (const [path, all] of elements) {
    const page = new URL(addressOf(path), base)
    for (const element of all)
      for (const reference of referencesOf(element)) {
        const report = (what: string): void => void faults.add(`${path}: ${reference}: ${what}`)
        if (!URL.canParse(reference, page.href)) {
          report('is no address')
          continue
        }
        const url = new URL(reference, page)
        if (url.protocol === 'javascript:') report('is a script')
        if (!/^https?:$/.test(url.protocol)) continue
        // 404.html is shown at any address: what is relative in it leads elsewhere each time.
        if (path === '404.html' && !/^(\/|#|https?:)/.test(reference)) report('is relative')
        if (url.origin !== base.origin) {
          if (loads(element)) report('is loaded from another origin')
          continue
        }
        const fault = faultOf(url)
        if (fault !== '') report(fault)
      }
  }
  // Absolute addresses in feeds, sitemap, structured data, styles and the rest, wherever they stand.
  const own = new RegExp(`${base.origin.replace(/[.]/g, '\\.')}[!#-;=?-Z\\[\\]_a-z~]*`, 'g')
  for (const path of site.paths.filter((name) => /\.(html|xml|json|txt|css|js)$|_redirects$/.test(name)))
    for (const [found] of site.text(path).matchAll(own)) {
      const written = found.replaceAll('&amp;', '&').replace(/[),.;:!?]+$/, '')
      const url = new URL(written)
      // Names in structured data (`…/#blog`) are no places.
      url.hash = ''
      const fault = faultOf(url)
      if (fault !== '') faults.add(`${path}: ${written}: ${fault}`)
    }
  return [...faults].sort()
}
