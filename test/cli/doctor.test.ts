import assert from 'node:assert/strict'
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { config, makeFolder, post } from './site.js'

// `doctor`, on the machine that runs the tests.

const site = { 'site.config.json': config, 'content/posts/a.md': post('甲', '2024-01-01') }

interface Told {
  readonly ok: boolean
  readonly findings: readonly Readonly<Record<string, string>>[]
}

test('doctor tells what is fine in short lines, changes nothing, and exits with 0', (t) => {
  const folder = makeFolder(t, site)
  const { code, out, err } = folder.run('doctor')
  assert.equal(err, '')
  assert.equal(code, 0, out)
  assert.match(out, /^ok {2}Node\.js \d/m)
  assert.match(out, /^ok {2}configuration: site\.config\.json, https:\/\/example\.org\/$/m)
  assert.deepEqual(
    folder.files(),
    Object.keys(site)
      .sort((a, b) => (a < b ? -1 : 1))
      .reverse()
      .sort(),
  )
})

test('after a build the cache is sound; a damaged one, a file of the future and another site are warnings', (t) => {
  const folder = makeFolder(t, site)
  folder.build()
  assert.match(folder.run('doctor').out, /^ok {2}cache: .*, sound$/m)
  folder.write('.inkstone/state', 'nonsense')
  const later = new Date(Date.now() + 864e5)
  folder.write('content/posts/b.md', post('乙', '2024-01-02'))
  folder.write('content/posts/c.md', post('丙', '2024-01-03'))
  utimesSync(join(folder.path, 'content/posts/b.md'), later, later)
  const { code, out } = folder.run('doctor', '--json')
  const told = JSON.parse(out) as Told
  assert.deepEqual([code, told.ok], [0, true])
  const codes = told.findings.map((found) => found['code'])
  assert.ok(codes.includes('doctor/cache-damaged') && codes.includes('doctor/future-files'), out)
  assert.ok(told.findings.every((found) => found['ok'] || (found['what'] && found['why'] && found['fix'])))
})

test('what breaks a build exits with 1', (t) => {
  const folder = makeFolder(t, { ...site, 'site.config.json': '{ "titel": 1 }' })
  const { code, out } = folder.run('doctor')
  assert.equal(code, 1)
  assert.match(out, /^site\.config\.json:1:4 {2}error {2}config\//m)
  assert.match(out, /: a build fails here\n$/)
})
