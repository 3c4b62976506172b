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

/** `dir: { input: "src" }` as most configurations write it. */
export function inputFolder(files: SourceFiles): string {
  const text = configNames.map((name) => files.text(name) ?? '').join('\n')
  const input =
    /\binput\s*:\s*["'`]([^"'`]+)["'`]/.exec(text)?.[1] ??
    /setInputDirectory\(\s*["'`]([^"'`]+)/.exec(text)?.[1] ??
    ''
  const folder = input.replace(/^\.?\//, '').replace(/\/$/, '')
  return folder === '' || folder === '.' ? '' : `${folder}/`
}

/** `_data/site.json`, `_data/metadata.json` … */
export function siteData(files: SourceFiles, input: string): JsonObject {
  const names = ['site', 'metadata', 'meta', 'config', 'site.config'].flatMap((name) => [
    `${input}_data/${name}.json`,
    `_data/${name}.json`,
  ])
  const found = names.find((name) => files.has(name))
  if (found !== undefined) return parseConfig(files.text(found) ?? '', found).value
  // A module of data: its plain texts are all that is wanted.
  const script = names.map((name) => name.replace(/\.json$/, '.js')).find((name) => files.has(name))
  const result: Record<string, Json> = {}
  for (const [, key = '', value = ''] of (files.text(script ?? '') ?? '').matchAll(
    /^\s*["']?(\w+)["']?\s*:\s*["'`]([^"'`\n]*)["'`]/gm,
  ))
    result[key] ??= value
  return result
}

/** `posts/posts.json`, `posts/hello.json`: nearer files win. */
export function directoryData(files: SourceFiles, path: string, input: string): JsonObject {
  const folders = posix
    .dirname(path.slice(input.length))
    .split('/')
    .filter((part) => part !== '.')
  const stem = path.replace(/\.[^.]+$/, '')
  const names = folders.map((folder, i) => `${input}${folders.slice(0, i + 1).join('/')}/${folder}`)
  const result: Record<string, Json> = {}
  for (const name of [...names, stem])
    for (const ending of ['.json', '.11tydata.json']) {
      const text = files.text(name + ending)
      if (text === undefined) continue
      for (const [key, value = null] of Object.entries(parseConfig(text, `${name}.json`).value))
        if (name !== stem || key !== 'comments') result[key.toLowerCase()] = value
    }
  return result
}

/** `addPassthroughCopy("img")` and `{ "public": "/" }`, and files beside posts. */
export function passthrough(files: SourceFiles, input: string): [string, string][] {
  const text = configNames.map((name) => files.text(name) ?? '').join('\n')
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
