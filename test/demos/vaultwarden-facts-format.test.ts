// Further behaviour of SQLite's WAL, of LZ4 frames and of Bitwarden's encryption, from their formats.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checksum,
  databasePath,
  decodeFrame,
  decrypt,
  deriveMasterKey,
  encodeFrame,
  encryptText,
  formatPosition,
  frameLength,
  fromHex,
  maxIndex,
  parseEncString,
  parseWal,
  passwordHash,
  splitUserKey,
  toHex,
} from '../../content/projects/vaultwarden-litestream/demo/core/index.js'
import { walOf } from './vaultwarden-facts-world.js'
import { insert, ready, walHeaderHex } from './vaultwarden-world.js'

test('a position is written with its index in hexadecimal and its offset in decimal', () => {
  assert.equal(
    formatPosition({ generation: '0123456701234567', index: 26, offset: 4152 }),
    '0123456701234567/0000001a:4152',
  )
})

test('the magic number says in which order the checksum reads its words', () => {
  const bytes = fromHex(walHeaderHex)
  const swapped = bytes.slice()
  new DataView(swapped.buffer).setUint32(0, 0x377f0683)
  const [a, b] = checksum(swapped, [0, 0], false)
  const file = new Uint8Array(32)
  file.set(swapped)
  new DataView(file.buffer).setUint32(24, a)
  new DataView(file.buffer).setUint32(28, b)
  const { header } = parseWal(file)
  assert.deepEqual([header?.valid, header?.littleEndian], [true, false])
})

test('a checkpoint that restarts the log: the next sequence, the first salt one more, the file as long as before', () => {
  const { container } = ready()
  insert(container, 3)
  const before = walOf(container)
  const size = container.disk.size(`${databasePath}-wal`)
  container.checkpoint('RESTART')
  const after = walOf(container)
  assert.equal(container.disk.size(`${databasePath}-wal`), size)
  assert.equal(after.header!.sequence, before.header!.sequence + 1)
  assert.equal(after.header!.salts[0], (before.header!.salts[0] + 1) >>> 0)
  assert.notEqual(after.header!.salts[1], before.header!.salts[1])
  assert.deepEqual([...new Set(after.frames.map(({ state }) => state))], ['committed', 'stale'])
})

test('a changed byte breaks its frame and all behind it; what was committed before stays', () => {
  const { container } = ready()
  insert(container, 3)
  const bytes = container.disk.read(`${databasePath}-wal`).slice()
  const { frames, validEnd } = parseWal(bytes)
  const at = frames.length - 2
  bytes[frames[at]!.offset + 100]! ^= 1
  const broken = parseWal(bytes)
  assert.deepEqual(
    broken.frames.slice(at).map(({ state }) => state),
    ['broken', 'broken'],
  )
  assert.equal(broken.validEnd, validEnd - 2 * 4120)
})

test('a transaction without its commit frame does not count', () => {
  const { container } = ready()
  const before = walOf(container).validEnd
  container.connection.exec('BEGIN')
  container.connection.exec("INSERT INTO t (v) VALUES ('open')")
  container.syncDatabase()
  const { position } = container.syncDatabase()!
  assert.equal(position.offset, before)
  container.connection.exec('ROLLBACK')
})

test('an index may grow to 0x7fffffff', () => {
  assert.equal(maxIndex, 2_147_483_647)
})

test('frames of LZ4 hold blocks of 4 MiB, and are as long as foretold', () => {
  for (const length of [0, 1, 4 << 20, (4 << 20) + 1]) {
    const content = new Uint8Array(length).fill(7)
    const frame = encodeFrame(content)
    assert.equal(frame.length, frameLength(length))
    assert.ok(Buffer.from(decodeFrame(frame)).equals(Buffer.from(content)), String(length))
  }
})

test('the local proof of the password differs from the server’s', async () => {
  const key = await deriveMasterKey('secret', ' A@B.example ', 5000)
  assert.equal(toHex(key), toHex(await deriveMasterKey('secret', 'a@b.example', 5000)))
  assert.notEqual(await passwordHash(key, 'secret', 'local'), await passwordHash(key, 'secret'))
})

test('an encrypted string is of type 2, has three parts, and opens only with its key', async () => {
  const key = splitUserKey(new Uint8Array(64).fill(1))
  const other = splitUserKey(new Uint8Array(64).fill(2))
  const text = await encryptText('密码', key, new Uint8Array(16))
  assert.match(text, /^2\.[A-Za-z0-9+/]+={0,2}\|[A-Za-z0-9+/]+={0,2}\|[A-Za-z0-9+/]+={0,2}$/)
  await assert.rejects(decrypt(parseEncString(text), other), /refused before decrypting/)
  for (const bad of ['0.AAAA', text.replace(/^2/, '4'), text.split('|').slice(0, 2).join('|'), 'plain'])
    assert.throws(() => parseEncString(bad))
})
