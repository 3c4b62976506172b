import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { attributeOf, brokenReferences, elementsOf } from './references.js'
import { addressOf, type BuiltSite, buildSite, ownSite } from './site.js'
import { htmlFaults } from './validate.js'

// Every output of the repository's own site, as files: what needs no browser to be seen.

let site: BuiltSite

before(() => {
  site = buildSite(ownSite)
})

after(() => site?.remove())

/** Paths of the pages of posts: those that begin with a date. */
const posts = (): string[] => site.pages.filter((path) => /^\d{4}\//.test(path))

/** Bytes as a host sends them. */
const weight = (...texts: readonly (string | Buffer)[]): number =>
  texts.reduce((sum, text) => sum + gzipSync(text).length, 0)

/** The output that a link of a page names. */
const linked = (href: string): Buffer =>
  site.bytes(decodeURIComponent(new URL(href, site.baseUrl).pathname).slice(1))

test('html-validate finds nothing on any page', async () => {
  assert.deepEqual(await htmlFaults(site), [])
})

test('every link, anchor, asset, feed and address of the site leads to an output', () => {
  assert.deepEqual(brokenReferences(site), [])
})

test('the sitemap has every page that may be indexed, and no other', () => {
  const listed = [...site.text('sitemap.xml').matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc]) => loc)
  const wanted = site.pages
    .filter((path) => {
      const robots = elementsOf(site.text(path)).find((element) => attributeOf(element, 'name') === 'robots')
      return !/noindex/.test(robots === undefined ? '' : (attributeOf(robots, 'content') ?? ''))
    })
    .map((path) => site.baseUrl + addressOf(path))
  assert.deepEqual([...listed].sort(), wanted.sort())
})

test('every page names itself as canonical, and nothing else', () => {
  const canonical = site.pages
    .filter((path) => path !== '404.html')
    .map((path) => [
      path,
      elementsOf(site.text(path))
        .filter((element) => attributeOf(element, 'rel') === 'canonical')
        .map((element) => attributeOf(element, 'href')),
    ])
  assert.deepEqual(
    canonical,
    canonical.map(([path]) => [path, [site.baseUrl + addressOf(String(path))]]),
  )
})

test('no two pages have one title', () => {
  const titles = site.pages.map((path) => /<title>([^<]*)<\/title>/.exec(site.text(path))?.[1] ?? '')
  assert.deepEqual(
    titles.filter((title, i) => title === '' || titles.indexOf(title) !== i),
    [],
  )
})

test("a post's HTML and style sheets weigh less than 30 kB", () => {
  const heavy = posts().flatMap((path) => {
    const html = site.text(path)
    const sheets = elementsOf(html)
      .filter((element) => attributeOf(element, 'rel') === 'stylesheet')
      .map((element) => linked(attributeOf(element, 'href') ?? ''))
    const bytes = weight(html, ...sheets)
    return bytes < 30_000 ? [] : [`${path}: ${bytes} bytes`]
  })
  assert.deepEqual(heavy, [])
})

test("a post's scripts weigh less than 3 kB", () => {
  const heavy = posts().flatMap((path) => {
    const elements = elementsOf(site.text(path)).filter(
      ({ tagName, attrs }) =>
        tagName === 'script' && !attrs.some(({ value }) => value === 'application/ld+json'),
    )
    const scripts = elements.map((element) => {
      const src = attributeOf(element, 'src')
      const inline = element.childNodes.map((node) => ('value' in node ? node.value : '')).join('')
      return src === undefined ? inline : linked(src)
    })
    const bytes = weight(...scripts)
    return scripts.length > 0 && bytes < 3_000 ? [] : [`${path}: ${scripts.length} scripts, ${bytes} bytes`]
  })
  assert.deepEqual(heavy, [])
})

test('structured data on every page is one JSON graph', () => {
  const faults = site.pages.flatMap((path) => {
    const scripts = elementsOf(site.text(path)).filter(
      (element) => attributeOf(element, 'type') === 'application/ld+json',
    )
    const graphs = scripts.map((element): unknown =>
      JSON.parse(element.childNodes.map((node) => ('value' in node ? node.value : '')).join('')),
    )
    const isGraph = graphs.every(
      (graph) => typeof graph === 'object' && graph !== null && '@context' in graph && '@graph' in graph,
    )
    return graphs.length === (path === '404.html' ? 0 : 1) && isGraph ? [] : [path]
  })
  assert.deepEqual(faults, [])
})

test('nothing of the draft or of the future post is in any output', () => {
  const marks = ['写在草稿里', '写给未来']
  assert.deepEqual(
    site.paths.filter((path) => marks.some((mark) => path.includes(mark) || site.text(path).includes(mark))),
    [],
  )
})
