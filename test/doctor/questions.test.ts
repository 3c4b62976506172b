// Every finding of `inkstone doctor`, each on a machine that has nothing else wrong.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cacheHealth } from '../../src/doctor/cache.js'
import { clock } from '../../src/doctor/clock.js'
import { configuration } from '../../src/doctor/configuration.js'
import { examine, isIll } from '../../src/doctor/examine.js'
import { history } from '../../src/doctor/history.js'
import { letterCase } from '../../src/doctor/letter-case.js'
import { locks } from '../../src/doctor/locks.js'
import { compareVersions, nodeVersion } from '../../src/doctor/node.js'
import { packages } from '../../src/doctor/packages.js'
import { permissions } from '../../src/doctor/permissions.js'
import { room } from '../../src/doctor/room.js'
import { showFindings, summary } from '../../src/doctor/show.js'
import { timezone } from '../../src/doctor/timezone.js'
import { watches } from '../../src/doctor/watches.js'
import type { Disk } from '../../src/engine/disk.js'
import { takeLock } from '../../src/engine/lock.js'
import { prepareState } from '../../src/engine/state.js'
import { openStore } from '../../src/engine/store.js'
import { ask, brief, configOf, machine, now, patient, siteDisk } from './false-machine.js'

test('on a sound machine every answer is a short ok', async () => {
  const findings = await examine(patient, machine())
  assert.deepEqual(
    brief(findings).filter((line) => !line.startsWith('ok ')),
    [],
  )
  assert.ok(brief(findings).every((line) => line.length < 80))
  assert.equal(isIll(findings), false)
  assert.equal(summary(findings), 'Nothing is wrong')
})

test('a Node.js older than engines breaks builds', async () => {
  assert.deepEqual(await ask(nodeVersion, {}, { node: '18.20.1' }), ['error doctor/node'])
  assert.deepEqual(await ask(nodeVersion, {}, { node: '20.9.0' }), ['error doctor/node'])
  assert.deepEqual(await ask(nodeVersion, {}, { node: '20.19.0' }), ['ok Node.js 20.19.0'])
  assert.deepEqual(await ask(nodeVersion, {}, { node: '26.0.0-nightly' }), ['ok Node.js 26.0.0-nightly'])
  assert.ok(compareVersions('20.19', '20.19.0') === 0)
})

test('a configuration that cannot be used, and none', async () => {
  const problem = { severity: 'error', code: 'config/unknown-key', what: 'no such key' } as const
  assert.deepEqual(await ask(configuration, { configProblems: [problem], config: undefined }, {}), [
    'error config/unknown-key',
  ])
  assert.deepEqual(await ask(configuration, { configFile: '' }, {}), ['warning doctor/no-config'])
})

test('a cache of this version, of another, damaged, cut and flipped', async () => {
  const disk = siteDisk()
  const folder = patient.cache
  const world = { hash: 'w', parts: { inkstone: 'a', 'Node.js': 'b' } }
  const store = openStore({ disk, folder, world, fresh: true })
  const bytes = Buffer.from('kept')
  const entry = { bytes, hash: (await import('../../src/engine/fingerprint.js')).fingerprint(bytes) }
  const ref = store.pack.append(entry)
  store.save(new Map([['page:/', { version: '1', reads: [], parts: { text: ref } }]]), {
    isOfOneMoment: true,
    reasons: {},
  })
  const told = () => ask(cacheHealth, {}, { disk })
  const [sound = ''] = await told()
  assert.match(sound, /^ok cache: .*, sound$/)

  const [other = ''] = await ask(cacheHealth, { worldParts: { ...world.parts, inkstone: 'c' } }, { disk })
  assert.match(other, /^ok cache: .*changed since: inkstone, so the next build makes everything anew$/)

  const pack = `${folder}/pack-1`
  const whole = Buffer.from(disk.read(pack))
  disk.write(pack, 'kepT')
  assert.deepEqual(await told(), ['warning doctor/cache-damaged'])
  disk.write(pack, whole.subarray(0, 2))
  assert.deepEqual(await told(), ['warning doctor/cache-damaged'])
  assert.equal(Buffer.from(disk.read(pack)).length, 2, 'looking changes nothing')
  disk.write(`${folder}/state`, 'nonsense')
  assert.deepEqual(await told(), ['warning doctor/cache-damaged'])
  prepareState(disk, `${folder}/state`, {
    world: 'w',
    worldParts: {},
    pack: 'pack-1',
    liveBytes: 0,
    isOfOneMoment: true,
    packLength: 0,
    steps: new Map(),
    reasons: {},
  }).write()
  assert.match((await told())[0] ?? '', /^ok cache/)
})

