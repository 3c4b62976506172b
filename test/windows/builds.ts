// What windows.test.ts starts with the paths of Windows: builds of a site at C:\Users\…\site, told as one line of JSON.
import { readdirSync, readFileSync } from 'node:fs'
import { build } from '../../src/build.js'
import type { Built } from '../../src/built.js'
import { optionsFor } from '../incremental/options.js'
import { windowsDisk } from './disk.js'

const disk = windowsDisk()
const root = 'C:\\Users\\我\\My Blog'
const write = (name: string, text: string | Uint8Array): void => {
  const path = `${root}\\${name.replaceAll('/', '\\')}`
  disk.makeFolder(path.slice(0, path.lastIndexOf('\\')))
  disk.write(path, text)
}
const layouts = 'test/sites/layouts'
for (const entry of readdirSync(layouts, { recursive: true, withFileTypes: true }))
  if (entry.isFile()) {
    const path = `${entry.parentPath}/${entry.name}`
    write(path.replace('test/sites/', ''), readFileSync(path))
  }
const crlf = (text: string): string => text.replaceAll('\n', '\r\n')
write(
  'site.config.json',
  crlf(
    '{\n"title": "W", "baseUrl": "https://w.example/", "timezone": "UTC", "search": false, "cards": false\n}\n',
  ),
)
write('layouts/feed-style.njk', '')
write(
  'content/posts/A.md',
  crlf(
    '---\ntitle: A\ndate: 2024-01-01\ntags: [c#, nul]\n---\n\n[b](..\\posts\\b.md) ![p](img\\dot.png)\n\n```js\nlet a\n```\n',
  ),
)
write(
  'content/posts/b.md',
  crlf('---\ntitle: B\ndate: 2024-01-02\naliases: [/old/]\n---\n\n# x\n\n[a](./A.md)\n'),
)
write(
  'content/posts/img/dot.png',
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
write('public/plain.txt', 'plain')

const told = ({ ok, problems, written, removed, ran }: Built) => ({
  ok,
  problems: problems.map(({ code, file, what }) => `${code} ${file} ${what}`),
  written,
  removed,
  ran: ran.length,
})
// `join` is that of Windows here, so that every path of the options has its slashes.
const again = async () => told(await build({ ...optionsFor(root), disk }))
const first = await again()
const tree = [...disk.files(`${root}\\dist`)].map(([path, text]) => [path, text.length > 3000 ? '' : text])
const second = await again()
write('content/posts/b.md', crlf('---\ntitle: B2\ndate: 2024-01-02\n---\n\nNew.\n'))
const third = await again()
write('content/posts/c.md', '---\ntitle: C\ndate: 2024-01-03\nslug: con\n---\n')
write('content/posts/d.md', '---\ntitle: D\ndate: 2024-01-03\npermalink: "C:\\\\x"\n---\n')
const fourth = await again()
console.log(JSON.stringify({ first, tree, second, third, fourth, strays: [...disk.inner.files('/').keys()] }))
