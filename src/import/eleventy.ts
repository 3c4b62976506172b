// Eleventy → Inkstone. Its addresses are whatever its templates say; what can be known without running them is: front
// matter, directory data in JSON, `permalink`, and the rule for file names. Everything else is settled by --old.

import { posix } from 'node:path'
import type { MoreFeed } from '../config/types.js'
import { parseDate } from '../content/dates.js'
import { splitDatedName } from '../content/slug.js'
import type { IsoDate, Url } from '../content/types.js'
import type { JsonObject } from '../json.js'
import { at } from './config-file.js'
import {
  configNames,
  directoryData,
  inputFolder,
  otherFolders,
  passthrough,
  pathPrefix,
  siteData,
} from './eleventy-data.js'
import { fieldsOf, fill, finish, tagsOf } from './eleventy-fields.js'
import { codeAsHtml, settledBody } from './formats.js'
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

export const isEleventy = (files: SourceFiles): boolean =>
  configNames.some((name) => files.has(name)) || /"@11ty\/eleventy"/.test(files.text('package.json') ?? '')

const ignored =
  /(?:^|\/)(?:_includes|_layouts|_data|_components|node_modules|_site|\.[^/]*)\/|^(?:README|CHANGELOG|CONTRIBUTING|LICENSE|CODE_OF_CONDUCT)[^/]*$/i