test('a cache that is very large, and one on another file system', async () => {
  const disk = siteDisk()
  disk.makeFolder(patient.cache)
  disk.write(`${patient.cache}/pictures`, 'x')
  const large: Disk = {
    ...disk,
    lstat: (path) => {
      const stat = disk.lstat(path)
      return stat && { ...stat, size: 3e9 }
    },
  }
  assert.deepEqual((await ask(cacheHealth, {}, { disk: large })).slice(1), ['warning doctor/cache-large'])
  const volumeOf = (path: string) => ({
    device: path.startsWith(patient.cache) ? '2' : '1',
    free: 1e12,
    freeFiles: 1e6,
  })
  assert.deepEqual((await ask(cacheHealth, {}, { disk, volumeOf })).slice(1), [
    'ok cache: on another file system than the site, which is fine',
  ])
})

test('a lock of a living process, and one that a dead one left', async () => {
  const disk = siteDisk()
  disk.makeFolder(patient.cache)
  const take = (own: number): void =>
    void takeLock(disk, `${patient.cache}/lock`, { own, isAlive: () => true, startOf: () => 'then' })
  take(7)
  assert.deepEqual(await ask(locks, {}, { disk }), ['warning doctor/busy'])
  disk.remove(`${patient.cache}/lock`)
  take(8)
  assert.match((await ask(locks, {}, { disk }))[0] ?? '', /^ok lock .* died/)
})

test('a disk that is full, nearly full, or out of files', async () => {
  const volume = (free: number, freeFiles: number) => ({ volumeOf: () => ({ device: '1', free, freeFiles }) })
  assert.deepEqual(await ask(room, {}, volume(1e6, 1e6)), ['error doctor/disk-full'])
  assert.deepEqual(await ask(room, {}, volume(1e12, 3)), ['error doctor/disk-full'])
  assert.deepEqual(await ask(room, {}, volume(16_000_002, 1e6)), ['warning doctor/disk-low'])
  assert.deepEqual(await ask(room, {}, { volumeOf: () => undefined }), [])
})

test('what may not be read or written breaks builds', async () => {
  assert.deepEqual(await ask(permissions, {}, { mayRead: (path) => !path.endsWith('b.md') }), [
    'error doctor/unreadable',
  ])
  assert.deepEqual(await ask(permissions, {}, { mayWrite: (path) => path !== '/site' }), [
    'error doctor/read-only',
  ])
})

test('a disk that ignores case, and what git knows that it cannot hold', async () => {
  const disk = siteDisk()
  const folded: Disk = { ...disk, stat: (path) => disk.stat(path.toLowerCase()) }
  assert.deepEqual(await ask(letterCase, {}, { disk: folded }), ['warning doctor/ignores-case'])
  assert.deepEqual(await ask(letterCase, {}, { disk: folded, git: () => 'content/A.md\0content/a.md\0' }), [
    'warning doctor/case-twins',
  ])
  // Two real folders whose names differ in case are no sign of it.
  disk.makeFolder('/site/CONTENT')
  disk.makeFolder('/SITE')
  assert.match((await ask(letterCase, {}, { disk }))[0] ?? '', /^ok/)
})

test('git cannot date posts in a shallow clone or without a repository, where it is asked', async () => {
  const config = configOf({ gitDates: true })
  assert.deepEqual(await ask(history, { config }, { git: () => 'true\n' }), ['warning doctor/shallow'])
  assert.deepEqual(await ask(history, { config }, {}), ['warning doctor/no-git'])
  assert.match((await ask(history, { config }, { git: () => 'false\n' }))[0] ?? '', /^ok/)
  assert.deepEqual(await ask(history, {}, { git: () => 'true\n' }), ['ok git: not asked for dates'])
})

