// A WordPress export (WXR: RSS 2.0 with `wp:`) as plain data. Files of the wild hold control characters, zero dates and
// percent-encoded names; all that is settled here.

import { childrenOf, childText, parseXml, type XmlElement } from '../text/xml.js'
import { decodePath } from '../urls.js'

export interface WxrItem {
  readonly id: string
  readonly title: string
  readonly link: string
  readonly guid: string
  readonly creator: string
  /** `2011-04-09T21:13:37+08:00`; '' for a zero date. */
  readonly date: string
  readonly updated: string
  /** Decoded. */
  readonly name: string
  readonly status: string
  readonly type: string
  readonly parent: string
  readonly order: number
  readonly sticky: boolean
  readonly password: string
  readonly content: string
  readonly excerpt: string
  readonly attachment: string
  readonly terms: readonly { readonly domain: string; readonly slug: string; readonly name: string }[]
  readonly meta: ReadonlyMap<string, string>
  readonly comments: readonly WxrComment[]
}

export interface WxrComment {
  readonly id: string
  readonly parent: string
  readonly author: string
  readonly url: string
  readonly date: string
  readonly content: string
  readonly approved: boolean
  readonly type: string
}

export interface Wxr {
  readonly title: string
  readonly description: string
  readonly link: string
  readonly language: string
  readonly items: readonly WxrItem[]
  /** Why the file is not what it should be, '' for a sound one. */
  readonly fault: string
}

export function readWxr(text: string): Wxr {
  const { root, fault } = parseXml(text)
  const channel = root && childrenOf(root, 'channel')[0]
  if (!channel)
    return {
      title: '',
      description: '',
      link: '',
      language: '',
      items: [],
      fault: fault || 'there is no channel',
    }
  return {
    title: childText(channel, 'title').trim(),
    description: childText(channel, 'description').trim(),
    link: (childText(channel, 'wp:base_blog_url') || childText(channel, 'link')).trim(),
    language: childText(channel, 'language').trim(),
    items: childrenOf(channel, 'item').map(itemOf),
    fault,
  }
}

/** Is this text an export of WordPress? */
export const isWxr = (text: string): boolean =>
  /wordpress\.org\/export\//.test(text.slice(0, 5000)) || /<wp:wxr_version>/.test(text.slice(0, 20_000))

/** Local time with the offset that the same moment in UTC gives; '' for `0000-00-00 00:00:00`. */
function dateOf(local: string, utc: string): string {
  const at = (text: string): number =>
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text.trim()) && !text.startsWith('0000')
      ? Date.parse(`${text.trim().replace(' ', 'T')}Z`)
      : Number.NaN
  const [here, there] = [at(local), at(utc)]
  if (Number.isNaN(here)) return Number.isNaN(there) ? '' : `${utc.trim().replace(' ', 'T')}+00:00`
  const minutes = Number.isNaN(there) ? Number.NaN : Math.round((here - there) / 60_000)
  const written = local.trim().replace(' ', 'T')
  if (Number.isNaN(minutes) || Math.abs(minutes) > 15 * 60) return written
  const size = Math.abs(minutes)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${written}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

function itemOf(item: XmlElement): WxrItem {
  const text = (name: string): string => childText(item, name).trim()
  return {
    id: text('wp:post_id'),
    title: text('title'),
    link: text('link'),
    guid: text('guid'),
    creator: text('dc:creator'),
    date: dateOf(text('wp:post_date'), text('wp:post_date_gmt')),
    updated: dateOf(text('wp:post_modified'), text('wp:post_modified_gmt')),
    name: decodePath(text('wp:post_name')),
    status: text('wp:status'),
    type: text('wp:post_type'),
    parent: text('wp:post_parent'),
    order: Number(text('wp:menu_order')) || 0,
    sticky: text('wp:is_sticky') === '1',
    password: text('wp:post_password'),
    content: childText(item, 'content:encoded'),
    excerpt: childText(item, 'excerpt:encoded'),
    attachment: text('wp:attachment_url'),
    terms: childrenOf(item, 'category').map(({ attributes, text: name }) => ({
      domain: attributes['domain'] ?? 'category',
      slug: decodePath(attributes['nicename'] ?? ''),
      name: name.trim(),
    })),
    meta: new Map(
      childrenOf(item, 'wp:postmeta').map((meta) => [
        childText(meta, 'wp:meta_key').trim(),
        childText(meta, 'wp:meta_value'),
      ]),
    ),
    comments: childrenOf(item, 'wp:comment').map((comment) => ({
      id: childText(comment, 'wp:comment_id').trim(),
      parent: childText(comment, 'wp:comment_parent').trim(),
      author: childText(comment, 'wp:comment_author').trim(),
      url: childText(comment, 'wp:comment_author_url').trim(),
      date: dateOf(childText(comment, 'wp:comment_date'), childText(comment, 'wp:comment_date_gmt')),
      content: childText(comment, 'wp:comment_content'),
      approved: childText(comment, 'wp:comment_approved').trim() === '1',
      type: childText(comment, 'wp:comment_type').trim(),
    })),
  }
}
