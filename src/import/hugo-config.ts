// What a Hugo configuration says that matters when moving out: read whatever its case and its file, with the defaults
// of the program. What has no place in the new site is listed for the report.
import type { Json, JsonObject } from '../json.js'
import { at, lowerKeys, merged, parseConfig, readConfigFile } from './config-file.js'
import type { CleaningRule } from './hugo-address.js'
import { isRecord, type Note, type SourceFiles, textOf } from './types.js'

export interface HugoConfig {
  readonly raw: JsonObject
  readonly baseUrl: string
  readonly title: string
  readonly language: string
  readonly timezone: string
  /** Section in lower case → pattern. */
  readonly permalinks: ReadonlyMap<string, string>
  /** Of lists: section → pattern, plural name of a taxonomy → pattern. */
  readonly sectionPatterns: ReadonlyMap<string, string>
  readonly termPatterns: ReadonlyMap<string, string>
  readonly menus: Json | undefined
  /** Plural names of taxonomies, by what they are here. */
  readonly taxonomies: {
    readonly tags: readonly string[]
    readonly categories: readonly string[]
    readonly series: readonly string[]
    readonly others: readonly string[]
  }
  readonly pageSize: number
  readonly pagePath: string
  /** File name of feeds: `index.xml`. */
  readonly feed: string
  readonly ugly: boolean
  readonly lower: boolean
  /** What can be told of the version from the keys used; undefined where nothing tells. */
  readonly rule: CleaningRule | undefined
  readonly contentFolder: string
  readonly staticFolders: readonly string[]
  readonly dateFrom: readonly string[]
  /** Languages beside the default one: code → prefix in addresses and folder of their own, '' for none. */
  readonly languages: ReadonlyMap<string, { readonly prefix: string; readonly folder: string }>
  readonly defaultLanguage: string
  readonly mainSections: readonly string[]
  readonly renamed: boolean
  readonly notes: readonly Note[]
}

const names = ['hugo', 'config'].flatMap((name) =>
  ['toml', 'yaml', 'yml', 'json'].map((end) => `${name}.${end}`),
)

/** `config/_default/*.toml`, each file below its own name but `config` and `hugo`. */
function folderConfig(files: SourceFiles): { value: JsonObject; notes: readonly Note[] } {
  const notes: Note[] = []
  const parts = ['_default', 'production'].flatMap((environment) =>
    files.paths
      .filter((path) => path.startsWith(`config/${environment}/`) && /\.(?:toml|ya?ml|json)$/.test(path))
      .map((path) => {
        const parsed = parseConfig(files.text(path) ?? '', path)
        notes.push(...parsed.notes)
        const name =
          path
            .split('/')
            .at(-1)
            ?.replace(/\.[^.]+$/, '') ?? ''
        if (name === 'config' || name === 'hugo') return parsed.value
        const [key = '', language] = name.split('.')
        return language ? { languages: { [language]: { [key]: parsed.value } } } : { [key]: parsed.value }
      }),
  )
  return { value: merged(...parts), notes }
}

export function isHugo(files: SourceFiles): boolean {
  const hasConfig =
    names.some((name) => files.has(name)) || files.paths.some((path) => path.startsWith('config/_default/'))
  return (
    hasConfig && files.paths.some((path) => path.startsWith('content/') || path.startsWith('archetypes/'))
  )
}

const texts = (value: Json | undefined): string[] =>
  Array.isArray(value)
    ? value.map(textOf).filter((text) => text !== '')
    : textOf(value) === ''
      ? []
      : [textOf(value)]

