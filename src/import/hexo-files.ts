// Hexo's files: posts, drafts, pages, what lies beside them and what is only copied.

import { posix } from 'node:path'
import type { ReadDocument } from './frontmatter.js'
import { globMatches } from './glob.js'
import type { HexoConfig } from './hexo-config.js'
import { textOf } from './types.js'

export interface HexoFile {
  readonly path: string
  readonly kind: 'post' | 'draft' | 'page'
  /** Below `_posts`, `_drafts` or the source, without extension. */
  readonly inner: string
}

const markdownFile = /\.(?:md|markdown|mkd|mkdn|mdwn|mdtxt|mdtext|html?)$/i

export const nameOf = (inner: string): string => inner.split('/').at(-1) ?? ''

export function sortFiles(
  paths: readonly string[],
  text: (path: string) => string,
  config: HexoConfig,
): { documents: HexoFile[]; others: string[] } {
  const documents: HexoFile[] = []
  const others: string[] = []
  for (const path of paths) {
    if (!path.startsWith(config.source)) continue
    const inner = path.slice(config.source.length)
    const [, folder = '', rest = ''] = /^(?:(_posts|_drafts)\/)?(.*)$/s.exec(inner) ?? []
    const isRaw =
      config.skipped.some((pattern) => globMatches(pattern, inner)) ||
      (folder === '' && isWholePage(path, text(path)))
    const isText = !isRaw && markdownFile.test(path) && !/(?:^|\/)(?:README|LICENSE)\.md$/i.test(inner)
    const isPlain = config.source === '' && !config.known
    const kind = folder === '_drafts' ? 'draft' : folder === '_posts' || isPlain ? 'post' : 'page'
    if (isText && (kind !== 'page' || !/(?:^|\/)_/.test(inner)))
      documents.push({ path, kind, inner: rest.replace(/\.[^./]+$/, '') })
    else others.push(path)
  }
  return { documents, others }
}

/** HTML without front matter: of a demo, or what a service asked to be put there. It is published as it is. */
const isWholePage = (path: string, text: string): boolean =>
  /\.html?$/i.test(path) && !/^\ufeff*\s*(?:-{3,}[ \t]*\r?\n|;;;|\{|"?[A-Za-z_][\w-]*"?\s*:)/.test(text)

export function isServed(path: string, config: HexoConfig): boolean {
  const inner = path.slice(config.source.length)
  if (inner.startsWith('_data/')) return true
  // Without a source folder there is no telling what else is the site's.
  return config.source !== '' && !/(?:^|\/)[_.#~]/.test(inner.replace(/^\.(?:nojekyll|well-known)/, 'x'))
}

export function reasonToLeave(file: HexoFile, { fields, body }: ReadDocument, config: HexoConfig): string {
  if (file.kind !== 'page') return ''
  const type = textOf(fields['type']) || textOf(fields['layout'])
  const isBare = body.replace(/<!--[\s\S]*?-->/g, '').trim() === ''
  if (/^(?:tags?|categor(?:y|ies)|archives?|tagcloud)$/i.test(type) && isBare)
    return 'the theme has a page of its own for this'
  if (/^(?:index|404|404\/index)$/.test(file.inner)) return 'the theme has a page of its own for this'
  if (
    [config.tagFolder, config.categoryFolder, config.archiveFolder].some(
      (folder) => file.inner === `${folder}/index`,
    ) &&
    isBare
  )
    return 'the theme has a page of its own for this'
  return /\.html?$/i.test(file.path) && fields['title'] === undefined
    ? 'a page of HTML without front matter: copy it into public/ if it is wanted'
    : ''
}

/** Slug and date by the pattern for file names (`:year-:month-:day-:title.md`). */
export function slugOf(file: HexoFile, { fileName, known }: HexoConfig): { slug: string; date: string } {
  const inner = known ? file.inner : file.inner.replace(/\/index$/, '')
  const pattern = fileName.replace(/\.\w+$/, '')
  if (!/:(?:year|month|day|i_month|i_day)/.test(pattern)) return { slug: inner, date: '' }
  const names: string[] = []
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:(\w+)/g, (_, name: string) => {
    names.push(name)
    return name === 'title' ? '(.+)' : name === 'year' ? '(\\d{4})' : '(\\d{1,2})'
  })
  const found = new RegExp(`^(?:.*/)?${source}$`).exec(inner)
  if (!found) return { slug: inner, date: '' }
  const part = (...wanted: string[]): string =>
    found[names.findIndex((name) => wanted.includes(name)) + 1] ?? ''
  return { slug: part('title'), date: `${part('year')}-${part('month', 'i_month')}-${part('day', 'i_day')}` }
}

/** Files in the folder that bears a post's name, or in the post's own folder where it is an index. */
export function assetsOf(
  others: readonly string[],
  posts: readonly HexoFile[],
): Map<string, { path: string; name: string }[]> {
  const owners = new Map<string, string>()
  for (const { path, kind } of posts) {
    if (kind === 'page' && !/\/index\.[^./]+$/.test(path)) continue
    owners.set(/\/index\.[^./]+$/.test(path) ? posix.dirname(path) : path.replace(/\.[^./]+$/, ''), path)
  }
  const assets = new Map<string, { path: string; name: string }[]>()
  for (const path of others)
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
      const owner = owners.get(folder)
      if (owner === undefined) continue
      assets.set(owner, [...(assets.get(owner) ?? []), { path, name: path.slice(folder.length + 1) }])
      break
    }
  return assets
}

export function newId(file: HexoFile, hasAssets: boolean): string {
  const inner = file.inner.replace(/\/index$/, '')
  const isBundle = hasAssets || (file.kind !== 'page' && inner !== file.inner)
  const stem = file.kind === 'page' ? inner : `posts/${inner.replace(/^_?posts?\//, '')}`
  return isBundle ? `${stem}/index.md` : `${stem}.md`
}
