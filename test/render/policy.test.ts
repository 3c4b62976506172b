import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerPolicy, withPolicy } from '../../src/render/policy.js'

const page = (body: string): string =>
  `<meta http-equiv="Content-Security-Policy" content=""><script>let a = 1</script>${body}`

/** The rules of a page's policy by name. */
const rulesOf = (html: string): Record<string, string> => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(withPolicy(html))?.[1] ?? ''
  return Object.fromEntries(
    policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
  )
}
const inline = "'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='"

test('a plain page runs its own files and its inline script by hash', () => {
  assert.deepEqual(rulesOf(page('<p>text</p>')), {
    'default-src': "'self'",
    'script-src': `'self' ${inline}`,
    'style-src': "'self'",
    'img-src': "'self' data: https: http:",
    'media-src': "'self' data: https: http:",
    'font-src': "'self' data:",
    'frame-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
  })
})

test('WebAssembly may be compiled only where a demo does', () => {
  const html = page('<section class="demo" data-wasm></section>')
  assert.equal(rulesOf(html)['script-src'], `'self' ${inline} 'wasm-unsafe-eval'`)
})

test('scripts, frames and styles of others are allowed by their origin, and only where they stand', () => {
  const html = page(
    '<script src="https://a.example/x.js"></script><iframe src="https://b.example/y?z"></iframe><link rel="stylesheet" href="https://c.example/d.css">',
  )
  const { 'script-src': script, 'frame-src': frame, 'style-src': style } = rulesOf(html)
  assert.deepEqual(
    [script, frame, style],
    [`'self' ${inline} https://a.example`, "'self' https://b.example", "'self' https://c.example"],
  )
})

test('data in a script element needs no leave, and formulas bring style attributes', () => {
  const html = page('<script type="application/ld+json">{}</script><span style="height:1em">x</span>')
  assert.deepEqual(
    [rulesOf(html)['script-src'], rulesOf(html)['style-src']],
    [`'self' ${inline}`, "'self' 'unsafe-inline'"],
  )
})

test('a layout without the empty policy gets none', () => {
  assert.equal(withPolicy('<p>x</p>'), '<p>x</p>')
})

test('what only looks like a script, a frame or a style, within an attribute, a comment or a script, allows nothing', () => {
  const plain = rulesOf(page(''))
  for (const value of [
    '<script>pwned()</script>',
    '><script>pwned()</script>',
    '<script src=https://evil.example/x.js></script>',
    '<iframe src=https://evil.example/>',
    '<link rel=stylesheet href=https://evil.example/>',
    '<p style=x>',
    '<div data-wasm>',
  ])
    for (const html of [`<p title="${value}">x</p>`, `<p id='${value}'>x</p>`, `<!-- ${value} --><b>x</b>`])
      assert.deepEqual(rulesOf(page(html)), plain, html)
  const data = `<script type="application/json">"<p style=x><iframe src=https://evil.example/>"</script>`
  assert.deepEqual(rulesOf(page(data)), plain)
})

test('scripts in upper case, in single quotes and of every type that runs need their leave', () => {
  const html = page(
    "<SCRIPT SRC='https://a.example/x.js'></SCRIPT><script type=module>let a = 1</script><script type='text/javascript'>let a = 1</script>",
  )
  assert.equal(rulesOf(html)['script-src'], `'self' ${inline} https://a.example`)
})

test('the header of a host allows what any page needs, and no frames of others around them', () => {
  assert.equal(
    headerPolicy([
      "default-src 'self'; script-src 'self' 'sha256-a'; object-src 'none'",
      "default-src 'self'; script-src 'self' 'sha256-b'; object-src 'self' https://b.example",
    ]),
    "default-src 'self'; frame-ancestors 'self'; object-src 'self' https://b.example; script-src 'self' 'sha256-a' 'sha256-b'",
  )
  assert.equal(headerPolicy(["object-src 'none'"]), "frame-ancestors 'self'; object-src 'none'")
})

test('a diagram brings styles of its own; a player that waits for a click may become a frame, and no object', () => {
  const html = page(
    '<figure class="diagram" data-diagram="mermaid"></figure><figure class="embed" data-embed="vimeo" data-src="https://player.vimeo.com/video/1?dnt=1"></figure>',
  )
  const { 'style-src': style, 'frame-src': frame, 'object-src': object } = rulesOf(html)
  assert.deepEqual(
    [style, frame, object],
    ["'self' 'unsafe-inline'", "'self' https://player.vimeo.com", "'none'"],
  )
})

test('comments bring their service’s script, styles and frame', () => {
  const html = page(
    '<section class="comments" data-provider="giscus" data-host="https://giscus.app"></section>',
  )
  const { 'script-src': script, 'style-src': style, 'frame-src': frame } = rulesOf(html)
  assert.deepEqual(
    [script, style, frame],
    [`'self' ${inline} https://giscus.app`, "'self' https://giscus.app", "'self' https://giscus.app"],
  )
})

test('a script of others reports to where it comes from, and to where the configuration says', () => {
  const html = page('<script defer src="https://a.example/x.js"></script>')
  const policy = /content="([^"]*)"/.exec(withPolicy(html, ['https://b.example/collect']))?.[1] ?? ''
  assert.ok(policy.includes("; connect-src 'self' https://a.example https://b.example; "), policy)
  assert.equal(withPolicy(page(''), ['https://b.example/']).includes('b.example'), false)
})
