// Hexo → Inkstone. Posts, drafts and pages below `source/` with the addresses that Hexo gave them; files beside posts
// come along; tag plugins become Markdown. A folder of posts alone comes over as well, under addresses of ours.

import { posix } from 'node:path'
import { instantOf, parseDate } from '../content/dates.js'
import type { IsoDate, Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { encodePath } from '../urls.js'
import { at } from './config-file.js'
import { codeAsHtml, isHtml, settledBody } from './formats.js'
import type { ReadDocument } from './frontmatter.js'
import { finishHexo, hexoAddress, slugize } from './hexo-address.js'
import { type HexoConfig, readHexoConfig } from './hexo-config.js'
import { categoryPaths, hexoFields, readHexoDocument } from './hexo-fields.js'
import {
  assetsOf,
  type HexoFile,
  isServed,
  nameOf,
  newId,
  reasonToLeave,
  slugOf,
  sortFiles,
} from './hexo-files.js'
import { feedsOfHexo, listsOfHexo } from './hexo-lists.js'
import { hexoMakers, inlineTags, rawTags } from './hexo-tags.js'
import { guessLanguage, guessZone, languageTag, zoneName } from './language.js'
import { siteAddresses } from './site-config.js'
import { convertTags, hideRaw } from './tags.js'
import { halvedMath, hashHeadings } from './texts.js'
import { titlesOf } from './titles.js'
import { freeId, type ImportedDocument, type Importer, type Note, textOf } from './types.js'

export const importHexo: Importer = ({ files, now }) => {
  const config = readHexoConfig(files)
  const notes: Note[] = [...config.notes]
  const note = (added: Note): void => void notes.push(added)
  const left: { source: string; why: string }[] = []
  const { documents: all, others } = sortFiles(files.paths, (path) => files.text(path) ?? '', config)
  const read = new Map<string, ReadDocument>()
  const kept = all.filter((file) => {
    const document = readHexoDocument(files.text(file.path) ?? '', file.path)
    const why = reasonToLeave(file, document, config)
    if (why === '') {
      read.set(file.path, document)
      notes.push(...document.notes)
    } else left.push({ source: file.path, why })
    return why === ''
  })
  const documentOf = ({ path }: HexoFile): ReadDocument =>
    read.get(path) ?? { fields: {}, body: '', bodyLine: 1, notes: [] }
  const language =
    languageTag(
      textOf(Array.isArray(config.raw['language']) ? config.raw['language'][0] : config.raw['language']),
    ) || guessLanguage([...read.values()].map(({ body }) => body))
  const timezone =
    zoneName(config.timezone) ||
    guessZone(
      language,
      [...read.values()].map(({ fields }) => textOf(fields['date'])),
    )
  const titles = titlesOf(
    kept.map((file) => ({
      key: file.path,
      title: textOf(documentOf(file).fields['title']),
      body: documentOf(file).body,
      name: nameOf(file.inner.replace(/\/index$/, '')),
    })),
  )

  const dateOf = (file: HexoFile): IsoDate | null =>
    parseDate(documentOf(file).fields['date'], timezone) ?? parseDate(slugOf(file, config).date, timezone)
  const addressOf = (file: HexoFile): Url | null => {
    const { fields } = documentOf(file)
    const own = textOf(fields['permalink'])
    if (own !== '') return finishHexo(own)
    if (file.kind === 'page')
      return file.path.endsWith('/index.md') || nameOf(file.inner) === 'index'
        ? finishHexo(`${posix.dirname(file.inner)}/`.replace(/^\.\//, '/'))
        : finishHexo(`${file.inner}.html`)
    if (!config.known) return null
    const paths = categoryPaths(fields['categories'] ?? fields['category'])
    const category =
      (paths.at(-1) ?? [])
        .map((name) => slugize(textOf(config.categoryMap[name]) || name, config.fileCase))
        .join('/') || config.defaultCategory
    return hexoAddress(
      config.permalink,
      {
        date: dateOf(file),
        slug: slugOf(file, config).slug,
        title: textOf(fields['title']),
        category,
        fields,
        timezone,
      },
      config.defaults,
    )
  }

  const targets = new Map(kept.map((file) => [file.path, addressOf(file)]))
  const assets = assetsOf(others, kept)
  const ids = new Set<string>()
  const copies = new Map<string, string>()
  const makers = hexoMakers({
    codeFile: (name) => files.text(`${config.codeFolder}/${name}`),
    resolve: (slug) => {
      const clean = slug.replace(/\.md$/, '')
      const found =
        kept.find(({ inner, kind }) => kind === 'post' && inner === clean) ??
        kept.find(
          (file) =>
            file.kind === 'post' && (slugOf(file, config).slug === clean || nameOf(file.inner) === clean),
        )
      const url = found && targets.get(found.path)
      return found && url ? { url: encodePath(url), title: titles.get(found.path) ?? '' } : undefined
    },
  })
  const documents = kept.map((file): ImportedDocument => {
    const { fields, body, bodyLine } = documentOf(file)
    const own = assets.get(file.path) ?? []
    const id = freeId(newId(file, own.length > 0), ids)
    for (const { path, name } of own) copies.set(path, `content/${posix.dirname(id)}/${name}`)
    const date = dateOf(file)
    const url = targets.get(file.path) ?? null
    const { text, show } = hideRaw(codeAsHtml(file.path, body.replace(/\r\n?/g, '\n')))
    const tagged = convertTags(text, {
      makers,
      raw: rawTags,
      inline: inlineTags,
      file: file.path,
      bodyLine,
      note,
    })
    const isPublic = file.kind !== 'draft' && fields['published'] !== false
    if (isPublic && date !== null && instantOf(date, timezone) > now)
      note({ kind: 'warning', what: `its date lies ahead (${date}): here it appears then`, file: file.path })
    return {
      source: file.path,
      bodyLine,
      id,
      fields: hexoFields(fields, {
        title: titles.get(file.path) ?? '',
        date,
        zone: timezone,
        isPost: file.kind !== 'page',
        draft: !isPublic,
        note,
        file: file.path,
      }),
      body: isHtml(file.path)
        ? settledBody(file.path, show(tagged), note)
        : halvedMath(hashHeadings(show(tagged)), config.halvesBackslashes),
      url: isPublic ? url : null,
      aliases: [...list(fields['alias']), ...list(fields['aliases']), ...list(fields['redirect_from'])],
      ...(url?.includes("'") && {
        feedId: `${config.url.replace(/\/$/, '')}${encodePath(url).replaceAll('%27', "'")}`,
      }),
    }
  })
  for (const path of others)
    if (!copies.has(path) && isServed(path, config))
      copies.set(
        path,
        path.startsWith(`${config.source}_data/`)
          ? `data/${path.slice(config.source.length + 6)}`
          : `public/${path.slice(config.source.length)}`,
      )
  return {
    kind: 'hexo',
    documents,
    found: all.length,
    left,
    copies,
    texts: new Map(),
    notes,
    feeds: feedsOfHexo(config).more,
    lists: listsOfHexo(config, documents, (source) => {
      const { fields = {} } = read.get(source) ?? {}
      return categoryPaths(fields['categories'] ?? fields['category'])
    }),
    config: {
      title: textOf(config.raw['title']),
      description: textOf(config.raw['description']) || textOf(config.raw['subtitle']),
      author: { name: textOf(config.raw['author']) },
      ...siteAddresses(config.url === '' ? '' : siteOf(config), notes),
      language,
      timezone,
      permalinks: ourPattern(config),
      pagination: { size: config.pageSize },
      feeds: feedsOfHexo(config).paths,
      markdown: { hardBreaks: config.breaks, anchors: { like: 'hexo' } },
      navigation: menuOf(at(config.raw, 'theme_config', 'menu') ?? config.raw['menu']),
    },
  }
}

const list = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value.map(textOf) : [textOf(value)]).filter((text) => text !== '')

/** `url` may lack the folder that `root` names. */
function siteOf({ url, root }: HexoConfig): string {
  const whole = /^https?:\/\//.test(url) ? url : `https://${url}`
  if (!URL.canParse(whole)) return url
  return new URL(root, new URL(whole).origin).href
}

function ourPattern(config: HexoConfig): JsonObject {
  if (!config.known) return {}
  const pattern = config.permalink.replace(/:(?:title|name)/g, ':slug').replace(/:post_title/g, ':title')
  const known =
    pattern
      .match(/:[a-z_]+/g)
      ?.every((name) => /^:(?:year|month|i_month|day|i_day|hour|minute|second|slug|title)$/.test(name)) ??
    false
  return known ? { posts: finishHexo(pattern) } : {}
}

/** `menu: { Home: / || home }` */
function menuOf(menu: Json | undefined): JsonObject[] {
  if (typeof menu !== 'object' || menu === null || Array.isArray(menu)) return []
  return Object.entries(menu).flatMap(([title, value]) => {
    const url = textOf(value).split('||')[0]?.trim() ?? ''
    return url === '' ? [] : [{ title, url }]
  })
}
