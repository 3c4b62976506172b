// `check --external` as a user runs it, with a host on this machine.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { openHost } from '../external/host.js'
import { config, makeFolder, post, type Ran } from './site.js'

/** The command beside us, for the host is in this very process. */
function check(folder: string, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [resolve('bin/inkstone.mjs'), 'check', ...args], { cwd: folder })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')))
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })))
}

test('nobody is asked without the flag; with it what is gone is told, and the exit code stays 0', async (t) => {
  const host = await openHost(t, {})
  const folder = makeFolder(t, {
    'site.config.json': config,
    'content/posts/a.md': `${post('甲', '2024-01-01', 'description: 一\n')}\n[外](${host.url}/x)\n`,
  })
  assert.deepEqual((({ code, err }) => ({ code, err }))(await check(folder.path)), { code: 0, err: '' })
  assert.deepEqual(host.heard, [])

  const { code, out, err } = await check(folder.path, '--external')
  assert.equal(code, 0)
  assert.match(err, /^content\/posts\/a\.md:9:5 {2}warning {2}external\/gone$/m)
  assert.match(out, /^1 address outside, 1 asked now: 1 to look at$/m)
  assert.deepEqual(host.heard, ['HEAD /x'])

  const again = await check(folder.path, '--external', '--json')
  const { ok, external } = JSON.parse(again.out) as {
    readonly ok: boolean
    readonly external: { readonly asked: number; readonly problems: readonly { readonly code: string }[] }
  }
  assert.deepEqual(
    [again.code, ok, external.asked, external.problems[0]?.code],
    [0, true, 0, 'external/gone'],
  )
  assert.deepEqual(host.heard, ['HEAD /x'])
})
