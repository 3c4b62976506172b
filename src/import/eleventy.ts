// Eleventy → Inkstone. Its addresses are whatever its templates say; what can be known without running them is: front
// matter, directory data in JSON, `permalink`, and the rule for file names. Everything else is settled by --old.
import { posix } from 'node:path'
import { parseDate } from '../content/dates.js'
import { splitDatedName } from '../content/slug.js'
import type { IsoDate, Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { parseConfig } from './config-file.js'
import { type ReadDocument, readDocument } from './frontmatter.js'
import { guessLanguage, guessZone, languageTag, zoneName } from './language.js'
import { fromLiquid } from './liquid.js'
import { siteAddresses } from './site-config.js'
import {
  freeId,
  type ImportedDocument,
  type Importer,
  isRecord,
  type Note,
  type SourceFiles,
  textOf,
} from './types.js'

const configNames = [
  'eleventy.config.js',
  'eleventy.config.mjs',
  'eleventy.config.cjs',
  '.eleventy.js',
  'eleventy.config.ts',
]
export const isEleventy = (files: SourceFiles): boolean =>
  configNames.some((name) => files.has(name)) || /"@11ty\/eleventy"/.test(files.text('package.json') ?? '')

/** `dir: { input: "src" }` as most configurations write it. */
function inputFolder(files: SourceFiles): string {
  const text = configNames.map((name) => files.text(name) ?? '').join('\n')
  const input =
    /\binput\s*:\s*["'`]([^"'`]+)["'`]/.exec(text)?.[1] ??
    /setInputDirectory\(\s*["'`]([^"'`]+)/.exec(text)?.[1] ??
    ''
  const folder = input.replace(/^\.?\//, '').replace(/\/$/, '')
  return folder === '' || folder === '.' ? '' : `${folder}/`
}

const ignored =
  /(?:^|\/)(?:_includes|_layouts|_data|_components|node_modules|\.[^/]*)\/|^(?:README|CHANGELOG|CONTRIBUTING|LICENSE|CODE_OF_CONDUCT)[^/]*$/i

export const importEleventy: Importer = ({ files }) => {
  const input = inputFolder(files)
  const notes: Note[] = []
  const left: { source: string; why: string }[] = []
  const note = (added: Note): void => void notes.push(added)
  const site = siteData(files, input)
  const all = files.paths.filter(
    (path) =>
      path.startsWith(input) &&
      !ignored.test(path.slice(input.length)) &&
      /\.(?:md|markdown|html)$/i.test(path),
  )
  const read = new Map<string, ReadDocument>()
  for (const path of all) {
    const document = readDocument(files.text(path) ?? '', path)
    const fields = { ...directoryData(files, path, input), ...document.fields }
    const isTemplate =
      /\.html$/i.test(path) && /\{%-?\s*(?:for|if|set|include|extends|macro)\b/.test(document.body)
    if (fields['permalink'] === false)
      left.push({ source: path, why: 'permalink: false: Eleventy makes no page of it' })
    else if (fields['pagination'] !== undefined || isTemplate)
      left.push({ source: path, why: 'a template: it lists or decides' })
    else if (/^(?:index|404)\.\w+$/.test(path.slice(input.length)))
      left.push({ source: path, why: 'the theme has a page of its own for this' })
    else {
      read.set(path, { ...document, fields })
      notes.push(...document.notes)
    }
  }
  const language =
    languageTag(textOf(site['lang']) || textOf(site['language'])) ||
    guessLanguage([...read.values()].map(({ body }) => body))
  const timezone =
    zoneName(textOf(site['timezone'])) ||
    guessZone(
      language,
      [...read.values()].map(({ fields }) => textOf(fields['date'])),
    )
  const dateOf = (path: string): IsoDate | null => {
    const name = posix.basename(path).replace(/\.[^.]+$/, '')
    const stem = name === 'index' ? posix.basename(posix.dirname(path)) : name
    // A date alone is midnight in UTC there; the calendar day is what its author wrote.
    return parseDate(read.get(path)?.fields['date'], 'UTC') ?? splitDatedName(stem).date
  }
  const isPost = (path: string): boolean => {
    const { fields = {} } = read.get(path) ?? {}
    const inner = path.slice(input.length)
    return (
      dateOf(path) !== null &&
      (/^(?:posts?|blog|articles?|notes|writing)\//.test(inner) ||
        tagsOf(fields['tags']).includes('post') ||
        tagsOf(fields['tags']).includes('posts') ||
        inner.includes('/'))
    )
  }
  const addressOf = (path: string): Url => {
    const { fields = {} } = read.get(path) ?? {}
    const own = textOf(fields['permalink'])
    const inner = path
      .slice(input.length)
      .replace(/\.[^.]+$/, '')
      .replace(/(^|\/)index$/, '$1')
    const parts = inner.split('/')
    const last = parts.pop() ?? ''
    const stem = splitDatedName(last).rest
    const filled = own === '' ? '' : fill(own, fields, stem, dateOf(path))
    if (own !== '' && !/\{[{%]/.test(filled)) return finish(filled)
    if (own !== '')
      note({ kind: 'warning', what: `a permalink that only Eleventy can work out: ${own}`, file: path })
    return finish([...parts.map((part) => splitDatedName(part).rest), stem].join('/'))
  }
  const targets = new Map([...read.keys()].map((path) => [path, addressOf(path)]))
  const ids = new Set<string>()
  const documents = [...read].map(([path, { fields, body, bodyLine }]): ImportedDocument => {
    const date = dateOf(path)
    const inner = path.slice(input.length).replace(/\.[^.]+$/, '')
    const post = isPost(path)
    const draft = fields['draft'] === true || fields['published'] === false
    return {
      source: path,
      bodyLine,
      id: freeId(
        `${post ? `posts/${inner.replace(/^(?:posts?|blog)\//, '')}` : inner}.md`.replace(
          /\/index\.md$/,
          '.md',
        ),
        ids,
      ),
      fields: fieldsOf(fields, post ? date : null, draft),
      body: fromLiquid(body.replace(/\r\n?/g, '\n'), {
        file: path,
        bodyLine,
        note,
        value: (name) => textOf(fields[name.replace(/^page\./, '')]) || undefined,
        resolve: (_, name) => targets.get(`${input}${name.replace(/^\.?\//, '')}`),
        include: (name) => files.text(`${input}_includes/${name}`),
        codeFile: () => undefined,
      }),
      url: draft ? null : (targets.get(path) ?? '/'),
      aliases: [fields['redirect_from'], fields['aliases'], fields['redirects']]
        .flatMap((value) => (Array.isArray(value) ? value.map(textOf) : [textOf(value)]))
        .filter((text) => text !== ''),
    }
  })
  const copies = new Map<string, string>()
  for (const [from, to] of passthrough(files, input)) copies.set(from, `public/${to}`)
  return {
    kind: 'eleventy',
    documents,
    found: all.length,
    left,
    copies,
    texts: new Map(),
    notes,
    feeds: ['feed/feed.xml', 'feed.xml', 'atom.xml', 'rss.xml']
      .filter((name) =>
        files.paths.some(
          (path) =>
            path.startsWith(`${input}${name.replace(/\.xml$/, '')}.`) || path === `${input}${name}.njk`,
        ),
      )
      .map((name) => ({ url: `/${name}`, format: 'atom' as const, of: 'site' as const, folder: '' }))
      .filter(({ url }) => url !== '/feed.xml' && url !== '/atom.xml'),
    lists: [{ url: '/blog/', to: '/archive/' }],
    config: {
      title: textOf(site['title']) || textOf(site['name']),
      description: textOf(site['description']),
      author: { name: isRecord(site['author']) ? textOf(site['author']['name']) : textOf(site['author']) },
      ...siteAddresses(textOf(site['url']) || textOf(site['baseUrl']) || textOf(site['base']), notes),
      language,
      timezone,
      markdown: { anchors: { like: 'markdown-it' } },
    },
  }
}

/** `_data/site.json`, `_data/metadata.json` … */
function siteData(files: SourceFiles, input: string): JsonObject {
  const names = ['site', 'metadata', 'meta', 'config', 'site.config'].flatMap((name) => [
    `${input}_data/${name}.json`,
    `_data/${name}.json`,
  ])
  const found = names.find((name) => files.has(name))
  if (found !== undefined) return parseConfig(files.text(found) ?? '', found).value
  // A module of data: its plain texts are all that is wanted.
  const script = names.map((name) => name.replace(/\.json$/, '.js')).find((name) => files.has(name))
  const result: Record<string, Json> = {}
  for (const [, key = '', value = ''] of (files.text(script ?? '') ?? '').matchAll(
    /^\s*["']?(\w+)["']?\s*:\s*["'`]([^"'`\n]*)["'`]/gm,
  ))
    result[key] ??= value
  return result
}

/** `posts/posts.json`, `posts/hello.json`: nearer files win. */
function directoryData(files: SourceFiles, path: string, input: string): JsonObject {
  const folders = posix
    .dirname(path.slice(input.length))
    .split('/')
    .filter((part) => part !== '.')
  const stem = path.replace(/\.[^.]+$/, '')
  const names = folders.map((folder, i) => `${input}${folders.slice(0, i + 1).join('/')}/${folder}`)
  const result: Record<string, Json> = {}
  for (const name of [...names, stem])
    for (const ending of ['.json', '.11tydata.json']) {
      const text = files.text(name + ending)
      if (text === undefined) continue
      for (const [key, value = null] of Object.entries(parseConfig(text, `${name}.json`).value))
        if (name !== stem || key !== 'comments') result[key.toLowerCase()] = value
    }
  return result
}

/** The few expressions that nearly every permalink is made of. */
function fill(pattern: string, fields: JsonObject, stem: string, date: IsoDate | null): string {
  const slug = (text: string): string =>
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
  return pattern.replace(/\{\{-?\s*([^{}]*?)\s*-?\}\}/g, (typed, expression: string) => {
    const [first = '', ...filters] = expression.split('|').map((part) => part.trim())
    if (/^page\.(?:fileSlug|filePathStem)$/.test(first)) return stem
    if (/^(?:page\.)?date$/.test(first) && date !== null) {
      const format = /["']([^"']+)["']/.exec(filters.join(' '))?.[1] ?? ''
      const [year = '', month = '', day = ''] = date.slice(0, 10).split('-')
      const written = format
        .replace(/%Y|yyyy|YYYY/g, year)
        .replace(/%m|MM|LL/g, month)
        .replace(/%d|dd|DD/g, day)
      return format === '' ? typed : written
    }
    const value = textOf(fields[first.toLowerCase()])
    if (value === '') return typed
    return filters.some((filter) => /^slug(?:ify)?\b/.test(filter)) ? slug(value) : value
  })
}

function finish(path: string): Url {
  const rooted = `/${path.normalize('NFC')}`.replace(/\/{2,}/g, '/').replace(/\/index\.html$/, '/')
  return rooted.endsWith('/') || /\.(?:html?|xml|json|txt)$/i.test(rooted) ? rooted : `${rooted}/`
}

const tagsOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value.map(textOf) : [textOf(value)]).filter((text) => text !== '')
const handled = new Set(
  'title date updated modified tags categories description excerpt draft published permalink layout eleventynavigation eleventyexcludefromcollections redirect_from aliases redirects lang slug cover image templateengineoverride'.split(
    ' ',
  ),
)

function fieldsOf(fields: JsonObject, date: IsoDate | null, draft: boolean): JsonObject {
  const result: Record<string, Json> = {}
  const put = (key: string, value: Json | undefined): void => {
    if (
      value !== undefined &&
      value !== null &&
      value !== '' &&
      !(Array.isArray(value) && value.length === 0)
    )
      result[key] = value
  }
  put('title', textOf(fields['title']))
  put('date', date)
  put('updated', parseDate(fields['updated'] ?? fields['modified'], 'UTC'))
  // These two only say which collection a page is in.
  put(
    'tags',
    tagsOf(fields['tags']).filter((tag) => !/^(?:posts?|pages?|all|nav)$/i.test(tag)),
  )
  put('categories', tagsOf(fields['categories']))
  put('description', textOf(fields['description']) || textOf(fields['excerpt']))
  put('lang', textOf(fields['lang']))
  const picture = textOf(fields['cover']) || textOf(fields['image'])
  put('cover', /^(?:\/|https?:)/.test(picture) ? picture : '')
  if (draft) result['draft'] = true
  for (const [key, value = null] of Object.entries(fields))
    if (!handled.has(key) && value !== null && value !== '')
      result[
        /^(?:id|guid|url|weight|series|expires|projects?|canonical|pinned|unlisted)$/.test(key)
          ? `eleventy_${key}`
          : key
      ] = value
  return result
}

/** `addPassthroughCopy("img")` and `{ "public": "/" }`, and files beside posts. */
function passthrough(files: SourceFiles, input: string): [string, string][] {
  const text = configNames.map((name) => files.text(name) ?? '').join('\n')
  const rules: [string, string][] = []
  for (const [, from = ''] of text.matchAll(/addPassthroughCopy\(\s*["'`]([^"'`*]+)/g))
    rules.push([from, from.startsWith(input) ? from.slice(input.length) : from])
  for (const [, object = ''] of text.matchAll(/addPassthroughCopy\(\s*\{([^}]*)\}/g))
    for (const [, from = '', to = ''] of object.matchAll(
      /["'`]([^"'`*]+)[^"'`]*["'`]\s*:\s*["'`]([^"'`]*)["'`]/g,
    ))
      rules.push([from, to])
  const clean = (path: string): string => path.replace(/^\.?\//, '').replace(/\/$/, '')
  return rules.flatMap(([from, to]) =>
    files.paths
      .filter((path) => path === clean(from) || path.startsWith(`${clean(from)}/`))
      .map((path): [string, string] => [
        path,
        posix.join(clean(to), path.slice(clean(from).length)).replace(/^\//, ''),
      ]),
  )
}
