// Zola → Inkstone. Pages and sections below `content/` with the addresses that Zola gave them; dates that stand only in
// a path or a file name become dates.

import { posix } from 'node:path'
import type { MoreFeed } from '../config/types.js'
import { parseDate } from '../content/dates.js'
import { splitDatedName } from '../content/slug.js'
import type { IsoDate, Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { inPinyin } from '../text/pinyin.js'
import { at, parseConfig } from './config-file.js'
import { type ReadDocument, readDocument } from './frontmatter.js'
import { guessLanguage, guessZone, languageTag, zoneName } from './language.js'
import { siteAddresses } from './site-config.js'
import {
  freeId,
  type ImportedDocument,
  type Importer,
  isRecord,
  type Note,
  type OldAddress,
  type SourceFiles,
  textOf,
} from './types.js'
import { feedsOf, homeFeeds, isPaginated, ofLanguages, termFeeds } from './zola-feeds.js'
import { fileOf, folderOfPosts, newId, texts, type ZolaFile, zolaFields } from './zola-files.js'
import { fromZola } from './zola-shortcodes.js'

const configName = (files: SourceFiles): string | undefined =>
  ['zola.toml', 'config.toml'].find((name) => /^\s*base_url\s*=/m.test(files.text(name) ?? ''))

export const isZola = (files: SourceFiles): boolean => configName(files) !== undefined

type Strategy = 'on' | 'safe' | 'off'

const strategyOf = (value: Json | undefined): Strategy =>
  value === 'safe' || value === 'off' ? value : value === false ? 'off' : 'on'

/** `on` writes ASCII, Han as pinyin; what else it would transliterate is left as it is here, and told. */
function slugify(text: string, strategy: Strategy): string {
  if (strategy === 'off') return text
  if (strategy === 'safe')
    return text
      .trim()
      .replace(/[<>:|?*#\\()[\]"'\s]+/g, '_')
      .replace(/^_+|_+$/g, '')
  return inPinyin(text.normalize('NFC'))
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

export const importZola: Importer = ({ files }) => {
  const name = configName(files) ?? 'zola.toml'
  const { value: raw, notes: faults } = parseConfig(files.text(name) ?? '', name)
  const notes: Note[] = [...faults]
  const note = (added: Note): void => void notes.push(added)
  const left: { source: string; why: string }[] = []
  const paths = strategyOf(
    at(raw, 'slugify', 'paths') ?? (at(raw, 'slugify_paths') === false ? 'off' : undefined),
  )
  const terms = strategyOf(at(raw, 'slugify', 'taxonomies'))
  const codes = new Set(isRecord(raw['languages']) ? Object.keys(raw['languages']) : [])
  codes.delete(textOf(raw['default_language']) || 'en')
  const all = files.paths
    .filter((path) => path.startsWith('content/') && /\.(?:md|markdown)$/i.test(path))
    .map((path) => fileOf(path, codes))
  const read = new Map<string, ReadDocument>(
    all.map(({ path }) => [path, readDocument(files.text(path) ?? '', path)]),
  )
  const documentOf = ({ path }: ZolaFile): ReadDocument =>
    read.get(path) ?? { fields: {}, body: '', bodyLine: 1, notes: [] }
  const lists: OldAddress[] = []
  const feeds: MoreFeed[] = []
  const feedNames = feedsOf(raw)
  const language =
    languageTag(textOf(raw['default_language'])) || guessLanguage([...read.values()].map(({ body }) => body))
  const timezone =
    zoneName(textOf(raw['timezone'])) ||
    guessZone(
      language,
      [...read.values()].map(({ fields }) => textOf(fields['date'])),
    )

  const sectionUrl = (folders: readonly string[], language = ''): Url => {
    const joined = [language, ...folders.map((folder) => slugify(folder, paths))]
      .filter((part) => part !== '')
      .join('/')
    return joined === '' ? '/' : `/${joined}/`
  }
  const addressOf = (file: ZolaFile): Url => {
    const { fields } = documentOf(file)
    const own = textOf(fields['path'])
    if (own !== '') return `/${own.replace(/^\/+|\/+$/g, '')}/`
    if (file.kind === 'section') return sectionUrl(file.folders, file.language)
    const slug =
      textOf(fields['slug']) ||
      (paths === 'off' || at(raw, 'slugify', 'paths_keep_dates') === true
        ? file.name
        : splitDatedName(file.name).rest)
    return `${sectionUrl(file.folders, file.language)}${slugify(slug, paths)}/`
  }
  const dateOf = (file: ZolaFile): IsoDate | null => {
    const { fields } = documentOf(file)
    const inPath = /(?:^|\/)(\d{4})\/(\d{2})\/(\d{2})(?:\/|$)/.exec(textOf(fields['path']))
    return (
      parseDate(fields['date'], 'UTC') ??
      splitDatedName(file.name).date ??
      (inPath ? parseDate(`${inPath[1]}-${inPath[2]}-${inPath[3]}`, timezone) : null)
    )
  }
  const kept = all.filter((file) => {
    const { fields, body, notes: own } = documentOf(file)
    const why =
      fields['render'] === false && file.kind !== 'section'
        ? 'render = false: Zola makes no page of it'
        : file.kind === 'section' && body.trim() === ''
          ? 'a section without text: its title is data of the list'
          : file.kind === 'section' && file.folders.length === 0
            ? "the home's own text: put it into layouts/home.njk"
            : ''
    if (why === '') notes.push(...own)
    else left.push({ source: file.path, why })
    return why === ''
  })
  const dated = kept.filter((file) => file.kind !== 'section' && dateOf(file) !== null)
  const sections = new Set(dated.map(({ folders }) => folders[0] ?? ''))
  for (const file of all) if (file.kind === 'section') describeSection(file, documentOf(file).fields)
  const targets = new Map(
    [...kept, ...all.filter(({ kind }) => kind === 'section')].map((file) => [file.path, addressOf(file)]),
  )

  function describeSection({ folders, language: code }: ZolaFile, fields: JsonObject): void {
    const url = sectionUrl(folders, code)
    if (Number(fields['paginate_by'] ?? 0) > 0)
      lists.push({ url: `${url}${textOf(fields['paginate_path']) || 'page'}/1/`, to: url })
    const to = textOf(fields['redirect_to'])
    if (to !== '') lists.push({ url, to: /^https?:/.test(to) ? to : `/${to.replace(/^\//, '')}` })
    else if (url !== '/')
      lists.push({ url, to: dated.some((page) => page.folders[0] === folders[0]) ? '/archive/' : '' })
    for (const alias of texts(fields['aliases'])) lists.push({ url: `/${alias.replace(/^\//, '')}`, to: url })
    if (fields['generate_feeds'] === true || fields['generate_feed'] === true)
      for (const { file, format } of feedNames)
        if (url !== '/')
          feeds.push({ url: `${url}${file}`, format, of: 'folder', folder: folderOfPosts(folders, sections) })
  }

  /** A site without a title is called as its home, or as its one section. */
  const titleOfHome = (): string =>
    ['content/_index.md', ...all.filter(({ kind }) => kind === 'section').map(({ path }) => path)]
      .map((path) => textOf(read.get(path)?.fields['title']))
      .find((title) => title !== '') ?? ''

  const ids = new Set<string>()
  const copies = new Map<string, string>()
  const documents = kept.map((file): ImportedDocument => {
    const { fields, body, bodyLine } = documentOf(file)
    const date = dateOf(file)
    const id = freeId(newId(file, date !== null, sections), ids)
    const url = targets.get(file.path) ?? '/'
    if (file.kind === 'bundle')
      for (const path of files.paths)
        if (path.startsWith(`${posix.dirname(file.path)}/`) && !/\.(?:md|markdown)$/i.test(path))
          copies.set(path, `content/${posix.dirname(id)}/${path.slice(posix.dirname(file.path).length + 1)}`)
    const isTransliterated =
      paths === 'on' &&
      textOf(fields['path']) === '' &&
      /[^\u0000-\u024f]/.test(file.name + file.folders.join(''))
    if (isTransliterated)
      note({
        kind: 'warning',
        what: 'Zola wrote this address in Latin letters by a table of its own: name the old site with --old to be sure',
        file: file.path,
      })
    const resolve = (source: string): string | undefined => {
      const target = targets.get(`content/${source}`)
      return target === undefined ? undefined : encodeURI(target)
    }
    const draft = fields['draft'] === true
    return {
      source: file.path,
      bodyLine,
      id,
      fields: { ...zolaFields(fields, date, timezone), ...(file.language !== '' && { lang: file.language }) },
      body: fromZola(body.replace(/\r\n?/g, '\n'), { file: file.path, bodyLine, resolve, note }),
      url: draft ? null : url,
      aliases: texts(fields['aliases']).map((alias) => `/${alias.replace(/^\//, '')}`),
    }
  })
  for (const path of files.paths) {
    if (path.startsWith('static/')) copies.set(path, `public/${path.slice('static/'.length)}`)
    else if (path.startsWith('content/') && !copies.has(path) && !/\.(?:md|markdown)$/i.test(path))
      copies.set(path, `public/${path.slice('content/'.length)}`)
  }
  const own = homeFeeds(raw, feedNames)
  const ofOthers = ofLanguages(raw, [...codes].sort(), feedNames)
  lists.push(...ofOthers.lists)
  for (const kind of ['tags', 'categories'] as const)
    for (const { fields } of documents)
      for (const term of texts(fields[kind])) {
        const url = `${sectionUrl([], textOf(fields['lang']))}${kind}/${slugify(term, terms)}/`
        lists.push({ url, to: `${kind === 'tags' ? 'tag' : 'category'}:${term}` })
        if (isPaginated(raw, kind)) lists.push({ url: `${url}page/1/`, to: url })
      }
  return {
    kind: 'zola',
    documents,
    found: all.length,
    left,
    copies,
    texts: new Map(),
    notes,
    feeds: [...own.more, ...feeds, ...ofOthers.feeds, ...termFeeds(raw, feedNames)],
    lists,
    config: {
      title: textOf(raw['title']) || titleOfHome(),
      description: textOf(raw['description']),
      author: { name: textOf(raw['author']) || textOf(at(raw, 'extra', 'author')) },
      ...siteAddresses(textOf(raw['base_url']), notes),
      language,
      timezone,
      permalinks:
        sections.size === 1
          ? { posts: `${sectionUrl([...sections].filter((section) => section !== ''))}:slug/` }
          : {},
      feeds: own.paths,
      markdown: { anchors: { like: 'zola' } },
      data: isRecord(raw['extra']) && Object.keys(raw['extra']).length > 0 ? { extra: raw['extra'] } : {},
    },
  }
}
