// Jekyll and Octopress → Inkstone. Posts are what lies in `_posts` folders under a dated name, pages what has front
// matter elsewhere; both get the addresses that Jekyll gave them. Templates stay behind, and are named.
import { posix } from 'node:path'
import { instantOf, isoOf, parseDate } from '../content/dates.js'
import type { IsoDate, Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { at } from './config-file.js'
import { codeAsHtml, isHtml, settledBody } from './formats.js'
import { type ReadDocument, readDocument } from './frontmatter.js'
import { finishJekyll, type JekyllPost, jekyllAddress, pageAddress, styles } from './jekyll-address.js'
import { readJekyllConfig, texts } from './jekyll-config.js'
import { jekyllFields, wordsOf } from './jekyll-fields.js'
import {
  dayOfName,
  defaultsOf,
  type JekyllFile,
  newId,
  postName,
  reasonToLeave,
  sortFiles,
} from './jekyll-files.js'
import { feedsOfJekyll, listsOfJekyll } from './jekyll-lists.js'
import { authorOf, ourPatterns } from './jekyll-site.js'
import { fromKramdown } from './kramdown.js'
import { guessLanguage, guessZone, languageTag, zoneName } from './language.js'
import { fromLiquid, type LiquidContext } from './liquid.js'
import { fromBackticks } from './octopress.js'
import { siteAddresses } from './site-config.js'
import {
  freeId,
  type Imported,
  type ImportedDocument,
  type Importer,
  type ImportRequest,
  type Note,
  textOf,
} from './types.js'

export const importJekyll: Importer = (request) => importFrom(request, 'jekyll')

export const importOctopress: Importer = (request) => importFrom(request, 'octopress')

function importFrom({ files, now, old }: ImportRequest, kind: 'jekyll' | 'octopress'): Imported {
  const config = readJekyllConfig(files)
  const notes: Note[] = [...config.notes]
  const note = (added: Note): void => void notes.push(added)
  const left: { source: string; why: string }[] = []
  const read = new Map<string, ReadDocument>()
  const { documents: all, statics } = sortFiles(files.paths, (path) => files.text(path) ?? '', config)
  const kept = all.filter((file) => {
    const document = readDocument(files.text(file.path) ?? '', file.path)
    const why = reasonToLeave(file, document)
    if (why === '') {
      read.set(file.path, { ...document, fields: { ...defaultsOf(file, config), ...document.fields } })
      notes.push(...document.notes)
    } else left.push({ source: file.path, why })
    return why === ''
  })
  const documentOf = ({ path }: JekyllFile): ReadDocument =>
    read.get(path) ?? { fields: {}, body: '', bodyLine: 1, notes: [] }
  const language =
    languageTag(
      textOf(config.raw['lang']) || textOf(config.raw['language']) || textOf(config.raw['locale']),
    ) || guessLanguage([...read.values()].map(({ body }) => body))
  const timezone =
    zoneName(config.timezone) ||
    guessZone(
      language,
      [...read.values()].map(({ fields }) => textOf(fields['date'])),
    )

  const dateOf = (file: JekyllFile): IsoDate | null =>
    parseDate(documentOf(file).fields['date'], timezone) ?? parseDate(dayOfName(file), timezone)
  const categoriesOf = (file: JekyllFile): string[] => {
    const { fields } = documentOf(file)
    return [
      ...new Set([
        ...file.above,
        ...wordsOf(fields['category'], false),
        ...wordsOf(fields['categories'], true),
      ]),
    ]
  }
  const addressOf = (file: JekyllFile, date: IsoDate | null, raw = false): Url => {
    const { fields } = documentOf(file)
    const stem = postName.exec(file.inner)?.[2] ?? file.inner.split('/').at(-1) ?? ''
    const post: JekyllPost = {
      date,
      name: textOf(fields['slug']) || stem,
      categories: categoriesOf(file),
      collection: file.collection,
      path: file.inner,
      own: (key) => textOf(fields[key]),
    }
    const own = textOf(fields['permalink'])
    if (own !== '')
      return styles[own] !== undefined || own.includes(':')
        ? jekyllAddress(own, post, raw)
        : finishJekyll(own)
    if (file.kind === 'page') return pageAddress(file.inner, config.permalink)
    return jekyllAddress(
      file.kind === 'collection' ? (config.collections.get(file.collection) ?? '') : config.permalink,
      post,
      raw,
    )
  }
  /** Jekyll shows an instant in the site's zone, or in that of the machine. */
  const shown = (date: IsoDate | null, zone: string): IsoDate | null =>
    date === null || date.length === 10 ? date : isoOf(instantOf(date, timezone), zone)

  const targets = new Map(kept.map((file) => [file.path, addressOf(file, shown(dateOf(file), timezone))]))
  const ids = new Set<string>()
  const lists: { url: Url; to: Url }[] = []
  const site = `${config.url}${config.baseUrl}`
  const feeds = feedsOfJekyll(files, config)
  const documents = kept.flatMap((file): ImportedDocument[] => {
    const { fields, body, bodyLine } = documentOf(file)
    const url = targets.get(file.path) ?? '/'
    const away = texts(fields['redirect_to'])[0]
    if (away !== undefined) {
      lists.push({ url, to: away })
      left.push({ source: file.path, why: `only a redirect to ${away}; it is one of the configuration` })
      return []
    }
    const date = dateOf(file)
    const made = jekyllFields(fields, {
      file: file.path,
      zone: timezone,
      date,
      isPost: file.kind !== 'page',
      categories: categoriesOf(file),
      stem: postName.exec(file.inner)?.[2] ?? '',
      note,
    })
    const isFuture = date !== null && instantOf(date, timezone) > now && !config.future
    const isPublic = file.kind !== 'draft' && fields['published'] !== false && !isFuture
    const others = [shown(date, 'UTC'), date, shown(date, 'Asia/Shanghai')].flatMap((other) => [
      addressOf(file, other),
      addressOf(file, other, true),
    ])
    const context = liquidContext(file.path, bodyLine, fields)
    return [
      {
        source: file.path,
        bodyLine,
        id: freeId(newId(file), ids),
        fields: file.kind === 'draft' || fields['published'] === false ? { ...made, draft: true } : made,
        body: withSeparator(
          inMarkdown(file.path, fromLiquid(codeAsHtml(file.path, body.replace(/\r\n?/g, '\n')), context)),
          config.separator,
        ),
        url: isPublic ? url : null,
        maybe: [...new Set([...others, url.replace(/\.html$/, ''), url.replace(/\.html$/, '/')])].filter(
          (other) => other !== url,
        ),
        aliases: texts(fields['redirect_from']),
        ...(feeds.idOf !== null &&
          file.kind === 'post' && {
            feedId: feeds.idOf(url, textOf(fields['slug']) || (postName.exec(file.inner)?.[2] ?? ''), site),
          }),
      },
    ]
  })

  function liquidContext(file: string, bodyLine: number, fields: JsonObject): LiquidContext {
    const plain = (value: Json | undefined): string | undefined =>
      typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
    const codeFolder = textOf(config.raw['code_dir']) || 'downloads/code'
    return {
      file,
      bodyLine,
      note,
      value: (name) => {
        const [scope = '', ...path] = name.split('.')
        if (
          scope === 'site' &&
          !/^(?:posts|pages|tags|categories|data|time|collections)$/.test(path[0] ?? '')
        )
          return plain(at(config.raw, ...path))
        if (scope === 'site' && path[0] === 'data') return undefined
        if (name === 'page.url') return targets.get(file)
        return scope === 'page' ? plain(at(fields, ...path.map((key) => key.toLowerCase()))) : undefined
      },
      resolve: (tag, name) => {
        const clean = name.trim().replace(/^\//, '')
        const found = kept.find(({ path, kind: of, inner }) =>
          tag === 'link'
            ? path === config.source + clean
            : of === 'post' && (inner === clean || inner.split('/').at(-1) === clean.split('/').at(-1)),
        )
        const target = found && targets.get(found.path)
        return target === undefined ? undefined : encodeURI(target)
      },
      include: (name) => files.text(`${config.source}_includes/${name}`),
      beside: (name) => files.text(posix.join(posix.dirname(file), name)),
      codeFile: (name) => files.text(`${config.source}${codeFolder}/${name}`),
    }
  }

  /** HTML knows nothing of kramdown. */
  function inMarkdown(path: string, text: string): string {
    return settledBody(
      path,
      isHtml(path) ? text : fromKramdown(config.octopress ? fromBackticks(text) : text),
      note,
    )
  }

  const copies = new Map(statics.map((path) => [path, `public/${path.slice(config.source.length)}`]))
  return {
    kind,
    documents,
    found: all.length,
    left,
    copies,
    texts: new Map(),
    notes,
    feeds: feeds.more,
    lists: [...lists, ...listsOfJekyll(config, documents, old !== null)],
    config: {
      title: textOf(config.raw['title']) || textOf(config.raw['name']),
      description: textOf(config.raw['description']) || textOf(config.raw['subtitle']),
      author: authorOf(config.raw['author'], config.raw['email']),
      ...siteAddresses(config.url === '' ? '' : `${site}/`, notes),
      language,
      timezone,
      permalinks: ourPatterns(config),
      ...(config.pageSize > 0 && { pagination: { size: config.pageSize } }),
      navigation: [],
      feeds: feeds.paths,
      markdown: {
        ...(config.hardBreaks && { hardBreaks: true }),
        ...(config.anchors !== 'none' && { anchors: { like: config.anchors } }),
      },
    },
  }
}

/** The first mark of another name becomes ours. */
function withSeparator(body: string, separator: string): string {
  if (separator === '' || /^<!--\s*more\s*-->$/i.test(separator) || !separator.trim().startsWith('<!--'))
    return body
  return body.replace(separator, '<!--more-->')
}
