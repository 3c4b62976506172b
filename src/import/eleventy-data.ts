// What Eleventy's configuration and data files say without being run: folders, the site's own data, copied files.

import { posix } from 'node:path'
import type { Json, JsonObject } from '../json.js'
import { parseConfig } from './config-file.js'
import type { SourceFiles } from './types.js'

export const configNames = [
  'eleventy.config.js',
  'eleventy.config.mjs',
  'eleventy.config.cjs',
  '.eleventy.js',
  'eleventy.config.ts',
]

const configText = (files: SourceFiles): string =>
  configNames.map((name) => files.text(name) ?? '').join('\n')

const folderName = (typed: string): string => {
  const folder = typed.replace(/^\.?\//, '').replace(/\/$/, '')
  return folder === '' || folder === '.' ? '' : `${folder}/`
}

/** `dir: { input: "src" }` as most configurations write it. */
export function inputFolder(files: SourceFiles): string {
  const text = configText(files)
  return folderName(
    /\binput\s*:\s*["'`]([^"'`]+)["'`]/.exec(text)?.[1] ??
      /setInputDirectory\(\s*["'`]([^"'`]+)/.exec(text)?.[1] ??
      '',
  )
}

/** Folders below the input that hold no pages: `_data/`, `_includes/`, `_layouts/`, whatever their names. */
export function otherFolders(files: SourceFiles): { data: string; includes: string; layouts: string } {
  const text = configText(files)
  const named = (key: string, setter: string, usual: string): string =>
    folderName(
      new RegExp(`\\b${key}\\s*:\\s*["'\`]([^"'\`]+)["'\`]`).exec(text)?.[1] ??
        new RegExp(`${setter}\\(\\s*["'\`]([^"'\`]+)`).exec(text)?.[1] ??
        usual,
    )
  return {
    data: named('data', 'setDataDirectory', '_data'),
    includes: named('includes', 'setIncludesDirectory', '_includes'),
    layouts: named('layouts', 'setLayoutsDirectory', '_layouts'),
  }
}

/** `/blog/` where the site lies below its host; '' for none. */
export function pathPrefix(files: SourceFiles): string {
  const typed = /\bpathPrefix\s*:\s*["'`]([^"'`]+)["'`]/.exec(configText(files))?.[1] ?? ''
  const inner = typed.replace(/^\/+|\/+$/g, '')
  return inner === '' ? '' : `/${inner}/`
}

/** `_data/site.json`, `_data/metadata.json` … with the name that templates call it by. */
export function siteData(files: SourceFiles, input: string): { name: string; data: JsonObject } {
  const { data: folder } = otherFolders(files)
  const names = ['site', 'metadata', 'meta', 'config', 'site.config'].flatMap((name) => [
    `${input}${folder}${name}.json`,
    `${folder}${name}.json`,
  ])
  const called = (file: string): string => posix.basename(file).replace(/\.\w+$/, '')
  const found = names.find((name) => files.has(name))
  if (found !== undefined)
    return { name: called(found), data: parseConfig(files.text(found) ?? '', found).value }
  const script = names
    .flatMap((name) => ['.js', '.cjs', '.mjs'].map((end) => name.replace(/\.json$/, end)))
    .find((name) => files.has(name))
  return script === undefined
    ? { name: '', data: {} }
    : { name: called(script), data: exported(files.text(script) ?? '').data }
}

/** What a module of data exports, where that is plain; of a program its plain texts are all that is wanted. */
export function exported(text: string): { data: JsonObject; isWhole: boolean } {
  const object = /(?:module\.exports\s*=|export\s+default)\s*(\{[\s\S]*\})\s*;?\s*$/.exec(text)?.[1]
  const plain = object?.replace(/^\s*\/\/.*$/gm, '').replace(/\t/g, '  ')
  // An object of plain values is YAML's flow notation as well.
  const { value, notes } = parseConfig(plain ?? '', 'x.yml')
  if (plain !== undefined && notes.length === 0) return { data: value, isWhole: true }
  const data: Record<string, Json> = {}
  for (const [, key = '', quoted = ''] of text.matchAll(/^\s*["']?(\w+)["']?\s*:\s*["'`]([^"'`\n]*)["'`]/gm))
    data[key] ??= quoted
  return { data, isWhole: false }
}

/** `posts/posts.json`, `posts/hello.json`: nearer files win. */
export function directoryData(
  files: SourceFiles,
  path: string,
  input: string,
  program: (file: string) => void,
): JsonObject {
  const folders = posix
    .dirname(path.slice(input.length))
    .split('/')
    .filter((part) => part !== '.')
  const stem = path.replace(/\.[^.]+$/, '')
  const names = folders.map((folder, i) => `${input}${folders.slice(0, i + 1).join('/')}/${folder}`)
  const result: Record<string, Json> = {}
  for (const name of [...names, stem])
    for (const ending of ['.json', '.11tydata.json', '.11tydata.js', '.11tydata.cjs', '.11tydata.mjs']) {
      const text = files.text(name + ending)
      if (text === undefined) continue
      const isJson = ending.endsWith('.json')
      const { data, isWhole } = isJson
        ? { data: parseConfig(text, `${name}.json`).value, isWhole: true }
        : exported(text)
      if (!isWhole) program(name + ending)
      for (const [key, value = null] of Object.entries(data))
        if (name !== stem || key !== 'comments') result[key.toLowerCase()] = value
    }
  return result
}

/** `addPassthroughCopy("img")` and `{ "public": "/" }`, and files beside posts. */
export function passthrough(files: SourceFiles, input: string): [string, string][] {
  const text = configText(files)
  const rules: [string, string][] = []
  for (const [, from = ''] of text.matchAll(/addPassthroughCopy\(\s*["'`]([^"'`*]+)/g))
    rules.push([from, from.startsWith(input) ? from.slice(input.length) : from])
  for (const [, object = ''] of text.matchAll(/addPassthroughCopy\(\s*\{([^}]*)\}/g))
    for (const [, from = '', to = ''] of object.matchAll(
      /["'`]([^"'`*]+)[^"'`]*["'`]\s*:\s*["'`]([^"'`]*)["'`]/g,
    ))
      rules.push([from, to])
  const clean = (path: string): string => path.replace(/^\.?\//, '').replace(/\/$/, '')
  return rules.flatMap(([from, to]) =>
    files.paths
      .filter((path) => path === clean(from) || path.startsWith(`${clean(from)}/`))
      .map((path): [string, string] => [
        path,
        posix.join(clean(to), path.slice(clean(from).length)).replace(/^\//, ''),
      ]),
  )
}
