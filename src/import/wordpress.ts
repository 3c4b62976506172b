// WordPress → Inkstone: from an export file, or a folder that holds one and perhaps `wp-content/uploads`. Texts stay
// HTML; comments come over as data, never as text of a page.
import { parseDate } from '../content/dates.js'
import { segmentOf } from '../content/slug.js'
import type { Url } from '../content/types.js'
import type { JsonObject } from '../json.js'
import { decodePath, encodePath } from '../urls.js'
import { guessLanguage, guessZone, languageTag } from './language.js'
import { normalAddress } from './old-addresses.js'
import { siteAddresses } from './site-config.js'
import {
  freeId,
  type ImportedDocument,
  type Importer,
  type Note,
  type OldAddress,
  type SourceFiles,
} from './types.js'
import { fieldsOf, unescapeEntities } from './wp-fields.js'
import { termFeeds, unique, uploadsOf } from './wp-lists.js'
import { fromWordPress } from './wp-text.js'
import { isWxr, readWxr, type WxrItem } from './wxr.js'

const exports = (files: SourceFiles): string[] =>
  files.paths.filter(
    (path) => path.endsWith('.xml') && path.split('/').length < 4 && isWxr(files.text(path) ?? ''),
  )

export const isWordPress = (files: SourceFiles): boolean => exports(files).length > 0

/** Types of items that are no texts of anybody; what plugins add as a type of its own is one. */
const machinery =
  /^(?:attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf\S*|elementor_\w+|wpcf7\S*|shop_order\S*|ai1ec\S*|jp_\w+|feedback|amp_\w+|scheduled-action|mc4wp-form|wpforms)$/

