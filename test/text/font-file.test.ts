// Font files read side by side: the packages beneath share one memory.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { coverageOf, openFace, subsetOf } from '../../src/text/font-file.js'

const folder = join('node_modules', '@fontsource-variable', 'noto-serif-sc', 'files')
const slices = readdirSync(folder)
  .filter((name) => name.endsWith('-wght-normal.woff2'))
  .sort()
  .slice(0, 12)
  .map((name) => readFileSync(join(folder, name)))

/** What one slice says of its first characters. */
async function tellOf(bytes: Uint8Array): Promise<readonly unknown[]> {
  const codes = [...(await coverageOf(bytes))].slice(0, 8)
  const face = await openFace(bytes, 700)
  const cut = await subsetOf(bytes, String.fromCodePoint(...codes))
  return [codes, codes.map((code) => face.glyph(code)), Buffer.from(cut).toString('base64')]
}

test('a dozen fonts read at once are what they are one by one', async () => {
  const expected: (readonly unknown[])[] = []
  for (const bytes of slices) expected.push(await tellOf(bytes))
  assert.deepEqual(await Promise.all(slices.map(tellOf)), expected)
})

test('what is no font is refused, and the next one is read all the same', async () => {
  const [sound = new Uint8Array()] = slices
  const [broken, read] = await Promise.allSettled([openFace(Buffer.from('no font'), 700), tellOf(sound)])
  assert.equal(broken.status, 'rejected')
  assert.equal(read.status, 'fulfilled')
})
