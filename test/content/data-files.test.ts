import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withSite } from '../temp-site.js'

// Pages that show one thing of data/ each: what ran says what they depend on.
const page = (title: string): string => `---\ntitle: ${title}\nlayout: ${title}\n---\n`
const base = {
  'site.config.json': '{ "title": "S", "baseUrl": "https://a.example/", "search": false }',
  'layouts/base.njk': '',
  'layouts/names.njk': '{% for key, item in data.people %}{{ key }}={{ item.name }};{% endfor %}',
  'layouts/one.njk': '{{ data.people.zhang.name }}',
  'layouts/rows.njk': '{% for row in data.links %}{{ row.title }}<{{ row.url }}>{% endfor %}',
  'layouts/maybe.njk': '{{ data.later.word if data.later else "none" }}',
  'layouts/order.njk':
    '{% for key, value in data.menu %}{{ key }}:{{ value }} {% endfor %}{{ data.menu | dump }}',
  'layouts/plain.njk': 'plain',
  ...Object.fromEntries(
    ['names', 'one', 'rows', 'maybe', 'order', 'plain'].map((name) => [`content/${name}.md`, page(name)]),
  ),
  'data/people/zhang.yml': 'name: 张\n# a remark\n',
  'data/people/li.toml': 'name = "李"\nborn = 2001-02-03\n',
  'data/links.csv': 'title,url\n"甲, 乙",https://a.example/\n',
  'data/menu.json': '{ "z": 1, "a": 2 }',
  'data/notes.md': 'no data file',
}

test('data files are read as data.NAME: folders are nested keys, rows are mappings, order is kept', async () => {
  await withSite(base, async (site) => {
    const { problems } = await site.build()
    assert.deepEqual(problems, [])
    const shown = ['names', 'one', 'rows', 'maybe', 'order'].map((name) =>
      site.read(`dist/${name}/index.html`),
    )
    assert.deepEqual(shown, [
      'li=李;zhang=张;',
      '张',
      '甲, 乙<https://a.example/>',
      'none',
      'z:1 a:2 {&quot;z&quot;:1,&quot;a&quot;:2}',
    ])
  })
})

const edits: readonly [what: string, files: Readonly<Record<string, string>>, ran: readonly string[]][] = [
  [
    'another value',
    { 'data/people/zhang.yml': 'name: 章' },
    ['data:people/zhang', 'page:/names/', 'page:/one/'],
  ],
  ['another comment', { 'data/people/zhang.yml': 'name: 张\n# b' }, ['data:people/zhang']],
  ['one more in a folder', { 'data/people/wu.yaml': 'name: 吴' }, ['data:people/wu', 'page:/names/']],
  ['what was asked for and absent', { 'data/later.yml': 'word: now' }, ['data:later', 'page:/maybe/']],
  ['another order', { 'data/menu.json': '{"a": 2, "z": 1}' }, ['data:menu', 'page:/order/']],
  ['another format of the same', { 'data/menu.json': '{"z":1,"a":2}' }, ['data:menu']],
  ['what nobody reads', { 'data/unread.yml': 'a: 1' }, ['data:unread']],
]
test('a page is made again when a value that it shows is another, and for nothing else', async () => {
  await withSite(base, async (site) => {
    await site.build()
    for (const [what, files, ran] of edits) {
      site.write(files)
      const built = await site.build()
      assert.deepEqual([built.ok, [...built.ran].sort()], [true, [...ran].sort()], what)
      for (const name of Object.keys(files)) if (!Object.hasOwn(base, name)) site.remove(name)
      site.write(base)
      await site.build()
    }
  })
})
