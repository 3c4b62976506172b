// What Hexo's `_config.yml` says that matters when moving out, with Hexo's own defaults. A folder that holds nothing but
// posts has no configuration; then nothing is known of its addresses.
import type { Json, JsonObject } from '../json.js'
import { at, readConfigFile } from './config-file.js'
import { isRecord, type Note, type SourceFiles, textOf } from './types.js'

export interface HexoConfig {
  readonly raw: JsonObject
  readonly known: boolean
  /** `source/`, or '' where posts lie about without it. */
  readonly source: string
  readonly url: string
  /** `/blog/` or `/` */
  readonly root: string
  readonly permalink: string
  readonly defaults: JsonObject
  readonly fileName: string
  readonly timezone: string
  readonly tagFolder: string
  readonly categoryFolder: string
  readonly archiveFolder: string
  readonly defaultCategory: string
  readonly tagMap: JsonObject
  readonly categoryMap: JsonObject
  readonly fileCase: number
  readonly pageSize: number
  readonly pageFolder: string
  readonly feeds: readonly { readonly type: string; readonly path: string }[]
  readonly aliases: readonly { readonly from: string; readonly to: string }[]
  readonly breaks: boolean
  readonly halvesBackslashes: boolean
  readonly codeFolder: string
  /** Patterns of files that are copied as they are. */
  readonly skipped: readonly string[]
  readonly notes: readonly Note[]
}

export function isHexo(files: SourceFiles): boolean {
  return files.has('_config.yml') && files.paths.some((path) => path.startsWith('source/_posts/'))
}

const list = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.map(textOf) : textOf(value) === '' ? [] : [textOf(value)]

export function readHexoConfig(files: SourceFiles): HexoConfig {
  const { value: raw, notes, file } = readConfigFile(files, ['_config.yml', '_config.yaml', '_config.json'])
  const text = (key: string, fallback = ''): string => textOf(raw[key]) || fallback
  const folder = text('source_dir', 'source').replace(/\/$/, '')
  const hasSource = files.paths.some((path) => path.startsWith(`${folder}/`))
  const packages = files.text('package.json') ?? ''
  const uses = (name: string): boolean => packages.includes(`"${name}"`)
  const types = list(at(raw, 'feed', 'type'))
  const paths = list(at(raw, 'feed', 'path'))
  const kinds = types.length > 0 ? types : ['atom']
  const hasFeed = isRecord(raw['feed']) || uses('hexo-generator-feed')
  const breaks =
    at(raw, 'marked', 'breaks') ?? at(raw, 'markdown', 'render', 'breaks') ?? at(raw, 'kramed', 'breaks')
  const url = text('url')
  const root = text('root') || (URL.canParse(url) ? new URL(url).pathname : '/')
  const alias = raw['alias']
  return {
    raw,
    known: file !== '',
    source: hasSource ? `${folder}/` : '',
    url,
    root: `/${root.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/'),
    permalink: text('permalink', ':year/:month/:day/:title/'),
    defaults: isRecord(raw['permalink_defaults']) ? raw['permalink_defaults'] : {},
    fileName: text('new_post_name', ':title.md'),
    timezone: text('timezone'),
    tagFolder: text('tag_dir', 'tags'),
    categoryFolder: text('category_dir', 'categories'),
    archiveFolder: text('archive_dir', 'archives'),
    defaultCategory: text('default_category', 'uncategorized'),
    tagMap: isRecord(raw['tag_map']) ? raw['tag_map'] : {},
    categoryMap: isRecord(raw['category_map']) ? raw['category_map'] : {},
    fileCase: Number(raw['filename_case'] ?? 0) || 0,
    pageSize: Math.trunc(Number(at(raw, 'index_generator', 'per_page') ?? raw['per_page'] ?? 10)) || 10,
    pageFolder: text('pagination_dir', 'page'),
    feeds: hasFeed
      ? kinds.map((type, i) => ({
          type,
          path: (paths[i] ?? (type === 'rss2' ? 'rss2.xml' : 'atom.xml')).replace(/^\//, ''),
        }))
      : [],
    aliases: isRecord(alias) ? Object.entries(alias).map(([from, to]) => ({ from, to: textOf(to) })) : [],
    breaks:
      typeof breaks === 'boolean' ? breaks : !uses('hexo-renderer-pandoc') && !uses('hexo-renderer-kramdown'),
    halvesBackslashes:
      !uses('hexo-renderer-kramed') &&
      !uses('hexo-renderer-pandoc') &&
      !uses('hexo-renderer-markdown-it-plus'),
    codeFolder: `${folder}/${text('code_dir', 'downloads/code').replace(/^\/|\/$/g, '')}`,
    skipped: list(raw['skip_render']),
    notes,
  }
}
