// What a site uses of others, each off unless its author writes it down: comments, analytics, endpoints. And words and
// languages of the author's own. Every value is checked where it stands. Never throws.
import { isObject, type Reader, type Report, readerOf, type Tell } from './reader.js'
import type { AnalyticsConfig, CommentsConfig, SiteConfig } from './types.js'

/** The options of what is either false or an object; undefined where it is off. */
function optionsOf(
  top: Reader,
  key: 'comments' | 'analytics',
  report: Report,
  tell: Tell | undefined,
  expected: string,
): { readonly reader: Reader; readonly isOn: boolean } {
  if (isObject(top.object[key])) return { reader: top.child(key), isOn: true }
  if (top.flag(key, false))
    report([key], `${key} says only that it is on`, { found: 'true', expected: [expected] })
  return { reader: readerOf({}, [key], () => {}, tell), isOn: false }
}

/** `comments`: false, or giscus or utterances with what they need. */
export function commentsOf(top: Reader, report: Report, tell?: Tell): SiteConfig['comments'] {
  const { reader, isOn } = optionsOf(
    top,
    'comments',
    report,
    tell,
    "{ provider: 'giscus', repo: 'owner/name', repoId, category, categoryId }",
  )
  const comments: CommentsConfig = {
    provider: reader.choice('provider', 'giscus', ['giscus', 'utterances']),
    repo: reader.text('repo', ''),
    repoId: reader.text('repoId', ''),
    category: reader.text('category', ''),
    categoryId: reader.text('categoryId', ''),
    label: reader.text('label', ''),
    strict: reader.flag('strict', true),
    reactions: reader.flag('reactions', true),
    input: reader.choice('input', 'bottom', ['top', 'bottom']),
    light: reader.text('light', ''),
    dark: reader.text('dark', ''),
  }
  reader.done()
  if (!isOn) return false
  if (!/^[\w.-]+\/[\w.-]+$/.test(comments.repo))
    report(['comments', 'repo'], 'comments.repo is the repository that holds the comments', {
      found: comments.repo,
      expected: ["'owner/name'"],
    })
  const needed = comments.provider === 'giscus' ? (['repoId', 'categoryId'] as const) : []
  for (const key of needed)
    if (comments[key] === '')
      report(['comments'], `comments.${key} is missing`, {
        expected: ['what giscus.app shows for the repository'],
        fix: `add ${key}: '…'`,
      })
  return comments
}

const attributeName = /^(?:data-[a-z\d-]+|id|crossorigin|integrity|referrerpolicy)$/

/** `analytics`: false, or a script with its attributes. */
export function analyticsOf(top: Reader, report: Report, tell?: Tell): SiteConfig['analytics'] {
  const expected = "{ src: 'https://stats.example/script.js', attributes: { 'data-site': '…' } }"
  const { reader, isOn } = optionsOf(top, 'analytics', report, tell, expected)
  const analytics: AnalyticsConfig = {
    src: reader.text('src', ''),
    attributes: reader.texts('attributes'),
    connect: reader.list('connect'),
  }
  reader.done()
  if (!isOn) return false
  if (!/^\/(?!\/)/.test(analytics.src)) addressOf(analytics.src || 'nothing', ['analytics', 'src'], report)
  for (const origin of analytics.connect) addressOf(origin, ['analytics', 'connect'], report)
  for (const name of Object.keys(analytics.attributes))
    if (!attributeName.test(name))
      report(['analytics', 'attributes', name], `analytics.attributes: "${name}" is no attribute for it`, {
        found: name,
        expected: ['data-…', 'id', 'crossorigin', 'integrity', 'referrerpolicy'],
      })
  return analytics
}

/** An absolute address of the web, '' for none; anything else is reported. */
export function addressOf(typed: string, path: readonly string[], report: Report): string {
  if (typed === '') return ''
  if (/^https?:\/\//i.test(typed) && URL.canParse(typed)) return new URL(typed).href
  report(path, `${path.join('.')} is no address`, { found: typed, expected: ['an address with https://'] })
  return ''
}

/** `words`: a language tag → words by their keys. The keys are looked at by whoever has the dictionary. */
export function wordsOf(top: Reader, report: Report): SiteConfig['words'] {
  const value = top.object['words'] ?? {}
  const texts = { type: 'object', additionalProperties: { type: 'string' } }
  top.skip('words', { type: 'object', additionalProperties: texts, default: {} })
  const isTexts = (item: unknown): item is Record<string, string> =>
    isObject(item) && Object.values(item).every((text) => typeof text === 'string')
  const isWords = (item: unknown): item is Record<string, Record<string, string>> =>
    isObject(item) && Object.values(item).every(isTexts)
  if (isWords(value)) return value
  report(['words'], 'words has a wrong value', {
    expected: ["an object of languages, such as { fr: { archive: 'Archives' } }"],
  })
  return {}
}

/** `languages`: tags beside the site's own. */
export function languagesOf(top: Reader, report: Report): readonly string[] {
  const tags = top.list('languages')
  const sound = tags.filter((tag) => /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(tag))
  for (const tag of tags)
    if (!sound.includes(tag))
      report(['languages'], `"${tag}" is no language tag`, { found: tag, expected: ['en', 'zh-TW'] })
  return sound
}
