import assert from 'node:assert/strict'
import { readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { withSite } from '../temp-site.js'

const post = (title: string, body: string): string =>
  `---\ntitle: ${title}\ndate: 2024-01-01\n---\n\n${body}\n`
const site = {
  'plugin.ts': readFileSync('test/plugins/example.ts', 'utf8'),
  'site.config.ts':
    "import { example } from './plugin.js'\nexport default { title: 'S', baseUrl: 'https://a.example/', search: false, plugins: [example] }\n",
  'layouts/base.njk': '',
  'layouts/post.njk': '{{ post.words | thousands }} {{ post.html | safe }}',
  'content/posts/a.md': post('A', `[there](https://b.example/) and [here](./b.md) ${'word '.repeat(1500)}`),
  'content/posts/b.md': post('B', 'Two words'),
}

test('the plugin of the documentation adds its page, its filter and its remark plugin', async () => {
  await withSite(site, async (temp) => {
    symlinkSync(resolve('node_modules'), join(temp.root, 'node_modules'))
    const built = await temp.build()
    assert.deepEqual(built.problems, [])
    assert.equal(temp.read('dist/lengths.txt'), '1503 A\n2 B\n')
    const page = temp.read('dist/2024/01/01/a/index.html')
    assert.deepEqual(page.match(/<a .*?<\/a>/g), [
      '<a href="https://b.example/" rel="external">there</a>',
      '<a href="/2024/01/01/b/">here</a>',
    ])
    assert.equal(page.split(' ')[0], '1.5k')
  })
})

test('its page is written again when what it shows is another, and for nothing else', async () => {
  await withSite(site, async (temp) => {
    symlinkSync(resolve('node_modules'), join(temp.root, 'node_modules'))
    await temp.build()
    const ranFor = async (name: string, text: string) => {
      temp.write({ [name]: text })
      return (await temp.build()).ran.includes('page:/lengths.txt')
    }
    assert.equal(await ranFor('content/posts/b.md', post('B', 'Two nouns')), false)
    assert.equal(await ranFor('content/posts/b.md', post('B', 'Now three words')), true)
    assert.equal(await ranFor('content/posts/b.md', post('C', 'Now three words')), true)
  })
})

test('it is as short as the documentation says', () => {
  const lines = readFileSync('test/plugins/example.ts', 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//'))
  assert.ok(lines.length <= 25, `${lines.length} lines`)
})
