// Bundles src/ into lib/: what `prepare` runs, what is published, and what bin/inkstone.mjs calls on first use.
// One ES module per entry with shared chunks; pure packages go in (a start from node_modules costs 150 ms more),
// packages with binaries stay out. The stamp says which sources lib/ was made from.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Hash of everything that lib/ is made from. */
export function sourceStamp() {
  const names = readdirSync(join(root, 'src'), { recursive: true })
    .map((name) => join('src', String(name)))
    .filter((name) => name.endsWith('.ts'))
    .sort()
  const hash = createHash('sha256')
  // What the build and the reader's browser share lies with the browser's code.
  const shared = join('layouts', 'scripts', 'search-terms.ts')
  for (const name of ['package.json', join('scripts', 'bundle.mjs'), shared, ...names])
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(root, name)))
      .update('\0')
  return hash.digest('hex').slice(0, 32)
}

/** Hash of the bundle itself, packages included: which program it is. */
function codeStamp(folder) {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort())
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(folder, name)))
      .update('\0')
  return hash.digest('hex').slice(0, 32)
}

/**
 * lowlight's index names the common grammars and all of them: by it both would land in one chunk of 1.5 MB, which every build
 * would load for the sake of a third of it.
 */
const grammars = {
  name: 'grammars',
  setup({ onResolve, onLoad }) {
    const lib = join(dirname(createRequire(import.meta.url).resolve('lowlight')), 'lib')
    onResolve({ filter: /^lowlight$/ }, ({ importer }) =>
      importer.endsWith('rare-languages.ts')
        ? { path: 'all', namespace: 'lowlight' }
        : { path: 'common', namespace: 'lowlight' },
    )
    onLoad({ filter: /.*/, namespace: 'lowlight' }, ({ path }) => ({
      contents:
        path === 'all'
          ? "export { grammars as all } from './all.js'"
          : "export { grammars as common } from './common.js'; export { createLowlight } from './index.js'",
      resolveDir: lib,
    }))
  },
}

/**
 * js-yaml 3 looks for a parser of JavaScript when it is loaded, for a type that its safe schema, the only one in use, does not
 * have: 20 ms for nothing.
 */
const noFunctionsInYaml = {
  name: 'no-functions-in-yaml',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]js-yaml[\\/]type[\\/]js[\\/]function\.js$/ }, ({ path }) => ({
      contents: `const Type = require('../../type')
        module.exports = new Type('tag:yaml.org,2002:js/function', { kind: 'scalar', resolve: () => false })`,
      resolveDir: dirname(path),
    }))
  },
}

/**
 * satteri is optional, and the sources name it so that no compiler looks for it. Here it is put in where it is installed: of its
 * thirty files most are for other uses, and a build waits 20 ms for them. Its binary stays a package of its own. Where
 * that is not found from here, as behind a strict package manager, the package itself is asked.
 */
const fastParser = {
  name: 'fast-parser',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]markdown[\\/]fast-parse\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const contents = text.replace(
        'import(packageName)',
        `import('satteri').catch(() => import(packageName))`,
      )
      if (contents === text) throw new Error('fast-parse.ts no longer says import(packageName)')
      return { contents, loader: 'ts' }
    })
  },
}

export const stampFile = join(root, 'lib', 'stamp')

export async function bundle() {
  const { build } = await import('esbuild')
  const stamp = sourceStamp()
  // Made beside it and renamed: a second process never sees half a bundle.
  const made = join(root, `lib.${process.pid}`)
  rmSync(made, { recursive: true, force: true })
  mkdirSync(made)
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli.ts', 'src/index.ts', 'src/worker.ts', 'src/writer.ts'],
    outdir: made,
    entryNames: '[name]',
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: [
      'esbuild',
      'sharp',
      'shiki',
      'fsevents',
      'chokidar',
      'jsonc-parser',
      'pinyin-pro',
      'opencc-js',
      'subset-font',
      'fontverter',
      'harfbuzzjs',
    ],
    // CommonJS packages inside an ES module need a `require` for Node's own modules.
    banner: {
      js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);",
    },
    plugins: [grammars, noFunctionsInYaml, fastParser],
    logLevel: 'warning',
    legalComments: 'linked',
  }).catch((error) => {
    rmSync(made, { recursive: true, force: true })
    throw error
  })
  writeFileSync(join(made, 'stamp'), stamp)
  writeFileSync(join(made, 'code'), codeStamp(made))
  const lib = join(root, 'lib')
  // Types are made by `prepare`; a bundle made again on use keeps those that are there.
  const types = join(lib, 'types')
  if (existsSync(types)) cpSync(types, join(made, 'types'), { recursive: true })
  const old = join(root, `lib.${process.pid}.old`)
  // Another process may do the same at this moment: whoever finds a lib/ in the way moves it aside once more.
  for (let tries = 3; ; tries--) {
    try {
      if (existsSync(lib)) renameSync(lib, old)
      renameSync(made, lib)
      break
    } catch (error) {
      if (tries === 0) throw error
    }
    rmSync(old, { recursive: true, force: true })
  }
  rmSync(old, { recursive: true, force: true })
}

/** Declarations for `import … from 'inkstone'`; the compiler is there in a checkout only. */
function makeTypes() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  if (!existsSync(tsc)) return
  rmSync(join(root, 'lib', 'types'), { recursive: true, force: true })
  const done = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.types.json')], {
    stdio: 'inherit',
  })
  if (done.status !== 0) process.exitCode = 1
}

// As `prepare`; what is published has no sources and is left as it is.
if (process.argv[1] === fileURLToPath(import.meta.url) && existsSync(join(root, 'src', 'cli.ts'))) {
  await bundle()
  makeTypes()
}
