// Hugo → Inkstone. Reads `content/` as Hugo does (sections, bundles, languages, drafts), gives every page the address
// that Hugo gave it, and turns shortcodes into Markdown. `static/` comes over as it is.
import { parseDate } from '../content/dates.js'
import type { Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { encodePath } from '../urls.js'
import { at } from './config-file.js'
import { type ReadDocument, readDocument } from './frontmatter.js'
import {
  cleaningRules,
  cleanPath,
  finishHugo,
  type HugoPage,
  hugoAddress,
  unknownTokens,
} from './hugo-address.js'
import { type HugoConfig, readHugoConfig } from './hugo-config.js'
import { hugoFields } from './hugo-fields.js'
import { feedsOfHugo, listsOfHugo } from './hugo-lists.js'
import { convertShortcodes } from './hugo-shortcodes.js'
import { guessLanguage, guessZone, languageTag, zoneName } from './language.js'
import { siteAddresses } from './site-config.js'
import { freeId, type ImportedDocument, type Importer, isRecord, type Note, textOf } from './types.js'

/** One file of content with what its place says of it. */
export interface HugoFile {
  readonly path: string
  /** Below content/, without language. */
  readonly folders: readonly string[]
  readonly name: string
  readonly bundle: boolean
  /** '' for the default language. */
  readonly language: string
  /** `_index.md` */
  readonly list: boolean
}

const markdownFile = /\.(?:md|markdown|mdown|mkd|mmark|html?|org|adoc|asciidoc|rst|pandoc|pdc)$/i

export const importHugo: Importer = ({ files, old, now }) => {
  const config = readHugoConfig(files)
  const notes: Note[] = [...config.notes]
  const left: { source: string; why: string }[] = []
  const all = contentFiles(files.paths, config)
  const bundles = new Set(all.filter(({ bundle }) => bundle).map(({ path }) => folderOf(path)))
  const read = new Map<string, ReadDocument>()
  const pages: HugoFile[] = []
  for (const file of all) {
    const inner = !file.bundle && !file.list && insideBundle(file.path, bundles)
    const document = readDocument(files.text(file.path) ?? '', file.path)
    if (inner)
      left.push({ source: file.path, why: 'a page resource of its bundle: Hugo makes no page of it' })
    else if (document.fields['headless'] === true)
      left.push({ source: file.path, why: 'headless: Hugo makes no page of it' })
    else if (file.list && document.body.trim() === '')
      left.push({ source: file.path, why: 'a list without text: its title is data of the section' })
    else if (file.list && file.folders.length === 0)
      left.push({ source: file.path, why: "the home's own text: put it into layouts/home.njk" })
    else {
      pages.push(file)
      read.set(file.path, document)
      notes.push(...document.notes)
    }
  }
  const documentOf = (file: HugoFile): ReadDocument =>
    read.get(file.path) ?? { fields: {}, body: '', bodyLine: 1, notes: [] }

  const language = languageTag(config.language) || guessLanguage([...read.values()].map(({ body }) => body))
  const dates = [...read.values()].map(({ fields }) => textOf(fields['date']))
  const timezone = zoneName(config.timezone) || guessZone(language, dates)
  const naive = zoneName(config.timezone) || 'UTC'
  const sections = postSections(pages, documentOf, config)
  for (const [section, pattern] of config.permalinks) {
    for (const token of unknownTokens(pattern))
      notes.push({
        kind: 'unknown',
        what: `permalinks.${section}: Hugo has no token :${token}`,
        file: 'the configuration',
      })
    if (!pages.some(({ folders }) => (folders[0] ?? '').toLowerCase() === section))
      notes.push({
        kind: 'warning',
        what: `permalinks.${section} is never used: there is no section of that name`,
        file: 'the configuration',
      })
  }

  // Where everything was: by the rule of the version that fits the known addresses best.
  const page = (file: HugoFile): HugoPage => {
    const { fields } = documentOf(file)
    return {
      date: dateOf(file, fields, config, naive),
      title: textOf(fields['title']),
      slug: textOf(fields['slug']),
      name: file.name,
      folders: file.folders,
    }
  }
  const addressOf = (file: HugoFile, rule: (typeof cleaningRules)[number]): Url => {
    const { fields } = documentOf(file)
    const rules = { rule, lower: config.lower, ugly: config.ugly }
    const prefix = config.languages.get(file.language)?.prefix ?? ''
    const own = textOf(fields['url'])
    const url =
      own !== ''
        ? finishHugo(cleanPath(decodeOnce(own), rule, config.lower), { ugly: false, lower: config.lower })
        : file.list
          ? finishHugo(file.folders.map((name) => cleanPath(name, rule, config.lower)).join('/'), {
              ugly: false,
              lower: false,
            })
          : hugoAddress(page(file), config.permalinks.get((file.folders[0] ?? '').toLowerCase()), rules)
    return prefix === '' ? url : `/${prefix}${url}`
  }
  const published = (file: HugoFile): boolean => documentOf(file).fields['draft'] !== true
  const hits = (rule: (typeof cleaningRules)[number]): number =>
    pages.filter((file) => old?.has(addressOf(file, rule))).length
  const rule =
    old === null ? (config.rule ?? 'blanks') : [...cleaningRules].sort((a, b) => hits(b) - hits(a))[0]!

  const ids = new Set<string>()
  const copies = new Map<string, string>()
  const targets = new Map<string, Url>()
  for (const file of pages) targets.set(file.path, addressOf(file, rule))
  const resolve = referencesOf(pages, targets, config.contentFolder)
  const documents = pages.map((file): ImportedDocument => {
    const { fields, body, bodyLine } = documentOf(file)
    const id = freeId(newId(file, sections), ids)
    const url = targets.get(file.path) ?? '/'
    const isPost = id.startsWith('posts/')
    const made = hugoFields(fields, {
      config,
      file: file.path,
      naive,
      now,
      date: dateOf(file, fields, config, naive),
      language: file.language,
      note: (note) => notes.push(note),
    })
    if (file.bundle) copyBundle(files.paths, file.path, id, copies)
    const context = {
      file: file.path,
      bodyLine,
      resolve: (name: string) => resolve(name, file.path),
      param: (name: string) =>
        textOf(fields[name.toLowerCase()]) ||
        textOf(at(config.raw, 'params', ...name.toLowerCase().split('.'))) ||
        undefined,
      note: (note: Note) => notes.push(note),
    }
    const others = cleaningRules.map((other) => addressOf(file, other)).filter((other) => other !== url)
    return {
      source: file.path,
      bodyLine,
      id,
      fields: made.fields,
      body: foreignBody(file.path, convertShortcodes(body, context), notes),
      url: published(file) && made.isPublic ? url : null,
      maybe: [...new Set(others)],
      aliases: aliasesOf(fields['aliases'], url, rule === 'each'),
      ...(isPost && url.includes("'") && { feedId: goAddress(config.baseUrl, url) }),
    }
  })
  copyStatic(files.paths, config, all, bundles, copies)
  const postFolders = foldersOfPosts(sections)
  return {
    kind: 'hugo',
    documents,
    found: all.length,
    left,
    copies,
    texts: new Map(),
    notes,
    feeds: feedsOfHugo(config, documents, sections, postFolders),
    lists: listsOfHugo(config, documents, sections),
    config: {
      title: config.title,
      description:
        textOf(at(config.raw, 'params', 'description')) ||
        textOf(at(config.raw, 'params', 'tagline')) ||
        textOf(at(config.raw, 'params', 'subtitle')),
      author: authorOf(config),
      ...siteAddresses(config.baseUrl, notes),
      language,
      timezone,
      permalinks: patternsFor(config, sections),
      pagination: { size: config.pageSize },
      navigation: menuOf(config.raw['menu'] ?? config.raw['menus'], config.baseUrl),
      markdown: { anchors: { like: rule === 'each' ? 'blackfriday' : 'goldmark' } },
      data: isRecord(config.raw['params']) ? { params: config.raw['params'] } : {},
    },
  }
}

/** Go leaves apostrophes as they are, and the ids of its feeds with them. */
const goAddress = (baseUrl: string, url: Url): string =>
  `${baseUrl.replace(/\/$/, '')}${encodePath(url).replaceAll('%27', "'")}`

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

function insideBundle(path: string, bundles: ReadonlySet<string>): boolean {
  for (let folder = folderOf(path); folder.includes('/'); folder = folderOf(folder))
    if (bundles.has(folder)) return true
  return false
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Documents below content/ and below the folders of other languages. */
function contentFiles(paths: readonly string[], config: HugoConfig): HugoFile[] {
  const roots = [
    ...[...config.languages].flatMap(([language, { folder }]) =>
      folder === '' ? [] : [{ folder, language }],
    ),
    { folder: config.contentFolder, language: '' },
  ]
  return paths.flatMap((path): HugoFile[] => {
    const root = roots.find(({ folder }) => path.startsWith(`${folder}/`))
    if (!root || !markdownFile.test(path)) return []
    const folders = path.slice(root.folder.length + 1).split('/')
    const file = (folders.pop() ?? '').replace(/\.[^.]+$/, '')
    const [, stem = file, code = ''] = /^(.*)\.([A-Za-z]{2}(?:-[A-Za-z]+)?)$/.exec(file) ?? []
    const isOther = config.languages.has(code.toLowerCase())
    const isDefault = code.toLowerCase() === config.defaultLanguage && code !== ''
    const base = (isOther || isDefault ? stem : file).trim()
    const language = isOther ? code.toLowerCase() : root.language
    const bundle = base === 'index' && folders.length > 0
    const name = bundle ? (folders.pop() ?? '') : base
    return [{ path, folders, name, bundle, language, list: base === '_index' }]
  })
}

function dateOf(file: HugoFile, fields: JsonObject, config: HugoConfig, zone: string): string | null {
  const usual = ['date', 'publishdate', 'pubdate', 'published', 'lastmod', 'modified']
  const order = config.dateFrom.length === 0 ? [':default'] : config.dateFrom
  for (const key of order.flatMap((name) => (name === ':default' ? usual : [name]))) {
    const typed =
      key === ':filename' ? (/^\d{4}-\d\d-\d\d/.exec(file.name)?.[0] ?? '') : fields[key.toLowerCase()]
    const date = parseDate(typed, zone)
    if (date !== null) return date
  }
  return null
}

/** Sections whose pages are posts: named by the theme's parameter, or mostly dated. */
function postSections(
  pages: readonly HugoFile[],
  documentOf: (file: HugoFile) => ReadDocument,
  config: HugoConfig,
): Set<string> {
  const counts = new Map<string, { dated: number; all: number }>()
  for (const file of pages) {
    if (file.list) continue
    const section = file.folders[0] ?? ''
    const count = counts.get(section) ?? { dated: 0, all: 0 }
    const { fields } = documentOf(file)
    const isPage = /^(?:page|fixed|about)$/i.test(textOf(fields['type']))
    counts.set(section, {
      all: count.all + 1,
      dated: count.dated + (textOf(fields['date']) !== '' && !isPage ? 1 : 0),
    })
  }
  const posts = [...counts].filter(
    ([section, { dated, all }]) =>
      section === 'post' ||
      section === 'posts' ||
      config.mainSections.includes(section) ||
      (section !== '' && !/^(?:pages?|fixed|about|projects?)$/i.test(section) && dated * 2 >= all),
  )
  // A site without sections keeps its posts at the root.
  const root = counts.get('')
  if (posts.length === 0 && root && root.dated > 1) return new Set([''])
  return new Set(posts.map(([section]) => section))
}

/** Section → folder of its posts here; a single section needs no folder of its own. */
function foldersOfPosts(sections: ReadonlySet<string>): Map<string, string> {
  return new Map(
    [...sections].map((section) => [
      section,
      sections.size === 1 || section === 'post' || section === 'posts' || section === ''
        ? 'posts'
        : `posts/${section}`,
    ]),
  )
}

function newId(file: HugoFile, sections: ReadonlySet<string>): string {
  const section = file.folders[0] ?? ''
  const folder = foldersOfPosts(sections).get(section)
  const inside = folder === undefined ? file.folders : [folder, ...file.folders.slice(1)]
  const language = file.language === '' ? '' : `.${file.language}`
  const own = section === '' && folder === undefined ? [] : inside
  if (file.list) return [...own, `index${language}.md`].join('/')
  const extension = '.md'
  return file.bundle
    ? [...own, file.name, `index${language}${extension}`].join('/')
    : [...own, `${file.name}${language}${extension}`].join('/')
}

function copyBundle(paths: readonly string[], index: string, id: string, copies: Map<string, string>): void {
  const from = folderOf(index)
  const to = `content/${folderOf(id)}`
  for (const path of paths)
    if (path.startsWith(`${from}/`) && !markdownFile.test(path))
      copies.set(path, `${to}/${path.slice(from.length + 1)}`)
}

function copyStatic(
  paths: readonly string[],
  config: HugoConfig,
  all: readonly HugoFile[],
  bundles: ReadonlySet<string>,
  copies: Map<string, string>,
): void {
  const known = new Set(all.map(({ path }) => path))
  for (const path of paths) {
    const folder = config.staticFolders.find((name) => path.startsWith(`${name}/`))
    if (folder !== undefined) copies.set(path, `public/${path.slice(folder.length + 1)}`)
    // Files beside pages are published at their section's address.
    else if (
      path.startsWith(`${config.contentFolder}/`) &&
      !known.has(path) &&
      !copies.has(path) &&
      !insideBundle(path, bundles) &&
      !/\.(?:tmp|bak|Rmd|gmi)$/i.test(path)
    )
      copies.set(path, `public/${path.slice(config.contentFolder.length + 1)}`)
    else if (path.startsWith('data/')) copies.set(path, path)
  }
}

/** `ref` and `relref`: a path from content/, from here, or a name that only one page has. */
function referencesOf(
  pages: readonly HugoFile[],
  targets: ReadonlyMap<string, Url>,
  root: string,
): (name: string, from: string) => string | undefined {
  const byName = new Map<string, string[]>()
  const add = (key: string, path: string): void => void byName.set(key, [...(byName.get(key) ?? []), path])
  for (const { path, bundle, name } of pages) {
    const inner = path.slice(root.length + 1)
    for (const key of new Set([
      inner,
      inner.replace(/(?:\/_?index)?\.[^./]+$/, ''),
      path.split('/').at(-1) ?? '',
      name,
      ...(bundle ? [folderOf(inner)] : []),
    ]))
      add(key.toLowerCase(), path)
  }
  return (typed, from) => {
    const [, name = '', fragment = ''] = /^([^#]*)(#.*)?$/.exec(typed.trim()) ?? []
    if (name === '') return fragment === '' ? undefined : fragment
    const here = folderOf(from).slice(root.length + 1)
    const clean = decodeOnce(name)
      .replace(/^\.\//, '')
      .replace(/^\/+|\/+$/g, '')
      .toLowerCase()
    const found = [`${here}/${clean}`.toLowerCase(), clean].flatMap(
      (key) => byName.get(key) ?? byName.get(key.replace(/\.[^./]+$/, '')) ?? [],
    )
    const url = found[0] === undefined ? undefined : targets.get(found[0])
    return url === undefined ? undefined : encodeURI(url) + fragment
  }
}

function aliasesOf(value: Json | undefined, url: Url, fromRoot: boolean): string[] {
  const typed = Array.isArray(value) ? value.map(textOf) : textOf(value).split(/[\s,]+/)
  return typed
    .filter((alias) => alias !== '')
    .map((alias) => {
      if (alias.startsWith('/') || fromRoot || /^https?:/.test(alias)) return alias
      return `${url.replace(/[^/]+\/?$/, '')}${alias}`
    })
}

/** Formats that are no Markdown stay in sight, whole, as code. */
function foreignBody(path: string, body: string, notes: Note[]): string {
  const [, kind = ''] = /\.(org|adoc|asciidoc|rst|pandoc|pdc)$/i.exec(path) ?? []
  if (kind === '') return body
  notes.push({ kind: 'unknown', what: `a document in ${kind}: it is kept as it was typed`, file: path })
  return `\`\`\`\`\`\`${kind}\n${body.trim()}\n\`\`\`\`\`\``
}

function patternsFor(config: HugoConfig, sections: ReadonlySet<string>): JsonObject {
  const patterns: Record<string, string> = {}
  for (const section of sections) {
    const pattern = config.permalinks.get(section.toLowerCase())
    // With one pattern for all posts of several sections the others get their addresses one by one.
    patterns['posts'] ??= ourPattern(pattern ?? `/${section}/:filename/`)
  }
  for (const [section, pattern] of config.permalinks)
    if (!sections.has(section)) patterns[section] = ourPattern(pattern)
  return patterns
}

/** Hugo's `:slug` is the title where there is no slug. */
const ourPattern = (pattern: string): string =>
  `/${pattern
    .replace(/^\/+|\/+$/g, '')
    .replace(/:slugor(?:contentbase|file)name/gi, ':slug')
    .replace(/:slug\b/g, ':title')}/`.replace(/\/{2,}/g, '/')

function authorOf(config: HugoConfig): JsonObject {
  const author = at(config.raw, 'author') ?? at(config.raw, 'params', 'author')
  const name = isRecord(author) ? textOf(author['name']) : textOf(author)
  const email = isRecord(author) ? textOf(author['email']) : ''
  return { ...(name !== '' && { name }), ...(email !== '' && { email }) }
}

function menuOf(menus: Json | undefined, baseUrl: string): JsonObject[] {
  const main = isRecord(menus) ? (menus['main'] ?? Object.values(menus)[0]) : undefined
  if (!Array.isArray(main)) return []
  return main
    .filter(isRecord)
    .sort((a, b) => Number(a['weight'] ?? 0) - Number(b['weight'] ?? 0))
    .flatMap((item) => {
      const url = textOf(item['url'] ?? item['pageref']).replace(baseUrl.replace(/\/$/, ''), '') || '/'
      const title = textOf(item['name']) || textOf(item['title'])
      return title === '' ? [] : [{ title, url }]
    })
}
