import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeAtom, writeJsonFeed, writeRss } from '../../src/pages/feed.js'
import { legalXml } from '../../src/pages/xml.js'
import { randomFrom } from '../site/sample.js'
import { feed, item } from './feed-sample.js'
import { childrenOf, parseXml, textIn } from './xml-tree.js'

test('texts that look like markup, entities or our own marks come back as they were', () => {
  const odd = [
    '&amp;',
    '&amp;amp;',
    '<entry>',
    '<content type="html">',
    'token:0;',
    ']]>]]>',
    '$& $1 $$',
    '<![CDATA[',
  ]
  for (const text of odd) {
    const data = feed({ title: text, items: [item({ title: text, html: text, summary: text })] })
    const [channel] = childrenOf(parseXml(writeRss(data)), 'channel')
    const [entry] = childrenOf(parseXml(writeAtom(data)), '{http://www.w3.org/2005/Atom}entry')
    const [rssItem] = childrenOf(channel!, 'item')
    assert.deepEqual(
      [
        textIn(channel!, 'title'),
        textIn(rssItem!, 'title'),
        textIn(rssItem!, '{http://purl.org/rss/1.0/modules/content/}encoded'),
        textIn(entry!, '{http://www.w3.org/2005/Atom}title'),
        textIn(entry!, '{http://www.w3.org/2005/Atom}content'),
      ],
      [text, text, text, text, text],
    )
  }
})

test('random texts never break a feed, and all that XML may hold comes back', () => {
  const seed = 4287
  const random = randomFrom(seed)
  const pieces = [
    ']]>',
    ']]',
    '>',
    '<',
    '&',
    '&amp;',
    '\r\n',
    '\r',
    '\t',
    '\u0000',
    '\u0010',
    '\u0085',
    '\u2028',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
    '\u{1f469}\u200d',
    '"',
    "'",
    '中',
    'token:1;',
    '<!--',
    '?>',
  ]
  const randomText = () => {
    const length = 1 + Math.floor(random() * 30)
    return Array.from({ length }, () =>
      random() < 0.5
        ? pieces[Math.floor(random() * pieces.length)]
        : String.fromCharCode(Math.floor(random() * 0x10000)),
    ).join('')
  }
  for (let round = 0; round < 300; round++) {
    const [title, html, summary, name] = [`t${randomText()}`, randomText(), randomText(), randomText()]
    const categories = [{ name, scheme: 'https://example.org/tags/' }]
    const data = feed({ title, items: [item({ title, html, summary, categories })] })
    const message = `seed ${seed}, round ${round}`
    const [channel] = childrenOf(parseXml(writeRss(data)), 'channel')
    const [rssItem] = childrenOf(channel!, 'item')
    const entry = childrenOf(parseXml(writeAtom(data)), '{http://www.w3.org/2005/Atom}entry')[0]!
    const [json] = JSON.parse(writeJsonFeed(data)).items
    const body = legalXml(html)
    assert.deepEqual(
      [
        textIn(rssItem!, '{http://purl.org/rss/1.0/modules/content/}encoded'),
        textIn(entry, '{http://www.w3.org/2005/Atom}content'),
        json.content_html,
        textIn(rssItem!, 'title'),
        textIn(entry, '{http://www.w3.org/2005/Atom}title'),
        json.title,
        textIn(rssItem!, 'category'),
      ],
      [body, body, body, legalXml(title), legalXml(title), legalXml(title), legalXml(name)],
      message,
    )
  }
})
