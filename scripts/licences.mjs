// THIRD-PARTY.md: every package that a site's build may load, with its licence, from the lockfile. `--check` only says
// whether the file is as it should be; without it the file is written.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const file = join(root, 'THIRD-PARTY.md')

/** Licences that ask for no more than to be named. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** `name` → its licences as SPDX, of all packages that are not for development alone. */
export function runtimeLicences(lock) {
  const packages = new Map()
  for (const [path, { dev, license = 'unknown', link }] of Object.entries(lock.packages)) {
    if (path === '' || dev || link) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    packages.set(name, new Set([...(packages.get(name) ?? []), license]))
  }
  return [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, found]) => [name, [...found].sort().join(', ')])
}

/** May all of an expression be used, or one side of each `OR`? LGPL is met by packages that stay files of their own. */
export function isFine(licence) {
  return licence.split(/ OR /).some((choice) =>
    choice.split(/ AND |, /).every((one) => {
      const plain = one.replace(/[()]/g, '').trim()
      return permissive.has(plain) || /^LGPL-/.test(plain)
    }),
  )
}

export function thirdParty(lock) {
  const rows = runtimeLicences(lock).map(([name, licence]) => `| ${name} | ${licence} |`)
  return `# Third-party packages

What Inkstone loads when it builds a site, and the licence of each; made by \`node scripts/licences.mjs\` from the
lockfile. The text of each licence lies in its package. Nothing of them is in a finished site but KaTeX's style sheet and
fonts, where a site shows formulas.

| package | licence |
|---|---|
${rows.join('\n')}
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const text = thirdParty(lock)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    console.error('THIRD-PARTY.md is old: run node scripts/licences.mjs')
    process.exit(1)
  }
}
