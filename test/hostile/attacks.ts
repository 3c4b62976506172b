// The attacks of attacks.cases, for the tests that read what becomes of them and for the one that shows it to a browser.
import { checkConfig } from '../../src/config/check.js'
import { createMarkdown } from '../../src/markdown/body.js'
import type { Body } from '../../src/markdown/types.js'
import { config, contextOf, metaOf } from '../markdown/world.js'

export const untrusted = checkConfig({
  value: { baseUrl: 'https://example.org/', trust: 'content-is-untrusted' },
  file: 'site.config.json',
  text: '',
}).config

const markdown = createMarkdown({
  ...contextOf(),
  config: { ...config, trust: untrusted.trust, markdown: untrusted.markdown },
})

/** What becomes of a stranger's text. */
export const bodyOf = (text: string): Promise<Body> =>
  markdown.makeBody({ meta: metaOf({}), text: text.replaceAll('<SOH>', '\u0001') })
