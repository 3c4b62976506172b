// The author's own programs (site.config.ts, a project's walkthrough.ts) as one module that Node can run.
// esbuild's traps: packages stay outside and are imported by absolute path, because the compiled file may lie
// anywhere; 'inkstone' is this very program, also where there is no node_modules; Node 20 runs no TypeScript.
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildFailure, BuildOptions, Plugin as EsbuildPlugin, Message } from 'esbuild'
import { frame, type Problem, ProblemError, type Severity } from './errors.js'
import { codeFolder } from './package.js'

export interface Compiled {
  readonly code: string
  /** Absolute paths of all that went in, packages' entry files included, sorted. */
  readonly inputs: readonly string[]
}

/**
 * Compiles `file` (relative to `root`) with the site's own modules that it imports; plugins of `own` come before ours.
 * Throws a ProblemError with file, line and column for syntax errors and missing imports.
 */
export async function compileModule(
  root: string,
  file: string,
  own: Pick<BuildOptions, 'plugins' | 'tsconfigRaw'> = {},
): Promise<Compiled> {
  const { build } = await import('esbuild')
  const outside = new Set<string>()
  try {
    const result = await build({
      absWorkingDir: resolve(root),
      entryPoints: [resolve(root, file)],
      ...(own.tsconfigRaw !== undefined && { tsconfigRaw: own.tsconfigRaw }),
      bundle: true,
      format: 'esm',
      platform: 'node',
      // Node's own conditions and nothing else: bundlers' `module` is not for it.
      conditions: [],
      target: 'node20',
      write: false,
      metafile: true,
      logLevel: 'silent',
      // import.meta.url and __dirname must speak of the source, not of the cache.
      define: {
        'import.meta.url': JSON.stringify(pathToFileURL(join(root, file)).href),
        __dirname: JSON.stringify(resolve(root)),
      },
      plugins: [...(own.plugins ?? []), packagesStayOutside(outside)],
    })
    const inputs = Object.keys(result.metafile.inputs).map((input) => resolve(root, input))
    return { code: result.outputFiles[0]?.text ?? '', inputs: [...inputs, ...outside].sort() }
  } catch (error) {
    throw new ProblemError(...problemsOfBundling(error, file))
  }
}

/** Lets the bundler do the least it can: it starts, a process of its own. Throws esbuild's error where its program does not fit this machine. */
export async function tryBundler(): Promise<void> {
  const { transform } = await import('esbuild')
  await transform('')
}

function packagesStayOutside(outside: Set<string>): EsbuildPlugin {
  return {
    name: 'packages-stay-outside',
    setup(build) {
      build.onResolve({ filter: /^inkstone$/ }, () => ({
        path: pathToFileURL(join(codeFolder, 'index.js')).href,
        external: true,
      }))
      build.onResolve({ filter: /^[^./]/ }, async (args) => {
        if (args.pluginData === 'asked' || args.kind === 'entry-point' || args.path.startsWith('node:'))
          return undefined
        const { resolveDir, kind, importer } = args
        const found = await build.resolve(args.path, { resolveDir, kind, importer, pluginData: 'asked' })
        if (found.errors.length > 0 || found.external || !found.path.includes('node_modules')) return found
        outside.add(found.path)
        return { path: pathToFileURL(found.path).href, external: true }
      })
    },
  }
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors)

/** esbuild's errors as Problems; `file` names the entry where an error has no place of its own. */
export function problemsOfBundling(
  error: unknown,
  file: string,
  nameOf: (file: string) => string = (name) => name,
): Problem[] {
  if (isBuildFailure(error)) return problemsOfMessages(error.errors, 'error', file, nameOf)
  const what = error instanceof Error ? error.message : String(error)
  return [{ severity: 'error', code: 'bundle/fails', what, file }]
}

/** The same for messages of one kind. esbuild counts columns and lengths in bytes, Problems in UTF-16 units. */
export function problemsOfMessages(
  messages: readonly Message[],
  severity: Severity,
  file: string,
  nameOf: (file: string) => string = (name) => name,
): Problem[] {
  return messages.map(({ text, location }) => {
    const problem = { severity, code: severity === 'error' ? 'bundle/fails' : 'bundle/warns', what: text }
    if (!location) return { ...problem, file }
    const { line, lineText } = location
    const bytes = Buffer.from(lineText)
    const units = (count: number): number => bytes.subarray(0, count).toString().length
    const column = units(location.column) + 1
    const length = units(location.column + location.length) + 1 - column
    const shown = frame(`${'\n'.repeat(line - 1)}${lineText}`, line, column, length)
    return { ...problem, file: nameOf(location.file), line, column, frame: shown }
  })
}
