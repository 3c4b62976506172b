// Broken sites: whatever an author or a plugin may do wrong, with the complete text of what is said about it.
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../src/errors.js'
import { testSlowCases } from './content/cases.js'
import { tempSite } from './temp-site.js'

/** All of a Problem, as text; nothing of the machine in it. */
function problemText({ severity, code, what, file, line, column, frame, ...more }: Problem): string {
  const where = [file, line, column].filter((part) => part !== undefined).join(':')
  return [
    `${where === '' ? '(no file)' : where} ${severity} ${code}`,
    `  ${what}`,
    ...(frame ? frame.split('\n').map((row) => `    ${row}`.trimEnd()) : []),
    ...(more.found === undefined ? [] : [`  found: ${more.found}`]),
    ...(more.expected === undefined ? [] : [`  expected: ${more.expected.join(' · ')}`]),
    ...(more.fix === undefined ? [] : [`  fix: ${more.fix}`]),
  ].join('\n')
}

const config = {
  'site.config.json': '{ "title": "Site", "baseUrl": "https://a.example/", "language": "en" }',
}
const content = { 'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\n---\n\nText.\n' }

await testSlowCases('test/broken.cases', async (input) => {
  const site = tempSite({})
  try {
    const files = input
      .split(/^>>> /m)
      .slice(1)
      .map((part) => {
        const [name = '', ...lines] = part.split('\n')
        return [name, lines.join('\n')] as const
      })
    if (!files.some(([name]) => name.startsWith('site.config'))) site.write(config)
    if (!files.some(([name]) => name.startsWith('content/'))) site.write(content)
    const strict = files.some(([name]) => name === 'strict')
    for (const [name, text] of files) {
      const [, link, target] = /^(.*) -> (.*)$/.exec(name) ?? []
      if (link !== undefined && target !== undefined) {
        site.write({ [`${link}.x`]: '' })
        site.remove(`${link}.x`)
        symlinkSync(target, join(site.root, link))
      } else if (name !== 'strict') site.write({ [name]: text })
    }
    const built = await site.build({ strict })
    return [
      ...built.problems.map((problem) => problemText(problem).replaceAll(site.root, 'ROOT')),
      built.ok ? 'published' : 'nothing published',
    ].join('\n')
  } catch (error) {
    return `our own mistake: ${error instanceof Error ? error.stack : String(error)}`
  } finally {
    site[Symbol.dispose]()
  }
})
