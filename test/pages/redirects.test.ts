import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redirectPages } from '../../src/pages/redirects.js'
import { doc, siteOf } from '../site/sample.js'

const docs = [
  doc('posts/数据.md', { slug: '数据', aliases: ['/old/', '/p/旧.html', '/old/'], lang: 'en' }),
  doc('posts/b.md', { unlisted: true, aliases: ['/b/'] }),
  doc('posts/draft.md', { draft: true, aliases: ['/secret/'] }),
]

function written(): Record<string, string> {
  const { index, metas, site } = siteOf(docs)
  return Object.fromEntries(
    redirectPages(index, metas, []).map(({ url, make, props }) => [
      url,
      'write' in make ? make.write(site, props) : '',
    ]),
  )
}

test('an old address has a stub that leads to the document and names it canonical', () => {
  const stub = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>/posts/数据/</title>
<link rel="canonical" href="https://example.org/blog/posts/%E6%95%B0%E6%8D%AE/">
<meta http-equiv="refresh" content="0; url=/blog/posts/%E6%95%B0%E6%8D%AE/">
</head>
<body>
<p><a href="/blog/posts/%E6%95%B0%E6%8D%AE/">https://example.org/blog/posts/%E6%95%B0%E6%8D%AE/</a></p>
</body>
</html>
`
  assert.equal(written()['/old/'], stub)
  assert.equal(written()['/p/旧.html'], stub)
})

test('_redirects holds every move once, encoded and with the base path, and none of what is hidden', () => {
  assert.deepEqual(Object.keys(written()), ['/b/', '/old/', '/p/旧.html', '/_redirects'])
  assert.equal(
    written()['/_redirects'],
    `/blog/old/ /blog/posts/%E6%95%B0%E6%8D%AE/ 301
/blog/p/%E6%97%A7.html /blog/posts/%E6%95%B0%E6%8D%AE/ 301
`,
  )
})

test('without aliases there is no file', () => {
  const { index, metas } = siteOf([doc('posts/a.md')])
  assert.deepEqual(redirectPages(index, metas, []), [])
})
