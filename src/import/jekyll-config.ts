// What `_config.yml` of Jekyll and Octopress says that matters when moving out, with the program's own defaults.
import type { Json, JsonObject } from '../json.js'
import { at, readConfigFile } from './config-file.js'
import { styles } from './jekyll-address.js'
import { isRecord, type Note, type SourceFiles, textOf } from './types.js'

export interface JekyllConfig {
  readonly raw: JsonObject
  /** Folder of the sources with `/` behind it, '' for the top. */
  readonly source: string
  readonly octopress: boolean
  readonly url: string
  /** `/blog`, '' for none. */
  readonly baseUrl: string
  readonly permalink: string
  readonly timezone: string
  readonly pageSize: number
  readonly paginatePath: string
  /** Collections that have pages: name → pattern. */
  readonly collections: ReadonlyMap<string, string>
  readonly defaults: readonly { readonly path: string; readonly type: string; readonly values: JsonObject }[]
  readonly excluded: readonly string[]
  readonly included: readonly string[]
  readonly plugins: readonly string[]
  readonly future: boolean
  readonly hardBreaks: boolean
  /** Octopress only. */
  readonly categoryFolder: string
  readonly separator: string
  readonly anchors: 'kramdown' | 'kramdown-ascii' | 'none'
  readonly notes: readonly Note[]
}

export const texts = (value: Json | undefined): string[] =>
  Array.isArray(value)
    ? value.map(textOf).filter((text) => text !== '')
    : textOf(value) === ''
      ? []
      : [textOf(value)]

export function isOctopress(files: SourceFiles): boolean {
  return (
    files.has('_config.yml') &&
    files.paths.some((path) => path.startsWith('source/_posts/')) &&
    (files.has('Rakefile') ||
      files.paths.some((path) => path.startsWith('source/_includes/') || path.startsWith('.themes/')))
  )
}

export function isJekyll(files: SourceFiles): boolean {
  return (
    (files.has('_config.yml') || files.has('_config.toml')) &&
    files.paths.some((path) => /(?:^|\/)_posts\//.test(path) && !path.startsWith('source/'))
  )
}

export function readJekyllConfig(files: SourceFiles): JekyllConfig {
  const { value: raw, notes } = readConfigFile(files, ['_config.yml', '_config.yaml', '_config.toml'])
  const octopress = isOctopress(files)
  const folder = textOf(raw['source']) || (octopress ? 'source' : '')
  const permalink = textOf(raw['permalink']) || (octopress ? '/blog/:year/:month/:day/:title/' : 'date')
  const collections = isRecord(raw['collections']) ? raw['collections'] : {}
  const kramdown = textOf(at(raw, 'kramdown', 'input'))
  const markdown = textOf(raw['markdown']).toLowerCase()
  return {
    raw,
    source: folder === '' || folder === '.' ? '' : `${folder.replace(/^\.?\/|\/$/g, '')}/`,
    octopress,
    url: textOf(raw['url']),
    baseUrl: (textOf(raw['baseurl']) || textOf(raw['root'])).replace(/\/$/, ''),
    permalink: styles[permalink] === undefined ? permalink : permalink,
    timezone: textOf(raw['timezone']),
    pageSize: Math.trunc(Number(raw['paginate'] ?? at(raw, 'pagination', 'per_page') ?? 0)) || 0,
    paginatePath: textOf(raw['paginate_path']) || (octopress ? '/posts/:num' : '/page:num/'),
    collections: new Map(
      Object.entries(collections).flatMap(([name, value]) =>
        name !== 'posts' && at(value ?? null, 'output') === true
          ? [
              [
                name,
                textOf(at(value ?? null, 'permalink')) || `/:collection/:path${suffixOf(permalink)}`,
              ] as const,
            ]
          : [],
      ),
    ),
    defaults: (Array.isArray(raw['defaults']) ? raw['defaults'] : []).filter(isRecord).map((item) => ({
      path: textOf(at(item, 'scope', 'path')),
      type: textOf(at(item, 'scope', 'type')),
      values: isRecord(item['values']) ? item['values'] : {},
    })),
    excluded: texts(raw['exclude']),
    included: texts(raw['include']),
    plugins: [...texts(raw['plugins']), ...texts(raw['gems'])],
    future: raw['future'] === true,
    hardBreaks: at(raw, 'kramdown', 'hard_wrap') === true,
    categoryFolder: textOf(raw['category_dir']).replace(/^\/|\/$/g, '') || 'blog/categories',
    separator: textOf(raw['excerpt_separator']),
    anchors:
      markdown !== '' && !markdown.includes('kramdown') && markdown !== 'gfm'
        ? 'none'
        : kramdown.toLowerCase() === 'kramdown' || octopress
          ? 'kramdown-ascii'
          : 'kramdown',
    notes,
  }
}

/** What the style of posts says of addresses made of paths. */
const suffixOf = (style: string): string =>
  style === 'pretty' || style.endsWith('/')
    ? '/'
    : /^(?:date|ordinal|weekdate|none)$/.test(style) || style.endsWith(':output_ext')
      ? ':output_ext'
      : ''
