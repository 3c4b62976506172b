// Public cases C-32 … C-38: the vault, LZ4 frames, the files to deploy, the walkthrough.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import yaml from 'js-yaml'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { deployFiles } from '../../content/projects/vaultwarden-litestream/demo/core/files.js'
import {
  type Disk,
  databasePath,
  decodeFrame,
  decrypt,
  deriveMasterKey,
  encodeFrame,
  encryptText,
  formatEncString,
  frameAlign,
  fromHex,
  Lab,
  parseEncString,
  passwordHash,
  splitUserKey,
  stretchKey,
  tableApp,
  toHex,
  walSize,
} from '../../content/projects/vaultwarden-litestream/demo/core/index.js'
import { loadEngine } from '../../content/projects/vaultwarden-litestream/demo/sqlite/engine.js'
import {
  createAccount,
  listCiphers,
  loginStatement,
  openLogin,
  registerStatement,
  storedKey,
  unlock,
  vaultApp,
} from '../../content/projects/vaultwarden-litestream/demo/sqlite/vault.js'
import walkthrough, { summary } from '../../content/projects/vaultwarden-litestream/walkthrough.js'

// The public cases C-01 to C-38 of the demo. Each runs the real parts: SQLite over the in-memory disk, its WAL,
// the model of Litestream, the bucket.
import { insert, masterKeyHex, newLab, restartLitestream, sample, world } from './vaultwarden-world.js'

for (const [offset, aligned] of [
  [0, 0],
  [31, 0],
  [32, 32],
  [4151, 32],
  [4152, 4152],
  [8271, 4152],
  [8272, 8272],
] as const)
  test(`C-03 frameAlign ${offset}`, () => assert.equal(frameAlign(offset, 4096), aligned))

for (const [pages, size] of [
  [1, 4152],
  [1000, 4_120_032],
  [10_000, 41_200_032],
  [500_000, 2_060_000_032],
] as const)
  test(`C-04 a WAL of ${pages} pages`, () => assert.equal(walSize(4096, pages), size))

for (const [what, damage, reason] of [
  ['cut to part of a header', (disk: Disk, path: string) => disk.truncate(path, 31), 'no generation exists'],
  ['missing', (disk: Disk, path: string) => disk.remove(path), 'no generation exists'],
] as const)
  test(`C-17 a shadow WAL that is ${what} at the start begins a new generation`, () => {
    const container = newLab().coldStart()
    const { generation } = container.syncDatabase()!.position
    damage(container.disk, container.database.paths.shadowWal(generation, 0))
    const result = restartLitestream(container).sync()!
    assert.deepEqual([result.position.generation, result.reason], ['ffffffffffffffff', reason])
  })

for (const [size, reason] of [
  [31, 'short shadow wal'],
  [0, 'short shadow wal'],
  [null, 'no shadow wal'],
] as const)
  test(`C-17 a shadow WAL of ${size ?? 'no'} bytes while running begins a new generation`, () => {
    const container = newLab().coldStart()
    const { generation } = container.syncDatabase()!.position
    const path = container.database.paths.shadowWal(generation, 0)
    if (size === null) container.disk.remove(path)
    else container.disk.truncate(path, size)
    assert.equal(container.syncDatabase()?.reason, reason)
  })

for (const email of ['test@bitwarden.com', 'TEST@bitwarden.com', ' test@bitwarden.com'])
  test(`C-32 the password hash for "${email}"`, async () => {
    const masterKey = await deriveMasterKey('asdfasdf', email, 100_000)
    assert.equal(await passwordHash(masterKey, 'asdfasdf'), 'wmyadRMyBZOH7P/a/ucTCbSghKgdzDpPqUnu/DAVtSw=')
  })

test('C-33 a master key', async () => {
  assert.equal(toHex(await deriveMasterKey('67t9b5g67$%Dh89n', 'test_key', 10_000)), masterKeyHex)
})

test('C-34 its stretched keys', async () => {
  const { enc, mac } = await stretchKey(fromHex(masterKeyHex))
  assert.deepEqual(
    [toHex(enc), toHex(mac)],
    [
      '6f1fb22dee9825728fd77c5387adc3178e8678f93d84a3b671c5bdccbc15ed60',
      'dd7fceea651bca265634221c4e1cb910303d7fa6d1f7c257e81a3055c1f9b39b',
    ],
  )
})

test('C-35 too few iterations are refused', async () => {
  await assert.rejects(deriveMasterKey('a', 'b', 4999), /at least 5000 iterations/)
})

test('C-36 an encrypted string is read and printed back', () => {
  const parsed = parseEncString(sample)
  assert.deepEqual([parsed.type, parsed.iv.length, parsed.data.length, parsed.mac.length], [2, 16, 16, 32])
  assert.equal(formatEncString(parsed), sample)
})