export const importWordPress: Importer = ({ files }) => {
  const notes: Note[] = []
  const names = exports(files)
  const parts = names.map((name) => ({ name, wxr: readWxr(files.text(name) ?? '') }))
  for (const { name, wxr } of parts)
    if (wxr.fault !== '')
      notes.push({
        kind: 'warning',
        what: `the export is damaged, what stands before is kept: ${wxr.fault}`,
        file: name,
      })
  if (parts.length === 0) notes.push({ kind: 'warning', what: 'there is no export of WordPress here' })
  const first = parts[0]?.wxr
  const all = parts.flatMap(({ name, wxr }) => wxr.items.map((item) => ({ item, file: name })))
  const attachments = new Map(
    all.filter(({ item }) => item.type === 'attachment').map(({ item }) => [item.id, item]),
  )
  const texts = all.filter(({ item }) => !machinery.test(item.type))
  const base = first?.link ?? ''
  const basePath = URL.canParse(base) ? `${decodePath(new URL(base).pathname).replace(/\/$/, '')}/` : '/'
  const language = languageTag(first?.language ?? '') || guessLanguage(texts.map(({ item }) => item.content))
  const timezone = guessZone(
    language,
    texts.map(({ item }) => item.date),
  )
  const left: { source: string; why: string }[] = []
  const lists: OldAddress[] = []
  const copies = new Map<string, string>()
  const uploads = uploadsOf(files)
  const comments: JsonObject[] = []
  const ids = new Set<string>()

  const addressOf = (item: WxrItem): Url | null =>
    /[?&](?:p|page_id|attachment_id)=\d+/.test(item.link) || item.link === ''
      ? null
      : normalAddress(item.link, basePath) || null
  const fileOf = (url: string): string => {
    // Of a resized copy the original may be all that is there.
    const path = decodePath(url.replace(/^(?:https?:)?\/\/[^/]+/, '').replace(/[?#].*$/, ''))
    const inner = path.slice(path.indexOf('wp-content/uploads/') + 'wp-content/uploads/'.length)
    const found = path.includes('wp-content/uploads/')
      ? [inner, inner.replace(/-\d+x\d+(\.\w+)$/, '$1')].find((name) => uploads.has(name))
      : undefined
    if (found === undefined) return url
    copies.set(uploads.get(found) ?? '', `public/wp-content/uploads/${found}`)
    return encodeURI(`/wp-content/uploads/${found}`)
  }
  const numbered = new Map(
    texts.flatMap(({ item }): [string, Url][] => {
      const url = addressOf(item)
      return url === null ? [] : [[item.id, url]]
    }),
  )
  const withFiles = (html: string): string =>
    html
      .replace(
        /(\s(?:src|href|poster)\s*=\s*["'])([^"']*wp-content\/uploads\/[^"']+)/gi,
        (_, lead: string, url: string) => lead + fileOf(url),
      )
      .replace(/(\ssrcset\s*=\s*["'])([^"']+)(["'])/gi, '')
      // Links by number work on the old server alone.
      .replace(
        /(\shref\s*=\s*["'])([^"']*[?&](?:p|page_id)=(\d+)[^"']*)/gi,
        (typed, lead: string, url: string, id: string) => {
          const isOurs = !/^(?:https?:)?\/\//.test(url) || url.startsWith(base)
          const to = isOurs ? numbered.get(id) : undefined
          return to === undefined ? typed : `${lead}${encodePath(to)}`
        },
      )

  const documents = texts.flatMap(({ item, file }): ImportedDocument[] => {
    const source = `${file}#${item.id}`
    if (/^(?:trash|auto-draft|inherit)$/.test(item.status)) {
      left.push({ source, why: `its status is ${item.status}` })
      return []
    }
    const url = addressOf(item)
    const isPost = item.type === 'post'
    const isPublic = item.status === 'publish' && item.password === ''
    const date = parseDate(item.date, timezone)
    const slug = item.name || segmentOf(item.title)
    const stem = isPost
      ? `posts/${date === null ? '' : `${date.slice(0, 10)}-`}${segmentOf(slug) || item.id}`
      : url
          ?.replace(/^\/|\/$|\.html?$/g, '')
          .split('/')
          .map(segmentOf)
          .join('/') ||
        segmentOf(slug) ||
        item.id
    const id = freeId(`${stem}.md`, ids)
    if (item.password !== '')
      notes.push({ kind: 'warning', what: 'a text behind a password: it is a draft now', file: source })
    if (isPublic && url === null)
      notes.push({
        kind: 'warning',
        what: `an address with a query cannot be kept: ${item.link}`,
        file: source,
      })
    for (const comment of item.comments)
      if (comment.type !== 'pingback' && comment.type !== 'trackback')
        comments.push({
          document: id,
          id: comment.id,
          parent: comment.parent,
          author: comment.author,
          url: comment.url,
          date: comment.date,
          approved: comment.approved,
          content: comment.content,
        })
    const pages = item.content.split(/<!--\s*nextpage\s*-->/i).length
    if (url !== null)
      for (let page = 2; page <= pages; page++)
        lists.push({ url: `${url.replace(/\/$/, '')}/${page}/`, to: url })
    const own = [...attachments.values()]
      .filter(({ parent }) => parent === item.id)
      .map((attachment) => attachment.id)
    const body = fromWordPress(withFiles(item.content), item.id, {
      own,
      attachment: (wanted) => {
        const found = attachments.get(wanted)
        return found && { url: fileOf(found.attachment || found.guid), caption: found.excerpt || '' }
      },
      unknown: (name) => notes.push({ kind: 'unknown', what: `shortcode [${name}]`, file: source }),
      dropped: (name) =>
        notes.push({
          kind: 'skipped',
          what: `block ${name}: WordPress filled it anew each time`,
          file: source,
        }),
    })
    return [
      {
        source,
        bodyLine: 1,
        id,
        fields: fieldsOf(
          item,
          slug,
          date,
          isPublic,
          fileOf(attachments.get(item.meta.get('_thumbnail_id') ?? '')?.attachment ?? ''),
        ),
        body,
        url: isPublic ? url : null,
        aliases: [],
        ...(isPost && item.guid !== '' && { feedId: item.guid }),
      },
    ]
  })
  for (const item of attachments.values()) {
    const url = addressOf(item)
    const parent = texts.find(({ item: other }) => other.id === item.parent)?.item
    const to = parent && addressOf(parent)
    const file = item.attachment === '' ? '' : fileOf(item.attachment)
    if (url !== null && (to || file !== '')) lists.push({ url, to: to || file })
  }
  for (const [name, path] of uploads) copies.set(path, `public/wp-content/uploads/${name}`)
  for (const { item } of texts)
    for (const { domain, slug, name } of item.terms) {
      if (domain === 'category') lists.push({ url: `/category/${slug}/`, to: `category:${name}` })
      if (domain === 'post_tag') lists.push({ url: `/tag/${slug}/`, to: `tag:${name}` })
    }
  const missing = uploads.size === 0 && texts.some(({ item }) => item.content.includes('wp-content/uploads/'))
  if (missing)
    notes.push({
      kind: 'warning',
      what: 'pictures lie on the old server: put wp-content/uploads beside the export and import again',
    })
  return {
    kind: 'wordpress',
    documents,
    found: texts.length,
    left,
    copies,
    texts: new Map(
      comments.length === 0 ? [] : [['data/comments.json', `${JSON.stringify(comments, null, 1)}\n`]],
    ),
    notes,
    feeds: [
      { url: '/feed/', format: 'rss', of: 'site', folder: '' },
      { url: '/feed/atom/', format: 'atom', of: 'site', folder: '' },
      ...termFeeds(texts.map(({ item }) => item)),
    ],
    lists: unique(lists),
    config: {
      title: unescapeEntities(first?.title ?? ''),
      description: unescapeEntities(first?.description ?? ''),
      ...siteAddresses(base, notes),
      language,
      timezone,
    },
  }
}
