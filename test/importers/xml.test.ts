// XML as old programs wrote it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWxr } from '../../src/import/wxr.js'
import { childText, parseXml } from '../../src/text/xml.js'

test('control characters, undeclared entities and lone ampersands do not end the parsing', () => {
  const { root, fault } = parseXml(
    '\ufeff<?xml version="1.0"?><a><b>x\u000cy &nbsp; & z &#12; &lt;</b><c><![CDATA[1 & 2 &nbsp;\u0008]]></c></a>',
  )
  assert.equal(fault, '')
  assert.equal(root && childText(root, 'b'), 'xy &nbsp; & z  <')
  assert.equal(root && childText(root, 'c'), '1 & 2 &nbsp;')
})

test('what stands before a fault is kept', () => {
  const { root, fault } = parseXml('<a><b>x</b><c>')
  assert.notEqual(fault, '')
  assert.equal(root && childText(root, 'b'), 'x')
})

test('local time gets its offset from the time in UTC; a zero date is none', () => {
  const item = (local: string, utc: string): string =>
    readWxr(
      `<rss><channel><item><wp:post_date>${local}</wp:post_date><wp:post_date_gmt>${utc}</wp:post_date_gmt></item></channel></rss>`,
    ).items[0]?.date ?? ''
  assert.equal(item('2011-04-09 21:13:37', '2011-04-09 13:13:37'), '2011-04-09T21:13:37+08:00')
  assert.equal(item('2011-04-09 21:13:37', '2011-04-10 00:43:37'), '2011-04-09T21:13:37-03:30')
  assert.equal(item('0000-00-00 00:00:00', '0000-00-00 00:00:00'), '')
  assert.equal(item('2011-04-09 21:13:37', '0000-00-00 00:00:00'), '2011-04-09T21:13:37')
})
