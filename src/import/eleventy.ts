// Eleventy → Inkstone. Its addresses are whatever its templates say; what can be known without running them is: front
// matter, directory data in JSON, `permalink`, and the rule for file names. Everything else is settled by --old.

import { posix } from 'node:path'
import { parseDate } from '../content/dates.js'
import { splitDatedName } from '../content/slug.js'
import type { IsoDate, Url } from '../content/types.js'
import { configNames, directoryData, inputFolder, passthrough, siteData } from './eleventy-data.js'
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
      body: settledBody(
        path,
        fromLiquid(codeAsHtml(path, body.replace(/\r\n?/g, '\n')), {
          file: path,
          bodyLine,
          note,
          value: (name) => textOf(fields[name.replace(/^page\./, '')]) || undefined,
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
