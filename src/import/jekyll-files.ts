// Jekyll's files: posts, drafts, collections, pages and what is only copied; which of them are no texts.
import type { Json, JsonObject } from '../json.js'
import type { ReadDocument } from './frontmatter.js'
import { slugify } from './jekyll-address.js'
import type { JekyllConfig } from './jekyll-config.js'
import { textOf } from './types.js'

export interface JekyllFile {
  readonly path: string
  readonly kind: 'post' | 'draft' | 'page' | 'collection'
  readonly collection: string
  /** Below `_posts`, `_drafts`, the collection or the top, without extension. */
  readonly inner: string
  /** Folders above `_posts`: categories. */
  readonly above: readonly string[]
}

const markdownFile = /\.(?:md|markdown|mkdown|mkdn|mkd|mdown|html?|textile)$/i

export const postName = /^(?:.*\/)?(\d{2,4}-\d{1,2}-\d{1,2})-(.*)$/

/** The date in a post's name; years of two digits are those that Ruby takes them for. */
export function dayOfName({ inner }: JekyllFile): string {
  const day = postName.exec(inner)?.[1] ?? ''
  return day.replace(/^(\d\d)(?=-)/, (year) => (Number(year) < 69 ? `20${year}` : `19${year}`))
}

/** Which files are documents, and which are copied: what has front matter is Jekyll's, the rest is static. */
export function sortFiles(
  paths: readonly string[],
  text: (path: string) => string,
  config: JekyllConfig,
): { documents: JekyllFile[]; statics: string[] } {
  const documents: JekyllFile[] = []
  const statics: string[] = []
  for (const path of paths) {
    if (!path.startsWith(config.source)) continue
    const inner = path.slice(config.source.length)
    const segments = inner.split('/')
    const posts = segments.findIndex((segment) => segment === '_posts' || segment === '_drafts')
    const stem = (from: number): string =>
      segments
        .slice(from)
        .join('/')
        .replace(/\.[^./]+$/, '')
    if (posts >= 0) {
      if (markdownFile.test(path))
        documents.push({
          path,
          kind: segments[posts] === '_posts' ? 'post' : 'draft',
          collection: 'posts',
          inner: stem(posts + 1),
          above: segments.slice(0, posts).filter((segment) => !segment.startsWith('_')),
        })
      continue
    }
    const collection = (segments[0] ?? '').replace(/^_/, '')
    if (segments[0]?.startsWith('_') && config.collections.has(collection)) {
      if (markdownFile.test(path))
        documents.push({ path, kind: 'collection', collection, inner: stem(1), above: [] })
      else statics.push(path)
      continue
    }
    if (!isServed(segments, config)) continue
    const hasFront =
      /\.(?:md|markdown|mkdown|mkdn|mkd|mdown|html?|textile|xml|json|txt|s[ac]ss|less|css|js|coffee)$/i.test(
        path,
      ) && /^\ufeff*---[ \t]*\r?\n/.test(text(path).slice(0, 200))
    if (hasFront)
      documents.push({
        path,
        kind: 'page',
        collection: '',
        inner: markdownFile.test(path) ? stem(0) : inner,
        above: [],
      })
    else if (!/\.(?:s[ac]ss|less|coffee|gemspec)$|^[^/]*\.rb$/i.test(inner)) statics.push(path)
  }
  return { documents, statics }
}

const buildFiles =
  /^(?:Gemfile(?:\.lock)?|Rakefile|Gruntfile\.js|gulpfile\.js|package(?:-lock)?\.json|yarn\.lock|Makefile|Dockerfile|README.*|LICEN[CS]E.*|CHANGELOG.*|CONTRIBUTING.*|_config.*|vendor|node_modules|bower\.json|\.travis\.yml)$/i

function isServed(segments: readonly string[], { excluded, included }: JekyllConfig): boolean {
  const path = segments.join('/')
  if (included.some((name) => path === name || path.startsWith(`${name}/`))) return true
  if (
    excluded.some(
      (name) => path === name.replace(/\/$/, '') || path.startsWith(`${name.replace(/\/$/, '')}/`),
    )
  )
    return false
  if (
    segments.some(
      (segment) => /^[_.#~]/.test(segment) && segment !== '.well-known' && segment !== '.nojekyll',
    )
  )
    return false
  return !buildFiles.test(segments[0] ?? '')
}

/** '' for a document that comes over. */
export function reasonToLeave(file: JekyllFile, { fields, body }: ReadDocument): string {
  if (file.kind === 'post' && !postName.test(file.inner))
    return 'its name has no date: Jekyll makes no post of it'
  if (file.kind !== 'page') return ''
  if (!markdownFile.test(file.path)) return 'a template, no text'
  if (/^(?:index|404)$/.test(file.inner) || /^page\d*\/index$/.test(file.inner))
    return 'the theme has a page of its own for this'
  if (/\.html?$/i.test(file.path) && /\{%-?\s*(?:for|if|assign|include)\b/.test(body))
    return 'a template: it lists or decides'
  if (/\{%-?\s*for\b[^%]*\bsite\./.test(body)) return 'a template: it lists the site'
  return textOf(fields['layout']) === 'null' && body.trim() === '' ? 'empty' : ''
}

export function defaultsOf(file: JekyllFile, config: JekyllConfig): JsonObject {
  const type =
    file.kind === 'page'
      ? 'pages'
      : file.kind === 'collection'
        ? file.collection
        : file.kind === 'draft'
          ? 'drafts'
          : 'posts'
  const inner = file.path.slice(config.source.length)
  const fitting = config.defaults.filter(
    ({ path, type: wanted }) =>
      (wanted === '' || wanted === type || `${wanted}s` === type) && (path === '' || inner.startsWith(path)),
  )
  const values: Record<string, Json> = {}
  for (const { values: own } of [...fitting].sort((a, b) => a.path.length - b.path.length))
    for (const [key, value = null] of Object.entries(own)) values[key.toLowerCase()] = value
  return values
}

export function newId(file: JekyllFile): string {
  if (file.kind === 'page') return `${file.inner.replace(/\/index$/, '')}.md`
  if (file.kind === 'collection') return `${file.collection}/${file.inner}.md`
  return `posts/${[...file.above.map((name) => slugify(name, 'default', false)), file.inner].filter((part) => part !== '').join('/')}.md`
}
