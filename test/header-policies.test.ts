// The policy in a host's `_headers`, filled by the build from its pages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerPolicy } from '../src/render/policy.js'
import { fewPosts, memorySite } from './memory-site.js'
import type { Files } from './temp-site.js'

const base = (head: string): string =>
  `<!DOCTYPE html>
<html lang="{{ page.lang }}">
<head><title>{{ page.head.title }}</title>${head}</head>
<body>{% block content %}{% endblock %}</body>
</html>
`
const wanted = '<meta http-equiv="Content-Security-Policy" content="">'
const files: Files = {
  ...fewPosts,
  'layouts/base.njk': base(wanted),
  'content/posts/s.md':
    '---\ntitle: S\ndate: 2024-01-05\npermalink: /s/\n---\n\n<script>let s = 1</script>\n',
  'content/posts/t.md':
    '---\ntitle: T\ndate: 2024-01-06\npermalink: /t/\n---\n\n<iframe src="https://frame.example/x" title="x"></iframe>\n',
  'public/plain.html': '<!DOCTYPE html><title>x</title><script>let p = 1</script>',
  'public/_headers':
    '# Ours\n/*\n  X-A: b\n  Content-Security-Policy:\n/s/*\n  content-security-policy: \n/t/\n  Content-Security-Policy: mine\n',
}
const hash = async (text: string): Promise<string> =>
  `'sha256-${Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('base64')}'`

const rulesOf = (policy = ''): Record<string, string> =>
  Object.fromEntries(
    policy.split('; ').map((rule) => [rule.slice(0, rule.indexOf(' ')), rule.slice(rule.indexOf(' ') + 1)]),
  )
const headersOf = (site: ReturnType<typeof memorySite>): string[] =>
  (site.tree().get('_headers') ?? '').split('\n')

test('an empty policy in public/_headers holds what the pages of its path need, files of others included', async () => {
  const site = memorySite(files)
  const built = await site.build()
  assert.deepEqual(
    built.problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  const [ours, all, other, policy, some, one, last, mine, end] = headersOf(site)
  assert.deepEqual(
    [ours, all, other, some, last, mine, end],
    ['# Ours', '/*', '  X-A: b', '/s/*', '/t/', '  Content-Security-Policy: mine', ''],
  )
  const [s, p] = [await hash('let s = 1'), await hash('let p = 1')]
  const wide = rulesOf(policy?.replace('  Content-Security-Policy: ', ''))
  assert.deepEqual(wide['script-src']?.split(' ').sort(), ["'self'", p, s].sort())
  assert.equal(wide['frame-src'], "'self' https://frame.example")
  assert.equal(wide['frame-ancestors'], "'self'")
  const narrow = rulesOf(one?.replace('  content-security-policy: ', ''))
  assert.deepEqual(narrow['script-src']?.split(' ').sort(), ["'self'", s].sort())
  assert.equal(narrow['frame-src'], "'self'")
})

test('an incremental build writes the policy that a clean one writes, and does nothing twice', async () => {
  const site = memorySite(files)
  await site.build()
  assert.deepEqual((await site.build()).written, [])
  site.write({ 'content/posts/s.md': String(files['content/posts/s.md']).replace('s = 1', 's = 2') })
  const built = await site.build()
  assert.ok(built.written.includes('_headers'))
  const incremental = headersOf(site)
  assert.ok(
    incremental.join().includes(await hash('let s = 2')) &&
      !incremental.join().includes(await hash('let s = 1')),
  )
  const clean = memorySite({
    ...files,
    'content/posts/s.md': String(files['content/posts/s.md']).replace('s = 1', 's = 2'),
  })
  await clean.build()
  assert.deepEqual(incremental, headersOf(clean))
  assert.equal((await site.build({ check: true })).ok, true)
})

test('a layout that wants no policy is restricted by none; a file without an empty policy is copied as it is', async () => {
  const site = memorySite({ ...files, 'layouts/base.njk': base('') })
  await site.build()
  assert.equal(headersOf(site)[3], "  Content-Security-Policy: frame-ancestors 'self'")
  const text = '/*\n  Content-Security-Policy: mine\n'
  const own = memorySite({ ...files, 'public/_headers': text })
  await own.build()
  assert.deepEqual(headersOf(own), text.split('\n'))
})

test('a site of very many inline scripts leaves their hashes to its pages: no host takes so long a line', () => {
  const hashes = Array.from({ length: 60 }, (_, i) => `'sha256-${String(i).padStart(43, 'a')}='`)
  const long = headerPolicy([`default-src 'self'; script-src 'self' ${hashes.join(' ')}; object-src 'none'`])
  assert.equal(long, "frame-ancestors 'self'; object-src 'none'")
})
