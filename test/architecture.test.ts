import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'

// Imports go down or sideways within a folder, never up. Type imports obey the same rule, with one
// exception: `site/types.ts` names the table of contents, which floor 4 makes.
const floors = [
  'ground',
  'engine',
  'content',
  'site',
  'images',
  'cards',
  'markdown',
  'search',
  'assets',
  'pages',
  'render',
  'output',
  'top',
]
const ground = new Set([
  'src/json.ts',
  'src/errors.ts',
  'src/urls.ts',
  'src/package.ts',
  'src/compile.ts',
  'src/config/types.ts',
  // It knows nothing but bytes and JSON, and what lies below the engine needs hashes as well.
  'src/engine/fingerprint.ts',
])
const exceptions = new Set(['src/site/types.ts -> src/markdown/types.ts'])

function floorOf(path: string): string {
  if (ground.has(path) || path.startsWith('src/text/')) return 'ground'
  const folder = path.split('/')[1] ?? ''
  return floors.includes(folder) ? folder : 'top'
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) =>
    normalize(join(dirname(path), target ?? ''))
      .replaceAll('\\', '/')
      .replace(/\.js$/, '.ts'),
  )
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => join('src', name).replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .sort()

test('no file imports from a floor above its own', () => {
  const upward: string[] = []
  for (const path of sources)
    for (const target of importsOf(path)) {
      if (!target.startsWith('src/') || exceptions.has(`${path} -> ${target}`)) continue
      const from = floors.indexOf(floorOf(path))
      const to = floors.indexOf(floorOf(target))
      // The ground knows only types of the floors above it (urls.ts speaks of Url).
      if (to > from && !(floorOf(path) === 'ground' && target === 'src/content/types.ts'))
        upward.push(`${path} -> ${target}`)
    }
  assert.deepEqual(upward, [])
})

test('the engine knows nothing of blogs', () => {
  const strangers = sources
    .filter((path) => path.startsWith('src/engine/'))
    .flatMap((path) =>
      importsOf(path)
        .filter((target) => target.startsWith('src/') && !/^src\/(engine\/|json|errors)/.test(target))
        .map((target) => `${path} -> ${target}`),
    )
  assert.deepEqual(strangers, [])
})

test('no source file is longer than 250 lines', () => {
  assert.deepEqual(
    sources.filter((path) => readFileSync(path, 'utf8').split('\n').length > 251),
    [],
  )
})
