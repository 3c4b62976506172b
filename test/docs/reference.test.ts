// The pages of reference are made from the sources. What can still be wrong: a source that says nothing, or something
// that a page leaves out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentMembers, pages, siteMembers } from '../../docs/reference/pages.js'
import { configSchema } from '../../src/config/schema.js'
import { fieldSpecs } from '../../src/content/fields.js'
import { doc, siteOf } from '../site/sample.js'

const page = (name: string): string => pages[`reference/${name}.md`]?.() ?? ''

test('everything that templates get has a word in the types', () => {
  const silent = [...documentMembers(), ...siteMembers()].filter(({ words }) => words === '')
  assert.deepEqual(
    silent.map(({ name }) => name),
    [],
  )
})

test('every property of a document and of the site is in the page on templates', () => {
  const { site } = siteOf([doc('about.md')])
  const text = page('templates')
  const missing = [...Object.keys(site), ...Object.keys(site.post('about.md'))].filter(
    (name) => !text.includes(`\n| \`${name}\` |`),
  )
  assert.deepEqual(missing, [])
})

test('every key of the configuration and every field of front matter is in its page', () => {
  const { properties = {} } = configSchema()
  const keys = Object.keys(properties as object) // a schema of ours
  const configuration = page('configuration')
  assert.ok(keys.length > 20)
  assert.deepEqual(
    keys.filter((key) => key !== '$schema' && !configuration.includes(`\n## ${key}\n`)),
    [],
  )
  const fields = page('front-matter')
  assert.deepEqual(
    Object.keys(fieldSpecs).filter((field) => !fields.includes(`\n| \`${field}\` |`)),
    [],
  )
})

test('every command is in its page with its flags', () => {
  const text = page('commands')
  for (const flag of ['--prove', '--poll', '--against DIR', '--tags a,b'])
    assert.equal(text.includes(flag.replace('DIR', 'OLD')), true, flag)
})
