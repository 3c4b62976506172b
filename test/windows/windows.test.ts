// Builds as on Windows, wherever the tests run: our modules get `node:path` of Windows, and the disk is one of Windows.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

/** A module hook: for our own modules `node:path` is `path.win32`. */
const hook = `
const windows = 'data:text/javascript,' + encodeURIComponent(
  "import path from 'node:path'; const w = path.win32; export default w;" +
  Object.keys((await import('node:path')).win32).filter((name) => /^[a-z]+$/i.test(name) && name !== 'default' && name !== 'win32' && name !== 'posix')
    .map((name) => 'export const ' + name + ' = w.' + name + ';').join('') + 'export const posix = path.posix; export const win32 = w;')
export async function resolve(specifier, context, next) {
  if (specifier === 'node:path' && /\\/(?:src|test)\\/(?!package\\.js)/.test(context.parentURL ?? '')) return { url: windows, shortCircuit: true }
  return next(specifier, context)
}`
const register = `import { register } from 'node:module'; register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}))`

test('a site on a drive with blanks and Han characters in its path builds, stays, changes, and refuses the names of devices', () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(register)}`,
      fileURLToPath(new URL('./builds.js', import.meta.url)),
    ],
    { encoding: 'utf8' },
  )
  assert.equal(status, 0, stderr)
  const { first, tree, second, third, fourth, strays } = JSON.parse(stdout)
  assert.deepEqual([first.ok, first.problems], [true, []])
  const files = new Map<string, string>(tree)
  for (const path of [
    '2024/01/01/A/index.html',
    '2024/01/01/A/img/dot.png',
    '2024/01/02/b/index.html',
    'old/index.html',
    'tags/c#/index.html',
    'plain.txt',
    'feed.xml',
  ])
    assert.ok(files.has(path), `${path}: ${[...files.keys()]}`)
  const page = files.get('2024/01/01/A/index.html') ?? ''
  assert.match(page, /href="\/2024\/01\/02\/b\/"/)
  assert.match(page, /src="\/2024\/01\/01\/A\/img\/dot\.png"/)
  assert.ok(!page.includes('\r'), 'line ends of Windows reach the page')
  assert.deepEqual([second.ok, second.ran, second.written], [true, 0, []])
  assert.deepEqual(
    [third.ok, third.written.includes('2024/01/02/b/index.html'), third.removed.includes('old/index.html')],
    [true, true, true],
  )
  assert.equal(fourth.ok, false)
  assert.equal(
    fourth.problems.filter((text: string) => /meta\/bad-(?:slug|permalink)/.test(text)).length,
    2,
    String(fourth.problems),
  )
  for (const path of strays) assert.match(path, /^c:\/users\//)
})
