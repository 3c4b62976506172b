// Public cases C-01 … C-10: checksums, sizes, keys and names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checksum,
  databasePaths,
  fromHex,
  generationPath,
  generationsPath,
  minSnapshot,
  snapshotPath,
  walSegmentPath,
} from '../../content/projects/vaultwarden-litestream/demo/core/index.js'

// The public cases C-01 to C-38 of the demo. Each runs the real parts: SQLite over the in-memory disk, its WAL,
// the model of Litestream, the bucket.
import { hex, leafPage, walHeaderHex } from './vaultwarden-world.js'

test('C-01 the checksum of a WAL header', () => {
  assert.deepEqual(hex(checksum(fromHex(walHeaderHex))), ['81153b65', '87178e8f'])
})

test('C-02 the checksum goes on over a frame, in parts or in one pass', () => {
  const frame = new Uint8Array([...fromHex('0000000200000002'), ...leafPage()])
  const parts = checksum(frame, checksum(fromHex(walHeaderHex)))
  assert.deepEqual(hex(parts), ['dc2f3e84', '540488d3'])
  assert.deepEqual(checksum(new Uint8Array([...fromHex(walHeaderHex), ...frame])), parts)
})

test('C-05 the key of a snapshot', () => {
  assert.equal(
    snapshotPath('foo', '0123456701234567', 1000),
    'foo/generations/0123456701234567/snapshots/000003e8.snapshot.lz4',
  )
})

test('C-06 the key of a WAL segment', () => {
  assert.equal(
    walSegmentPath('foo', '0123456701234567', 1000, 1001),
    'foo/generations/0123456701234567/wal/000003e8_000003e9.wal.lz4',
  )
})

test('C-07 generations at the root of the bucket', () => {
  assert.equal(generationsPath(''), 'generations')
  assert.equal(generationsPath('foo'), 'foo/generations')
})

test('C-08 an empty generation is refused', () => {
  for (const path of [generationPath, (root: string, g: string) => snapshotPath(root, g, 0)])
    assert.throws(() => path('foo', ''), /^Error: generation required$/)
  assert.throws(() => walSegmentPath('foo', '', 0, 0), /^Error: generation required$/)
})

test('C-09 the snapshot with the lowest index of a generation', () => {
  const list = [
    { generation: '29cf4bced74e92ab', index: 0 },
    { generation: '5dfeb4aa03232553', index: 24 },
  ]
  assert.equal(minSnapshot(list, '29cf4bced74e92ab'), list[0])
  assert.equal(minSnapshot(list, '0000000000000000'), null)
})

test('C-10 the files beside a database', () => {
  const { wal, meta, generation, shadowWal } = databasePaths('/srv/db')
  assert.deepEqual(
    [wal, meta, generation, shadowWal('0123456701234567', 1)],
    [
      '/srv/db-wal',
      '/srv/.db-litestream',
      '/srv/.db-litestream/generation',
      '/srv/.db-litestream/generations/0123456701234567/wal/00000001.wal',
    ],
  )
})
