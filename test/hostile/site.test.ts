// A whole site of strangers' content, and what no content may do even where it is trusted.
import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Built } from '../../src/built.js'
import { memorySite, root } from '../memory-site.js'
import { withSite } from '../temp-site.js'
import { hostileSvg } from './svg.js'

const config = (more: object): string =>
  JSON.stringify({
    title: 'S',
    baseUrl: 'https://s.example/',
    language: 'en',
    timezone: 'UTC',
    search: false,
    cards: false,
    ...more,
  })
const untrusted = { 'site.config.json': config({ trust: 'content-is-untrusted' }) }
const post = (fields: string, body = ''): string =>
  `---\ntitle: T\ndate: 2024-01-02\n${fields}\n---\n\n${body}\n`
const told = ({ problems }: Built): string[] =>
  problems.map(({ severity, code, file }) => `${severity} ${code} ${file}`)

test('of strangers, pictures are published cleaned, files that a browser runs not at all, the rest as it is', async () => {
  const bundle = 'content/posts/b'
  const site = memorySite({
    ...untrusted,
    [`${bundle}/index.md`]: post('', '[page](./evil.html) ![pic](./pic.svg) [doc](./paper.pdf)'),
    [`${bundle}/evil.html`]: '<script>pwned()</script>',
    [`${bundle}/evil.js`]: 'pwned()',
    [`${bundle}/evil.xhtml`]: '<x/>',
    [`${bundle}/noending`]: '<script>pwned()</script>',
    [`${bundle}/pic.svg`]: hostileSvg['script'] ?? '',
    [`${bundle}/paper.pdf`]: 'PDF',
    'public/own.html': '<script>mine()</script>',
    'public/own.svg': hostileSvg['script'] ?? '',
  })
  const built = await site.build()
  const tree = site.tree()
  assert.deepEqual(
    [...tree.keys()].filter((path) => /posts|2024|own/.test(path) && !path.endsWith('index.html')),
    ['2024/01/02/b/paper.pdf', '2024/01/02/b/pic.svg', 'own.html', 'own.svg'],
  )
  assert.equal(tree.get('2024/01/02/b/pic.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>\n')
  assert.equal(tree.get('own.svg'), hostileSvg['script'])
  assert.deepEqual(
    told(built).filter((text) => text.includes('trust/')),
    ['evil.html', 'evil.js', 'evil.xhtml', 'noending', 'pic.svg'].map(
      (name) => `warning trust/${name === 'pic.svg' ? 'svg' : 'file'} ${bundle}/${name}`,
    ),
  )
  assert.deepEqual((await site.build()).ran, [])
})

test('the same content is published as it is where it is the owner’s, and a change of trust changes it at once', async () => {
  const files = {
    'content/posts/b/index.md': post('', '<b onclick="x()">x</b>\n\n![pic](./pic.svg)'),
    'content/posts/b/pic.svg': hostileSvg['script'] ?? '',
  }
  const site = memorySite({ ...untrusted, ...files })
  await site.build()
  const page = '2024/01/02/b/index.html'
  assert.ok(!site.tree().get(page)?.includes('onclick'))
  site.write({ 'site.config.json': config({}) })
  await site.build()
  assert.ok(site.tree().get(page)?.includes('onclick'))
  assert.equal(site.tree().get('2024/01/02/b/pic.svg'), hostileSvg['script'])
})

test('code of strangers’ projects is neither run nor bundled nor copied', async () => {
  await withSite({}, async (site) => {
    const project = 'content/projects/p'
    site.write({
      ...untrusted,
      [`${project}/index.md`]: post('', 'x'),
      [`${project}/demo.ts`]: 'export const mount = () => { document.title = "demo-code" }',
      [`${project}/walkthrough.ts`]: 'throw new Error("the walkthrough ran")',
      'content/projects/q/index.md': post('', 'x'),
      'content/projects/q/demo/index.html': '<script>frame-code</script>',
      'content/posts/a.md': post('', '::demo{slug="p"}'),
    })
    const built = await site.build()
    assert.ok(built.ok, JSON.stringify(built.problems))
    assert.deepEqual(
      told(built).filter((text) => text.includes('trust/code')),
      [`warning trust/code ${project}/demo.ts`, 'warning trust/code content/projects/q/demo/index.html'],
    )
    for (const [path, text] of site.tree()) assert.ok(!/demo-code|frame-code/.test(text), path)
  })
})

test('raw HTML cannot be allowed to strangers', async () => {
  const site = memorySite({
    'site.config.json': config({ trust: 'content-is-untrusted', markdown: { html: 'allow' } }),
  })
  assert.deepEqual(told(await site.build()).slice(0, 1), ['error config/bad-value site.config.json'])
})

const escapes = [
  '../../x',
  '/../x',
  '/a/../../x',
  '/a/%2e%2e/%2E%2e/x',
  '..',
  '.',
  '/./',
  'C:/x',
  'c:\\x',
  '/C:/x',
  '\\\\host\\x',
  '//host/x',
  '/a\\..\\x',
  'https://host/x',
  'javascript:x',
  '/con/',
  '/aux.txt',
  '/a/NUL',
  '/com1/',
  '/lpt9.html',
  '/prn.xml',
  '/a /b/',
  '/.git/config',
  '/a?b',
  `/${'x'.repeat(300)}/`,
  '"/a\\0b/"',
  '"/a\\nb/"',
]
const formats: Readonly<Record<string, (field: string, value: string) => string>> = {
  YAML: (field, value) => post(`${field}: ${value.startsWith('"') ? value : JSON.stringify(value)}`),
  TOML: (field, value) =>
    `+++\ntitle = "T"\ndate = 2024-01-02\n${field} = ${value.startsWith('"') ? value.replace('\\0', '\\u0000') : JSON.stringify(value)}\n+++\n`,
  JSON: (field, value) =>
    `{"title": "T", "date": "2024-01-02", "${field}": ${value.startsWith('"') ? value.replace('\\0', '\\u0000') : JSON.stringify(value)}}\n`,
}
for (const [name, format] of Object.entries(formats))
  test(`no address in ${name} leaves the output folder or needs a name that Windows has not: ${escapes.length} are refused by name`, async () => {
    const files: Record<string, string> = {}
    escapes.forEach((path, at) => {
      files[`content/posts/p${at}.md`] = format('permalink', path)
      files[`content/posts/a${at}.md`] = format('aliases', path)
    })
    const site = memorySite(files)
    const built = await site.build()
    assert.equal(built.ok, false)
    const refused = new Set(
      built.problems.filter(({ severity }) => severity === 'error').map(({ file }) => file),
    )
    assert.deepEqual(
      Object.keys(files).filter((path) => !refused.has(path)),
      [],
    )
    for (const path of site.disk.files('/').keys())
      assert.ok(/^site\/(?:content|layouts|site\.config|\.inkstone|dist\.inkstone)/.test(path), path)
    assert.equal(site.disk.stat(`${root}/dist`), null)
  })

const prototypes = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']
test('front matter in any syntax sets no prototype, at the top or deep within', async () => {
  const files: Record<string, string> = {}
  prototypes.forEach((key, at) => {
    files[`content/posts/y${at}.md`] = post(
      `${key}: {polluted: yes}\ndeep: {${key}: {polluted: yes}}\nlist: [{${key}: {polluted: yes}}]`,
    )
    files[`content/posts/t${at}.md`] =
      `+++\ntitle = "T"\ndate = 2024-01-02\n[${key}]\npolluted = true\n[deep.${key}]\npolluted = true\n+++\n`
    files[`content/posts/j${at}.md`] =
      `{"title": "T", "date": "2024-01-02", "${key}": {"polluted": true}, "deep": {"${key}": {"polluted": true}}}\n`
  })
  files['content/_defaults.yml'] = '__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}\n'
  files['content/posts/merge.md'] = post(
    'base: &a {__proto__: {polluted: yes}}\nother: {<<: *a}\n<<: {__proto__: {polluted: yes}}',
  )
  files['site.config.json'] =
    `{"title":"S","baseUrl":"https://s.example/","search":false,"cards":false,"data":{"__proto__":{"polluted":true}},"__proto__":{"polluted":true},"tagSlugs":{"__proto__":"x"},"redirects":{"__proto__":"/x/"}}`
  await memorySite(files).build()
  const probe: object = {}
  assert.equal(Reflect.get(probe, 'polluted'), undefined)
  for (const key of prototypes)
    if (key !== '__proto__')
      assert.equal(Reflect.get(Reflect.get(probe, key) ?? {}, 'polluted'), undefined, key)
  assert.deepEqual(Object.keys(Object.prototype), [])
})

test('bombs of aliases, depth and size are refused by name, and the other posts are looked at', async () => {
  const laughs = Array.from(
    { length: 9 },
    (_, at) =>
      `a${at}: &a${at} [${
        at === 0
          ? 'x'
          : Array(9)
              .fill(`*a${at - 1}`)
              .join(', ')
      }]`,
  )
  const site = memorySite({
    'content/posts/aliases.md': post(laughs.join('\n')),
    'content/posts/circle.md': post('a: &a [*a]'),
    'content/posts/yaml-deep.md': post(`a: ${'['.repeat(5000)}${']'.repeat(5000)}`),
    'content/posts/toml-deep.md': `+++\ntitle = "T"\na = ${'['.repeat(5000)}${']'.repeat(5000)}\n+++\n`,
    'content/posts/toml-keys.md': `+++\ntitle = "T"\n${'a.'.repeat(5000)}b = 1\n+++\n`,
    'content/posts/json-deep.md': `{"title": "T", "a": ${'['.repeat(5000)}${']'.repeat(5000)}}\n`,
    'content/posts/long.md': post(`a: ${'x'.repeat(200_000)}`),
    'content/posts/many.md': post(`tags: [${Array.from({ length: 12_000 }, (_, at) => at).join(', ')}]`),
    'content/posts/zz.md': post('', '[none](./none.md)'),
  })
  const problems = told(await site.build())
  for (const name of [
    'aliases',
    'circle',
    'yaml-deep',
    'toml-deep',
    'toml-keys',
    'json-deep',
    'long',
    'many',
  ])
    assert.ok(
      problems.some((text) => text.startsWith('error frontmatter/') && text.endsWith(`/${name}.md`)),
      `${name}: ${problems}`,
    )
  assert.ok(problems.includes('warning markdown/broken-link content/posts/zz.md'), String(problems))
})

test('code in front matter is refused in every spelling, and template code of a post stays text', async () => {
  const site = memorySite({
    ...Object.fromEntries(
      ['---js', '---javascript', '--- js', '---coffee', '---ts'].map((fence, at) => [
        `content/posts/c${at}.md`,
        `${fence}\nmodule.exports = { title: process.exit(7) }\n---\n`,
      ]),
    ),
    'content/posts/tag.md': post('x: !!js/function "function () { process.exit(7) }"'),
    'content/posts/new.md': post('x: !!python/object:os.system ls'),
  })
  const built = await site.build()
  assert.equal(
    built.problems.filter(({ severity, code }) => severity === 'error' && code.startsWith('frontmatter/'))
      .length,
    7,
  )
  const other = memorySite({
    'content/posts/a.md': post(
      'description: "{{ site.title }}"',
      '{{ post.title }} {% include "base.njk" %} {# x #}',
    ),
  })
  assert.ok((await other.build()).ok)
  assert.match(
    other.tree().get('2024/01/02/a/index.html') ?? '',
    /\{\{ post\.title \}\} \{% include "base\.njk" %\} \{# x #\}/,
  )
})

test('links, pictures and layouts of a post do not lead out of the site’s folders', async () => {
  await withSite({}, async (site) => {
    site.write({
      'site.config.json': config({}),
      '../secret.txt': 'SECRET',
      'notes/secret.txt': 'SECRET',
      'content/posts/a.md': post(
        'cover: ../../../secret.txt\nlayout: ../../secret',
        '[a](../../../secret.txt) [b](../../notes/secret.txt) ![c](../../../secret.txt) [d](file:../secret.txt) [e](/../secret.txt)',
      ),
      'content/posts/b/index.md': post('', 'x'),
    })
    symlinkSync(join(site.folder, 'secret.txt'), join(site.root, 'content/posts/b/secret.txt'))
    symlinkSync('/etc', join(site.root, 'content/posts/b/etc'))
    symlinkSync(join(site.folder, 'secret.txt'), join(site.root, 'content/posts/linked.md'))
    const built = await site.build()
    assert.equal(told(built).filter((text) => text.startsWith('warning scan/link-outside')).length, 3)
    site.write({
      'content/posts/a.md': post(
        '',
        '[a](../../../secret.txt) [b](../../notes/secret.txt) ![c](../../../secret.txt)',
      ),
    })
    assert.ok((await site.build()).ok)
    for (const [path, text] of site.tree())
      assert.ok(!text.includes('SECRET') && !path.includes('secret'), path)
  })
})