export function readHugoConfig(files: SourceFiles): HugoConfig {
  const single = readConfigFile(files, names)
  const folder = folderConfig(files)
  const lowered = lowerKeys(merged(single.value, folder.value))
  const raw = isRecord(lowered) ? lowered : {}
  const notes = [...single.notes, ...folder.notes]
  const text = (...path: string[]): string => textOf(at(raw, ...path))
  const taxonomies = isRecord(raw['taxonomies'])
    ? Object.values(raw['taxonomies']).map(textOf)
    : ['tags', 'categories']
  const named = (pattern: RegExp): string[] => taxonomies.filter((name) => pattern.test(name))
  const languages = isRecord(raw['languages']) ? raw['languages'] : {}
  // English is the default whatever stands first, and where it is not among them none of ours is better than the first.
  const codes = Object.keys(languages)
  const fallback = codes.includes('en') ? 'en' : (codes[0] ?? 'en')
  const defaultLanguage = (text('defaultcontentlanguage') || fallback).toLowerCase()
  const own = isRecord(languages[defaultLanguage]) ? languages[defaultLanguage] : {}
  const inFolder = at(raw, 'defaultcontentlanguageinsubdir') === true
  const usesRss = isRecord(at(raw, 'outputformats', 'rss')) ? at(raw, 'outputformats', 'rss') : undefined
  const rssName = textOf(at(usesRss, 'basename'))
  return {
    raw,
    baseUrl: text('baseurl') || textOf(own['baseurl']),
    title: textOf(own['title']) || text('title') || text('params', 'title'),
    language:
      textOf(own['languagecode']) ||
      text('languagecode') ||
      (Object.keys(languages).length > 0 ? defaultLanguage : text('defaultcontentlanguage')),
    timezone: text('timezone'),
    permalinks: patternsOf(raw['permalinks'], 'page'),
    sectionPatterns: patternsOf(raw['permalinks'], 'section'),
    termPatterns: patternsOf(raw['permalinks'], 'term'),
    menus: own['menus'] ?? own['menu'] ?? raw['menus'] ?? raw['menu'],
    taxonomies: {
      tags: named(/^tags?$/i),
      categories: named(/^categor(?:y|ies)$/i),
      series: named(/^series$/i),
      others: taxonomies.filter((name) => !/^(?:tags?|categor(?:y|ies)|series)$/i.test(name)),
    },
    pageSize: Math.trunc(Number(at(raw, 'pagination', 'pagersize') ?? at(raw, 'paginate') ?? 10)) || 10,
    pagePath: text('pagination', 'path') || text('paginatepath') || 'page',
    feed: rssName !== '' ? `${rssName}.xml` : text('rssuri') || 'index.xml',
    ugly: at(raw, 'uglyurls') === true,
    lower: at(raw, 'disablepathtolower') !== true,
    rule: ruleOf(raw),
    contentFolder: textOf(own['contentdir']) || text('contentdir') || 'content',
    staticFolders: texts(raw['staticdir']).length > 0 ? texts(raw['staticdir']) : ['static'],
    dateFrom: texts(at(raw, 'frontmatter', 'date')),
    languages: new Map(
      Object.entries(languages).flatMap(([code, value]) =>
        code === defaultLanguage && !inFolder
          ? []
          : [
              [
                code,
                { prefix: code, folder: code === defaultLanguage ? '' : textOf(at(value, 'contentdir')) },
              ] as const,
            ],
      ),
    ),
    defaultLanguage,
    mainSections: texts(at(raw, 'params', 'mainsections')),
    renamed: at(raw, 'disablealiases') === true,
    notes,
  }
}

/** Old form `section = pattern`, for pages and terms alike; new form `[permalinks.page] section = pattern`. */
function patternsOf(value: Json | undefined, kind: 'page' | 'section' | 'term'): Map<string, string> {
  const patterns = new Map<string, string>()
  if (!isRecord(value)) return patterns
  for (const [section, pattern] of Object.entries(value)) {
    if (typeof pattern === 'string' && kind !== 'section') patterns.set(section, pattern)
    else if (section === kind && isRecord(pattern))
      for (const [inner, own] of Object.entries(pattern)) patterns.set(inner, textOf(own))
  }
  return patterns
}

/** Keys came and went with versions. */
function ruleOf(raw: JsonObject): CleaningRule | undefined {
  const has = (...keys: string[]): boolean => keys.some((key) => raw[key] !== undefined)
  if (has('markup', 'timezone', 'pagination', 'module', 'caches', 'build')) return 'blanks'
  if (has('metadataformat', 'pygmentsoptions', 'pygmentscodefences', 'pygmentsuseclasses', 'blackfriday'))
    return 'each'
  return undefined
}