test('a clock behind the last commit, behind most files, before this program, or far ahead', async () => {
  const commit = (ms: number) => ({ git: () => `${ms / 1000}\n` })
  assert.deepEqual(await ask(clock, {}, commit(now + 3_600_000)), ['warning doctor/clock-behind'])
  assert.match((await ask(clock, {}, commit(now + 60_000)))[0] ?? '', /^ok/)
  assert.deepEqual(await ask(clock, {}, { now: 1e12 - 1e9 }), ['warning doctor/clock-behind'])
  assert.deepEqual(await ask(clock, {}, { now: Date.UTC(2010, 0, 1) }), ['warning doctor/clock-behind'])
  assert.deepEqual(await ask(clock, {}, { ...commit(now), now: Date.UTC(2038, 0, 19) }), [
    'warning doctor/clock-ahead',
  ])
})

test('a file of the future is named', async () => {
  const disk = siteDisk()
  const later: Disk = {
    ...disk,
    lstat: (path) => {
      const stat = disk.lstat(path)
      return stat && { ...stat, mtimeMs: path.endsWith('b.md') ? now + 1e9 : now }
    },
  }
  const [found] = await clock(patient, { ...machine(), disk: later })
  assert.ok(found && 'problem' in found)
  assert.deepEqual([found.problem.code, found.problem.file], ['doctor/future-files', 'content/posts/b.md'])
})

test('a TZ that nobody knows, and a zone that the configuration leaves open', async () => {
  assert.deepEqual(await ask(timezone, {}, { env: { TZ: 'Asia/Shanghigh' } }), ['warning doctor/bad-tz'])
  assert.deepEqual(await ask(timezone, {}, { env: { TZ: ':Asia/Shanghai' } }), ['ok timezone: Asia/Shanghai'])
  const open = { written: new Set(['title']) }
  assert.deepEqual(await ask(timezone, open, { timezone: 'Europe/Berlin' }), ['warning doctor/timezone'])
  assert.deepEqual(await ask(timezone, open, {}), ['ok timezone: Asia/Shanghai'])
  assert.deepEqual(await ask(timezone, {}, { timezone: 'UTC' }), [
    'ok timezone: Asia/Shanghai (this machine: UTC, not asked)',
  ])
})

test('packages of machine code that do not run: which of them are needed depends on the site', async () => {
  const without = (...names: readonly string[]) => ({
    load: async (name: string) => (names.includes(name) ? 'wrong platform' : ''),
  })
  assert.deepEqual(await ask(packages, {}, without('sharp')), [
    'error doctor/sharp',
    'ok packages: esbuild, satteri run',
  ])
  const plain = { config: configOf({ images: { variants: false }, cards: false }) }
  assert.deepEqual(await ask(packages, plain, without('sharp')), ['ok packages: esbuild, satteri run'])
  assert.deepEqual(await ask(packages, {}, without('esbuild', 'sharp', 'satteri')), [
    'error doctor/esbuild',
    'error doctor/sharp',
    'warning doctor/fast-parser',
  ])
})

test('more folders than may be watched', async () => {
  assert.deepEqual(await ask(watches, {}, { watchLimit: 5 }), ['warning doctor/watch-limit'])
  assert.deepEqual(await ask(watches, {}, { watchLimit: undefined }), [])
})

test('a disk that fails under one question leaves the others their answers', async () => {
  const disk = siteDisk()
  disk.makeFolder(patient.cache)
  const broken: Disk = {
    ...disk,
    stat: (path) => {
      if (path.endsWith('/state'))
        throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'stat' })
      return disk.stat(path)
    },
  }
  const findings = await examine(patient, { ...machine(), disk: broken })
  assert.deepEqual(
    brief(findings).filter((line) => !line.startsWith('ok')),
    ['warning doctor/disk'],
  )
  assert.ok(findings.length > 8)
})

test('a person reads what, why and what to do; the count says whether a build fails', async () => {
  const findings = await nodeVersion(patient, { ...machine(), node: '18.0.0' })
  const clocks = await clock(patient, { ...machine(), now: Date.UTC(2010, 0, 1) })
  const text = showFindings([...findings, { ok: 'no other build is running' }, ...clocks])
  assert.match(
    text,
    /^error {2}doctor\/node\n {2}this is Node\.js 18\.0\.0; .*\n {2}why: .*\n {2}fix: .*\n\nok {2}no other build is running\n\nwarning {2}doctor\/clock-behind\n/,
  )
  assert.equal(summary([...findings, ...clocks]), '1 error, 1 warning: a build fails here')
})
