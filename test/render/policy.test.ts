import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withPolicy } from '../../src/render/policy.js'

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
  assert.equal(rulesOf(html)['script-src'], `'self' 'wasm-unsafe-eval' ${inline}`)
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
