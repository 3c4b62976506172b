// Files written by a thread: all of them whole, failures told with the disk's own codes, none lost to a full queue.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { realDisk } from '../../src/engine/disk.js'
import { type Writer, writeHere, writeInThread } from '../../src/engine/writer.js'
import { writerFile } from '../../src/package.js'

const folder = mkdtempSync(join(tmpdir(), 'inkstone-writer-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Bytes in memory of their own. */
const own = (text: string) => new TextEncoder().encode(text)
const filesIn = (place: string): string[] =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

for (const [name, open] of [
  ['here', () => writeHere(realDisk)],
  ['by a thread', () => writeInThread(realDisk, writerFile)],
] as const satisfies readonly (readonly [string, () => Writer])[]) {
  test(`${name}: five hundred files in as many folders are whole when it has settled`, async () => {
    const place = join(folder, name)
    const writer = open()
    const textOf = (i: number): string => `${i} 字`.repeat(1 + (i % 400))
    for (let i = 0; i < 500; i++) writer.write(`${place}/${i}/index.html`, own(textOf(i)))
    assert.deepEqual(await writer.settled(), [])
    await writer.close()
    assert.equal(filesIn(place).length, 500)
    for (let i = 0; i < 500; i++) assert.equal(readFileSync(`${place}/${i}/index.html`, 'utf8'), textOf(i))
  })

  test(`${name}: what the disk refuses is told with its code, and the rest is written`, async () => {
    const place = join(folder, `${name}, refused`)
    const writer = open()
    for (let i = 0; i < 100; i++) writer.write(`${place}/${i}`, own('file'))
    assert.deepEqual(await writer.settled(), [])
    writeFileSync(join(place, 'file'), '')
    for (let i = 0; i < 100; i++) writer.write(`${place}/${i === 99 ? 'file' : 'good'}/${i}`, own('file'))
    const [failure, ...others] = await writer.settled()
    assert.deepEqual(others, [])
    assert.ok(
      failure && 'code' in failure && ['ENOTDIR', 'EEXIST'].includes(String(failure.code)),
      String(failure),
    )
    assert.ok('syscall' in failure)
    assert.deepEqual(await writer.settled(), [], 'told once')
    await writer.close()
    assert.equal(filesIn(place).length, 100 + 1 + 99)
  })
}

for (const [name, open] of [
  ['here', () => writeHere(realDisk)],
  ['by a thread', () => writeInThread(realDisk, writerFile)],
] as const satisfies readonly (readonly [string, () => Writer])[])
  test(`${name}: files are moved over old ones and into folders that are not there; one that is gone is told`, async () => {
    const place = join(folder, `${name}, moved`)
    const writer = open()
    for (let i = 0; i < 200; i++) writer.write(`${place}/stage/${i}`, own(`new ${i}`))
    for (let i = 0; i < 100; i++) writer.write(`${place}/out/${i}/index.html`, own('old'))
    assert.deepEqual(await writer.settled(), [])
    for (let i = 0; i <= 200; i++) writer.move(`${place}/stage/${i}`, `${place}/out/${i}/index.html`)
    const failures = await writer.settled()
    assert.deepEqual(
      failures.map((failure) => 'code' in failure && failure.code),
      ['ENOENT'],
    )
    await writer.close()
    assert.equal(filesIn(place).length, 200)
    for (let i = 0; i < 200; i++)
      assert.equal(readFileSync(`${place}/out/${i}/index.html`, 'utf8'), `new ${i}`)
  })

test('more bytes than may be under way at once all arrive', async () => {
  const place = join(folder, 'many bytes')
  const writer = writeInThread(realDisk, writerFile)
  for (let i = 0; i < 130; i++) writer.write(`${place}/${i}`, new Uint8Array((1 << 20) - i).fill(120))
  assert.deepEqual(await writer.settled(), [])
  await writer.close()
  for (const [i, length] of [0, 64, 129].map((n) => [n, (1 << 20) - n] as const))
    assert.equal(readFileSync(`${place}/${i}`).length, length)
  assert.equal(filesIn(place).length, 130)
})
