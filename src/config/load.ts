// Loads site.config.{ts,mts,js,mjs,cjs,json} and tells the world what it consists of. The file and the site's own
// modules that it imports become one module, kept in the cache under the hash of its text. `process.env` is
// watched while it runs, because what it read belongs to the world.
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findJsonFault } from '../content/json-text.js'
import type { Disk } from '../engine/disk.js'
import { type Answer, canonical, fingerprint } from '../engine/fingerprint.js'
import { frame, ProblemError, positionAt } from '../errors.js'
import { compileConfig } from './compiled.js'

/** What loading found. `plugins` and the like are still unchecked. */
export interface LoadedConfig {
  /** Relative to the root; '' where the site has no config file. */
  readonly file: string
  readonly text: string
  readonly value: Readonly<Record<string, unknown>>
  /** Absolute path of the compiled module, for workers; '' for none and for JSON. */
  readonly compiled: string
  /** All files that went into it → hash, and what it read of the environment: parts of the world. */
  readonly fingerprint: Answer
  /** Absolute paths of all inputs, for watching and for the quick check. */
  readonly inputs: readonly string[]
  readonly env: Readonly<Record<string, string | null>>
}

const names = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `site.config.${ending}`)

export async function loadConfig(disk: Disk, root: string, cache: string): Promise<LoadedConfig> {
  const file = names.find((name) => disk.stat(join(root, name))?.kind === 'file') ?? ''
  if (file === '')
    return { file, text: '', value: {}, compiled: '', fingerprint: 'none', inputs: [], env: {} }
  const path = join(root, file)
  const text = Buffer.from(disk.read(path)).toString('utf8')
  if (file.endsWith('.json')) {
    const value = objectOf(parseJson(file, text), file)
    return { file, text, value, compiled: '', fingerprint: fingerprint(text), inputs: [path], env: {} }
  }
  const { module: compiled, hash, inputs } = await compileConfig(disk, root, file, cache)
  const { value, env } = await evaluate(disk, compiled, file)
  const packages = inputs.map((input) => [relative(root, input), fingerprint(disk.read(input))])
  return {
    file,
    text,
    value: objectOf(value, file),
    compiled,
    fingerprint: fingerprint(canonical({ code: hash, packages: packages.sort(), env, value: dataOf(value) })),
    inputs,
    env,
  }
}

function parseJson(file: string, text: string): unknown {
  const json = text.replace(/^\ufeff/, '')
  try {
    return JSON.parse(json)
  } catch {
    // What JSON.parse says differs from one Node to the next.
    const { what, offset } = findJsonFault(json) ?? { what: 'this is no JSON', offset: 0 }
    const { line, column } = positionAt(json, offset)
    throw new ProblemError({
      severity: 'error',
      code: 'config/not-json',
      what,
      file,
      line,
      column,
      frame: frame(json, line, column),
    })
  }
}

function objectOf(value: unknown, file: string): Record<string, unknown> {
  // `in` and Object.entries below are all that is done with it.
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new ProblemError({
    severity: 'error',
    code: 'config/no-object',
    what: 'the configuration must be an object',
    file,
    line: 1,
    column: 1,
    found: Array.isArray(value) ? 'a list' : typeof value,
    expected: ["export default { title: '…', baseUrl: 'https://…/' }"],
  })
}

/** What of the value is data; plugins' functions are covered by the hash of their code. */
function dataOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Asked of an environment that a reading put there: what stood there before, once that reading has ended. */
const before = Symbol('before')

/** Where several configurations are read at once, whoever ends last must leave nothing of the others behind. */
function lastLive(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const earlier: unknown = Reflect.get(env, before)
  // What the reading that put it there found in `process.env`.
  return typeof earlier === 'object' && earlier !== null ? lastLive(earlier as NodeJS.ProcessEnv) : env
}

/**
 * Runs the compiled module and watches which environment values it reads. Node keeps modules: the address holds
 * a hash of the environment, so that a changed value is seen in the same process too, and the names once read
 * are kept beside the module, because a module that is not run again reads nothing.
 */
async function evaluate(
  disk: Disk,
  compiled: string,
  file: string,
): Promise<{ value: unknown; env: Record<string, string | null> }> {
  const real = process.env
  const namesFile = `${compiled}.env.json`
  const kept: unknown = disk.stat(namesFile)
    ? JSON.parse(Buffer.from(disk.read(namesFile)).toString('utf8'))
    : []
  const names = new Set<string>(Array.isArray(kept) ? kept.map(String) : [])
  const known = names.size
  let isOver = false
  const watch = (name: string | symbol): void => {
    if (typeof name === 'string') names.add(name)
  }
  const watched = new Proxy(real, {
    get(target, name) {
      if (name === before) return isOver ? target : undefined
      watch(name)
      return Reflect.get(target, name)
    },
    has(target, name) {
      watch(name)
      return Reflect.has(target, name)
    },
    ownKeys(target) {
      const keys = Reflect.ownKeys(target)
      keys.forEach(watch)
      return keys
    },
  })
  process.env = watched
  try {
    const address = `${pathToFileURL(compiled).href}?env=${fingerprint(canonical({ ...real }))}`
    const module: unknown = await import(address)
    const value =
      typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined
    if (names.size > known) disk.write(namesFile, JSON.stringify([...names].sort()))
    return { value, env: Object.fromEntries([...names].sort().map((name) => [name, real[name] ?? null])) }
  } catch (error) {
    throw new ProblemError({
      severity: 'error',
      code: 'config/fails',
      what: `the configuration threw: ${messageOf(error)}`,
      file,
      line: 1,
      column: 1,
    })
  } finally {
    isOver = true
    if (process.env === watched) process.env = lastLive(real)
  }
}