export const importEleventy: Importer = ({ files }) => {
  const input = inputFolder(files)
  const notes: Note[] = []
  const left: { source: string; why: string }[] = []
  const note = (added: Note): void => void notes.push(added)
  const { name: siteName, data: site } = siteData(files, input)
  const others = Object.values(otherFolders(files)).filter((folder) => folder !== '')
  const all = files.paths.filter(
    (path) =>
      path.startsWith(input) &&
      !ignored.test(path.slice(input.length)) &&
      !others.some((folder) => path.slice(input.length).startsWith(folder)) &&
      (/\.(?:md|markdown|html|11ty\.[cm]?js)$/i.test(path) || templateFile.test(path)),
  )
  const program = (file: string): void =>
    note({ kind: 'warning', what: 'data made by a program: only its plain texts are read', file })
  const contracts = /"@11ty\/eleventy"\s*:\s*"[^"\d]*[3-9]/.test(files.text('package.json') ?? '')
  const feeds: MoreFeed[] = []
  const read = new Map<string, ReadDocument>()
  for (const path of all) {
    const document = readDocument(files.text(path) ?? '', path)
    const fields = { ...directoryData(files, path, input, program), ...document.fields }
    const isTemplate = templateFile.test(path)
      ? /\{\{|\{%|<%/.test(document.body)
      : /\.html$/i.test(path) && /\{%-?\s*(?:for|if|set|include|extends|macro)\b/.test(document.body)
    const feed = feedOf(textOf(fields['permalink']), document.body)
    if (feed) feeds.push(feed)
    if (feed) left.push({ source: path, why: 'a feed: ours stands at its address' })
    else if (/\.11ty\.[cm]?js$/i.test(path)) left.push({ source: path, why: 'a program: Eleventy runs it' })
    else if (fields['permalink'] === false)
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
    const filled = own === '' ? '' : fill(own, fields, stem, dateOf(path), contracts)
    if (own !== '' && !/\{[{%]/.test(filled)) return finish(filled)
    if (own !== '')
      note({ kind: 'warning', what: `a permalink that only Eleventy can work out: ${own}`, file: path })
    return finish([...parts.map((part) => splitDatedName(part).rest), stem].join('/'))
  }
  const targets = new Map([...read.keys()].map((path) => [path, addressOf(path)]))
  // A folder of its own with files beside the text: they stay together.
  const hasFiles = new Set(
    [...read.keys()].filter(
      (path) =>
        /\/index\.\w+$/.test(path) &&
        files.paths.some(
          (other) =>
            posix.dirname(other) === posix.dirname(path) &&
            /\.(?:png|jpe?g|gif|svg|webp|avif|pdf)$/i.test(other),
        ),
    ),
  )
  const ids = new Set<string>()
  const documents = [...read].map(([path, { fields, body, bodyLine }]): ImportedDocument => {
    const date = dateOf(path)
    const inner = path.slice(input.length).replace(/\.[^.]+$/, '')
    const post = isPost(path)
    const draft = fields['draft'] === true || fields['published'] === false
    const written = writtenAs(path, fields)
    return {
      source: path,
      bodyLine,
      id: freeId(
        hasFiles.has(path)
          ? `${post ? `posts/${inner.replace(/^(?:posts?|blog)\//, '')}` : inner}.md`
          : `${post ? `posts/${inner.replace(/^(?:posts?|blog)\//, '')}` : inner}.md`.replace(
              /\/index\.md$/,
              '.md',
            ),
        ids,
      ),
      fields: fieldsOf(fields, post ? date : null, draft),
      body: settledBody(
        written,
        fromLiquid(codeAsHtml(written, body.replace(/\r\n?/g, '\n')), {
          file: path,
          bodyLine,
          note,
          value: (name) =>
            (siteName !== '' && name.startsWith(`${siteName}.`)
              ? textOf(at(site, ...name.split('.').slice(1)))
              : textOf(fields[name.replace(/^page\./, '')])) || undefined,
          resolve: (_, name) => targets.get(`${input}${name.replace(/^\.?\//, '')}`),
          include: (name) => files.text(`${input}_includes/${name}`),
          beside: (name) => files.text(posix.join(posix.dirname(path), name)),
          codeFile: () => undefined,
        }),
        note,
      ),
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
    feeds: [
      ...feeds,
      ...['feed/feed.xml', 'feed.xml', 'atom.xml', 'rss.xml']
        .filter((name) =>
          files.paths.some(
            (path) =>
              path.startsWith(`${input}${name.replace(/\.xml$/, '')}.`) || path === `${input}${name}.njk`,
          ),
        )
        .map((name) => ({ url: `/${name}`, format: 'atom' as const, of: 'site' as const, folder: '' })),
    ].filter(({ url }) => url !== '/feed.xml' && url !== '/atom.xml'),
    lists: [{ url: '/blog/', to: '/archive/' }],
    config: {
      title: textOf(site['title']) || textOf(site['name']),
      description: textOf(site['description']),
      author: { name: isRecord(site['author']) ? textOf(site['author']['name']) : textOf(site['author']) },
      ...siteAddresses(
        below(textOf(site['url']) || textOf(site['baseUrl']) || textOf(site['base']), pathPrefix(files)),
        notes,
      ),
      language,
      timezone,
      markdown: { anchors: { like: 'markdown-it' } },
    },
  }
}

const templateFile = /\.(?:njk|liquid|hbs|mustache|ejs|haml|pug|webc)$/i

/** A template without expressions is a text, in the language that its front matter or its name says. */
function writtenAs(path: string, fields: JsonObject): string {
  if (!templateFile.test(path)) return path
  const isMarkdown = /\bmd\b/.test(textOf(fields['templateengineoverride']))
  return path.replace(/\.\w+$/, isMarkdown ? '.md' : '.html')
}

function feedOf(permalink: string, body: string): MoreFeed | undefined {
  const isFeed = /<feed\b|<rss\b|jsonfeed\.org/.test(body)
  if (!isFeed || !/\.(?:xml|json|rss|atom)$/.test(permalink) || /[{}]/.test(permalink)) return undefined
  const format = permalink.endsWith('.json') ? 'json' : /<feed\b/.test(body) ? 'atom' : 'rss'
  return { url: `/${permalink.replace(/^\/+/, '')}`, format, of: 'site', folder: '' }
}

/** The site's address with the prefix, unless it is written with it. */
const below = (url: string, prefix: string): string =>
  url === '' || prefix === '' || prefix === '/' || `${url.replace(/\/$/, '')}/`.endsWith(prefix)
    ? url
    : `${url.replace(/\/$/, '')}${prefix}`
