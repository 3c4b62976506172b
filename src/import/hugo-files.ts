// Hugo's files: which are documents, whose bundle they belong to, which sections hold posts, and where all of it goes.
import { parseDate } from '../content/dates.js'
import type { JsonObject } from '../json.js'
import type { ReadDocument } from './frontmatter.js'
import type { HugoConfig } from './hugo-config.js'
import { textOf } from './types.js'

/** One file of content with what its place says of it. */
export interface HugoFile {
  readonly path: string
  /** Below content/, without language. */
  readonly folders: readonly string[]
  readonly name: string
  readonly bundle: boolean
  /** '' for the default language. */
  readonly language: string
  /** `_index.md` */
  readonly list: boolean
}

const markdownFile = /\.(?:md|markdown|mdown|mkd|mmark|html?|org|adoc|asciidoc|rst|pandoc|pdc)$/i

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

export function insideBundle(path: string, bundles: ReadonlySet<string>): boolean {
  for (let folder = folderOf(path); folder.includes('/'); folder = folderOf(folder))
    if (bundles.has(folder)) return true
  return false
}

/** Documents below content/ and below the folders of other languages. */
export function contentFiles(paths: readonly string[], config: HugoConfig): HugoFile[] {
  const roots = [
    ...[...config.languages].flatMap(([language, { folder }]) =>
      folder === '' ? [] : [{ folder, language }],
    ),
    { folder: config.contentFolder, language: '' },
  ]
  return paths.flatMap((path): HugoFile[] => {
    const root = roots.find(({ folder }) => path.startsWith(`${folder}/`))
    if (!root || !markdownFile.test(path)) return []
    const folders = path.slice(root.folder.length + 1).split('/')
    const file = (folders.pop() ?? '').replace(/\.[^.]+$/, '')
    const [, stem = file, code = ''] = /^(.*)\.([A-Za-z]{2}(?:-[A-Za-z]+)?)$/.exec(file) ?? []
    const isOther = config.languages.has(code.toLowerCase())
    const isDefault = code.toLowerCase() === config.defaultLanguage && code !== ''
    const base = (isOther || isDefault ? stem : file).trim()
    const language = isDefault ? '' : isOther ? code.toLowerCase() : root.language
    const bundle = base === 'index' && folders.length > 0
    const name = bundle ? (folders.pop() ?? '') : base
    return [{ path, folders, name, bundle, language, list: base === '_index' }]
  })
}

export function dateOf(file: HugoFile, fields: JsonObject, config: HugoConfig, zone: string): string | null {
  const usual = ['date', 'publishdate', 'pubdate', 'published', 'lastmod', 'modified']
  const order = config.dateFrom.length === 0 ? [':default'] : config.dateFrom
  for (const key of order.flatMap((name) => (name === ':default' ? usual : [name]))) {
    const typed =
      key === ':filename' ? (/^\d{4}-\d\d-\d\d/.exec(file.name)?.[0] ?? '') : fields[key.toLowerCase()]
    const date = parseDate(typed, zone)
    if (date !== null) return date
  }
  return null
}

/** Sections whose pages are posts: named by the theme's parameter, or mostly dated. */
export function postSections(
  pages: readonly HugoFile[],
  documentOf: (file: HugoFile) => ReadDocument,
  config: HugoConfig,
): Set<string> {
  const counts = new Map<string, { dated: number; all: number }>()
  for (const file of pages) {
    if (file.list) continue
    const section = file.folders[0] ?? ''
    const count = counts.get(section) ?? { dated: 0, all: 0 }
    const { fields } = documentOf(file)
    const isPage = /^(?:page|fixed|about)$/i.test(textOf(fields['type']))
    counts.set(section, {
      all: count.all + 1,
      dated: count.dated + (textOf(fields['date']) !== '' && !isPage ? 1 : 0),
    })
  }
  const posts = [...counts].filter(
    ([section, { dated, all }]) =>
      section === 'post' ||
      section === 'posts' ||
      config.mainSections.includes(section) ||
      (section !== '' && !/^(?:pages?|fixed|about|projects?)$/i.test(section) && dated * 2 >= all),
  )
  // A site without sections keeps its posts at the root.
  const root = counts.get('')
  if (posts.length === 0 && root && root.dated > 1) return new Set([''])
  return new Set(posts.map(([section]) => section))
}

/** Section → folder of its posts here; a single section needs no folder of its own. */
export function foldersOfPosts(sections: ReadonlySet<string>): Map<string, string> {
  return new Map(
    [...sections].map((section) => [
      section,
      sections.size === 1 || section === 'post' || section === 'posts' || section === ''
        ? 'posts'
        : `posts/${section}`,
    ]),
  )
}

export function newId(file: HugoFile, sections: ReadonlySet<string>): string {
  const section = file.folders[0] ?? ''
  const folder = foldersOfPosts(sections).get(section)
  const inside = folder === undefined ? file.folders : [folder, ...file.folders.slice(1)]
  const language = file.language === '' ? '' : `.${file.language}`
  const own = section === '' && folder === undefined ? [] : inside
  // The text of a list of posts is a page and no post among them.
  if (file.list)
    return folder === undefined
      ? [...own, `index${language}.md`].join('/')
      : `${file.folders.join('/')}${language}.md`
  const extension = '.md'
  return file.bundle
    ? [...own, file.name, `index${language}${extension}`].join('/')
    : [...own, `${file.name}${language}${extension}`].join('/')
}

export function copyBundle(
  paths: readonly string[],
  index: string,
  id: string,
  copies: Map<string, string>,
): void {
  const from = folderOf(index)
  const to = `content/${folderOf(id)}`
  for (const path of paths)
    if (path.startsWith(`${from}/`) && !markdownFile.test(path))
      copies.set(path, `${to}/${path.slice(from.length + 1)}`)
}

export function copyStatic(
  paths: readonly string[],
  config: HugoConfig,
  all: readonly HugoFile[],
  bundles: ReadonlySet<string>,
  copies: Map<string, string>,
): void {
  const known = new Set(all.map(({ path }) => path))
  for (const path of paths) {
    const folder = config.staticFolders.find((name) => path.startsWith(`${name}/`))
    if (folder !== undefined) copies.set(path, `public/${path.slice(folder.length + 1)}`)
    // Files beside pages are published at their section's address.
    else if (
      path.startsWith(`${config.contentFolder}/`) &&
      !known.has(path) &&
      !copies.has(path) &&
      !insideBundle(path, bundles) &&
      !/\.(?:tmp|bak|Rmd|gmi)$/i.test(path)
    )
      copies.set(path, `public/${path.slice(config.contentFolder.length + 1)}`)
    else if (path.startsWith('data/')) copies.set(path, path)
  }
}
