// DEPENDENCIES.md and THIRD-PARTY.md say what is true: every package with its reason, behind the files named there and no
// others; every licence known and one that asks for no more than to be named.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const packages = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).sort()

const rows = new Map(
  [...readFileSync('DEPENDENCIES.md', 'utf8').matchAll(/^\| ([^|]+) \| (src\/[^|]+) \| ([^|]+) \|$/gm)].map(
    ([, name = '', files = '', why = '']) => [name, { files: files.split(', '), why }],
  ),
)
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .map(
    (path) => [path, readFileSync(path, 'utf8').replace(/^import type [^;]*?from '[^']*'$/gm, '')] as const,
  )

/** Files that name the package as a module: by an import, or by a string that is imported later. */
function usersOf(name: string): string[] {
  const quoted = name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const use = new RegExp(
    `(?:from|import|import\\(|requirePackage\\(|require\\(|const \\w+ =)\\s*'${quoted}(?:/[^']*)?'`,
  )
  return sources.flatMap(([path, text]) => (use.test(text) ? [path] : []))
}

test('every dependency has its row in DEPENDENCIES.md, and no row is about another', () => {
  assert.deepEqual([...rows.keys()].sort(), packages)
})

test('every dependency is imported by exactly the files that DEPENDENCIES.md names', () => {
  for (const name of packages)
    assert.deepEqual(usersOf(name).sort(), [...(rows.get(name)?.files ?? [])].sort(), name)
})

test('THIRD-PARTY.md is what the lockfile says, and every licence in it may be used', async () => {
  const { isFine, runtimeLicences, thirdParty } = await import(pathToFileURL('scripts/licences.mjs').href)
  assert.equal(readFileSync('THIRD-PARTY.md', 'utf8'), thirdParty(lock), 'run node scripts/licences.mjs')
  for (const [name, licence] of runtimeLicences(lock)) assert.ok(isFine(licence), `${name}: ${licence}`)
})

test('nothing of ours runs when Inkstone is installed as a package', () => {
  // `prepare` runs in a checkout alone.
  for (const script of ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'postprepare'])
    assert.equal(manifest.scripts[script], undefined, script)
})

test('of all packages that a build may load, esbuild alone brings an install script', () => {
  const scripted = Object.entries<{ dev?: boolean; hasInstallScript?: boolean }>(lock.packages)
    .filter(([, { dev, hasInstallScript }]) => hasInstallScript && !dev)
    .map(([path]) => path)
  assert.deepEqual(scripted, ['node_modules/esbuild'])
})
