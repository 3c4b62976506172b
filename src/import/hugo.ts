// Hugo → Inkstone. Reads `content/` as Hugo does (sections, bundles, languages, drafts), gives every page the address
// that Hugo gave it, and turns shortcodes into Markdown. `static/` comes over as it is.
import type { Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { encodePath } from '../urls.js'
import { at } from './config-file.js'
import { codeAsHtml, settledBody } from './formats.js'
import { type ReadDocument, readDocument } from './frontmatter.js'
import {
  cleaningRules,
  cleanPath,
  finishHugo,
  type HugoPage,
  hugoAddress,
  unknownTokens,
} from './hugo-address.js'
import { cascadeFor } from './hugo-cascade.js'
import { readHugoConfig } from './hugo-config.js'
import { buildOf, hugoFields, isNever } from './hugo-fields.js'
import {
  contentFiles,
  copyBundle,
  copyStatic,
  dateOf,
  folderOf,
  foldersOfPosts,
  type HugoFile,
  insideBundle,
  newId,
  postSections,
} from './hugo-files.js'
import { feedsOfHugo, listsOfHugo } from './hugo-lists.js'
import { decodeOnce, referencesOf } from './hugo-references.js'
import { convertShortcodes } from './hugo-shortcodes.js'
import { authorOf, isTaxonomy, menuOf, patternsFor } from './hugo-site.js'
import { guessLanguage, guessZone, languageTag, zoneName } from './language.js'
import { siteAddresses } from './site-config.js'
import { freeId, type ImportedDocument, type Importer, isRecord, type Note, textOf } from './types.js'

export const importHugo: Importer = ({ files, old, now }) => {
  const config = readHugoConfig(files)
  const notes: Note[] = [...config.notes]
  const left: { source: string; why: string }[] = []
  const all = contentFiles(files.paths, config)
  const bundles = new Set(all.filter(({ bundle }) => bundle).map(({ path }) => folderOf(path)))
  const read = new Map<string, ReadDocument>()
  const pages: HugoFile[] = []
  const typed = new Map(all.map((file) => [file, readDocument(files.text(file.path) ?? '', file.path)]))
  const ofList = new Map(
    [...typed].flatMap(([file, { fields }]): [string, JsonObject][] =>
      file.list ? [[`${file.language}:${file.folders.join('/')}`, fields]] : [],
    ),
  )
  for (const [file, own] of typed) {
    const inner = !file.bundle && !file.list && insideBundle(file.path, bundles)
    const handed = cascadeFor(file, config.raw['cascade'], (folder, code) => ofList.get(`${code}:${folder}`))
    const document = { ...own, fields: { ...handed, ...own.fields } }
    if (inner)
      left.push({ source: file.path, why: 'a page resource of its bundle: Hugo makes no page of it' })
    else if (document.fields['headless'] === true)
      left.push({ source: file.path, why: 'headless: Hugo makes no page of it' })
    else if (isNever(buildOf(document.fields)['render']))
      left.push({ source: file.path, why: 'build.render is off: Hugo makes no page of it' })
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
    if (
      !isTaxonomy(section, config) &&
      !pages.some(({ folders }) => (folders[0] ?? '').toLowerCase() === section)
    )
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
    const prefix = config.languages.get(file.language || config.defaultLanguage)?.prefix ?? ''
    const section = (file.folders[0] ?? '').toLowerCase()
    const ofSection = file.folders.length === 1 ? config.sectionPatterns.get(section) : undefined
    const own = textOf(fields['url'])
    const url =
      own !== ''
        ? finishHugo(cleanPath(decodeOnce(own), rule, config.lower), { ugly: false, lower: config.lower })
        : file.list && ofSection !== undefined
          ? hugoAddress(page(file), ofSection, { ...rules, ugly: false })
          : file.list
            ? finishHugo(file.folders.map((name) => cleanPath(name, rule, config.lower)).join('/'), {
                ugly: false,
                lower: false,
              })
            : hugoAddress(page(file), config.permalinks.get(section), rules)
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
      body: settledBody(file.path, convertShortcodes(codeAsHtml(file.path, body), context), (note) =>
        notes.push(note),
      ),
      url: published(file) && made.isPublic ? url : null,
      maybe: [...new Set(others)],
      aliases: aliasesOf(fields['aliases'], url, rule === 'each'),
      ...(isPost && url.includes("'") && { feedId: goAddress(config.baseUrl, url) }),
    }
  })
  copyStatic(files.paths, config, all, bundles, copies)
  for (const path of files.paths)
    if (
      path.startsWith(`${config.contentFolder}/`) &&
      !copies.has(path) &&
      !all.some((file) => file.path === path)
    )
      notes.push({ kind: 'skipped', what: 'neither a document nor a file that a page shows', file: path })
  for (const name of config.taxonomies.others)
    if (documents.some(({ fields }) => fields[name.toLowerCase()] !== undefined))
      notes.push({
        kind: 'warning',
        what: `the taxonomy ${name} has no lists here: its values stay in front matter, its addresses lead to the archive`,
        file: 'the configuration',
      })
  if (config.raw['enableemoji'] === true && documents.some(({ body }) => /:[a-z][a-z_]+:/.test(body)))
    notes.push({ kind: 'warning', what: 'enableEmoji: names such as :smile: stay as typed' })
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
      navigation: menuOf(config.menus, config.baseUrl),
      markdown: { anchors: { like: rule === 'each' ? 'blackfriday' : 'goldmark' } },
      data: isRecord(config.raw['params']) ? { params: config.raw['params'] } : {},
    },
  }
}

/** Go leaves apostrophes as they are, and the ids of its feeds with them. */
const goAddress = (baseUrl: string, url: Url): string =>
  `${baseUrl.replace(/\/$/, '')}${encodePath(url).replaceAll('%27', "'")}`

function aliasesOf(value: Json | undefined, url: Url, fromRoot: boolean): string[] {
  const typed = Array.isArray(value) ? value.map(textOf) : textOf(value).split(/[\s,]+/)
  return typed
    .filter((alias) => alias !== '')
    .map((alias) => {
      if (alias.startsWith('/') || fromRoot || /^https?:/.test(alias)) return alias
      return `${url.replace(/[^/]+\/?$/, '')}${alias}`
    })
}
