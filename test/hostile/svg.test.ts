import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanSvg } from '../../src/assets/svg.js'
import { parseXml } from '../../src/text/xml.js'
import { hostileSvg } from './svg.js'

test('of a picture made to run or fetch something, nothing that does is left, and it is said', () => {
  for (const [name, text] of Object.entries(hostileSvg)) {
    const { text: clean, removed } = cleanSvg(text)
    assert.ok(
      !/pwned|evil|script|foreign|<a[ >]|<\?|<!|\son\w+=|javascript:/i.test(clean),
      `${name}: ${clean}`,
    )
    assert.equal(parseXml(clean).fault, '', name)
    if (!/sheet|entity|^load$/.test(name)) assert.notDeepEqual(removed, [], name)
  }
})

test('an honest picture comes through whole', () => {
  const honest =
    '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="40" viewBox="0 0 30 40">' +
    '<title>图 &amp; 文</title><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient>' +
    '<clipPath id="c"><circle r="9"/></clipPath></defs><style>.a { fill: url(#g) }</style>' +
    '<g class="a" transform="translate(1 2)" clip-path="url(#c)"><path d="M0 0L9 9"/><text x="1">一<tspan dy="2">二</tspan>三</text></g>' +
    '<use href="#c"/><image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/></svg>\n'
  assert.deepEqual(cleanSvg(`<?xml version="1.0"?>\n<!-- drawn by hand -->${honest}`), {
    text: honest,
    removed: [],
  })
})

test('what is no SVG becomes an empty picture', () => {
  for (const text of ['', 'GIF89a', '<p>x</p>', '<svg><g></svg>', '<svg'.repeat(9)])
    assert.equal(cleanSvg(text).text, '<svg xmlns="http://www.w3.org/2000/svg"/>\n', text)
})