test('C-37 a changed mac is refused before decrypting', async () => {
  const key = splitUserKey(Uint8Array.from({ length: 64 }, (_, i) => i))
  const secret = parseEncString(await encryptText('跬步', key, new Uint8Array(16)))
  assert.equal(new TextDecoder().decode(await decrypt(secret, key)), '跬步')
  const mac = secret.mac.slice()
  mac[0]! ^= 1
  await assert.rejects(decrypt({ ...secret, mac }, key), /refused before decrypting/)
  // The data is no whole number of blocks: had it been decrypted first, the error would be another one.
  await assert.rejects(decrypt({ ...secret, data: secret.data.slice(1) }, key), /refused before decrypting/)
})

test('C-38 an LZ4 frame without compression', (t) => {
  const content = Uint8Array.from({ length: 70_005 }, (_, i) => (i * 7) & 255)
  const frame = encodeFrame(content)
  assert.equal(toHex(frame.subarray(0, 7)), '04224d18607073')
  assert.equal(toHex(frame.subarray(-4)), '00000000')
  assert.deepEqual(decodeFrame(frame), content)
  const lz4 = spawnSync('lz4', ['-d', '-c'], { input: frame, maxBuffer: 1 << 20 })
  if (lz4.error !== undefined) return t.diagnostic('no lz4 on this machine')
  assert.deepEqual(new Uint8Array(lz4.stdout), content)
  const compressed = spawnSync('lz4', ['-c'], { input: content, maxBuffer: 1 << 20 }).stdout
  assert.deepEqual(decodeFrame(compressed), content)
})

test('the same seed gives the same bytes', async () => {
  const run = async (): Promise<string> => {
    const clock = createClock(0)
    const rng = createRng(7)
    const fresh = await loadEngine({
      now: () => clock.now(),
      random: (bytes) =>
        bytes.forEach((_, i) => {
          bytes[i] = rng.int(256)
        }),
    })
    const lab = new Lab({ clock, rng, engine: fresh, app: tableApp })
    const container = lab.coldStart()
    insert(container)
    lab.advance(5000)
    return lab.store
      .list()
      .map(({ key, createdMs }) => `${key} ${createdMs} ${toHex(lab.store.get(key))}`)
      .join()
  }
  const first = await run()
  assert.equal(await run(), first)
})

test('the walkthrough tells the same story every time, with the sizes of the cases', async () => {
  const text = await walkthrough()
  assert.equal(await walkthrough(), text)
  for (const fact of [
    '00000000_000080e0.wal.lz4',
    '24,752',
    '45,352 B',
    '3条：1、2、3',
    '2条：4、5',
    'integrity_check：ok',
  ])
    assert.ok(text.includes(fact), fact)
  assert.ok(summary.length > 40)
})

test('the files to deploy are whole: YAML parses, the entrypoint is bash', () => {
  const text = (name: string): string => deployFiles.find((file) => file.name === name)!.text
  const replica = {
    type: 's3',
    endpoint: `\${REPLICA_URL}`,
    region: 'auto',
    bucket: 'sqlite',
    path: 'vaultwarden',
    'sync-interval': '1s',
  }
  assert.deepEqual(yaml.load(text('litestream.yml')), {
    dbs: [{ path: databasePath, replicas: [{ ...replica, 'snapshot-interval': '6h', retention: '72h' }] }],
  })
  assert.deepEqual(yaml.load(text('litestream-v0.5.yml')), {
    snapshot: { interval: '6h', retention: '72h' },
    dbs: [{ path: databasePath, replica }],
  })
  assert.deepEqual(Object.keys(yaml.load(text('compose.yaml')) as object), ['services'])
  const bash = spawnSync('bash', ['-n'], { input: text('entrypoint.sh'), encoding: 'utf8' })
  if (bash.error === undefined) assert.deepEqual([bash.status, bash.stderr], [0, ''])
  for (const { name, text, notes } of deployFiles)
    for (const { line } of notes)
      assert.ok(line >= 1 && line <= text.split('\n').length - 1, `${name}:${line}`)
})

test('only ciphertext reaches the bucket, and the restored vault opens with the master password', async () => {
  const random = (length: number) => Uint8Array.from({ length }, () => world.rng.int(256))
  const lab = newLab({}, vaultApp)
  const container = lab.coldStart()
  const account = await createAccount(' Demo@Example.com', 'correct horse', random, 5000)
  const login = { name: '跬步的邮箱', username: 'timmy', password: 'hunter2-hunter2' }
  for (const { key, sql, bind } of [
    registerStatement(account, world.clock.now()),
    await loginStatement(account, login, random, world.clock.now()),
  ])
    container.write(key, sql, bind)
  container.sigterm()
  const bucket = lab.store.list().map(({ key }) => new TextDecoder('latin1').decode(lab.store.get(key)))
  for (const secret of ['timmy', 'hunter2', 'correct horse'])
    assert.ok(!bucket.some((text) => text.includes(secret)), secret)
  const restored = lab.coldStart()
  const masterKey = await deriveMasterKey('correct horse', 'demo@example.com', 5000)
  const userKey = await unlock(storedKey(restored.connection, account)!, await stretchKey(masterKey))
  assert.deepEqual(await openLogin(listCiphers(restored.connection)[0]!, userKey), login)
})
