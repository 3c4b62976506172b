// From what the author wrote in site.config.* to a SiteConfig: every key checked, every default filled in.
// Defaults never come from the machine. All problems are collected; the caller stops on errors.
import { refusePattern } from '../content/permalink.js'
import type { Problem } from '../errors.js'
import { baseAddress } from '../urls.js'
import { checkingOf } from './checking.js'
import { fontsOf } from './fonts.js'
import { frontMatterOf } from './front-matter.js'
import { locateKey } from './locate.js'
import { dayOf, moreFeedsOf, moreFeedsSchema, pathOf, redirectsOf } from './paths.js'
import { isObject, type Reader, type Report, readerOf, type Tell } from './reader.js'
import { addressOf, analyticsOf, commentsOf, languagesOf, wordsOf } from './services.js'
import { type Author, anchorRules, type SiteConfig } from './types.js'

export interface Checked {
  readonly config: SiteConfig
  readonly problems: readonly Problem[]
}

export interface ConfigSource {
  /** Evaluated default export; plugins taken out. */
  readonly value: unknown
  /** Path and text of the file, for positions; text '' where there is none. */
  readonly file: string
  readonly text: string
  /** `--base-url`, wins over the file. */
  readonly baseUrl?: string | undefined
}

/** Checks one configuration. `tell` hears of every key that it asks for. Never throws. */
export function checkConfig(source: ConfigSource, tell?: Tell): Checked {
  const problems: Problem[] = []
  const report: Report = (path, what, more = {}) => {
    problems.push({
      severity: 'error',
      code: 'config/bad-value',
      what,
      ...locateKey(source.file, source.text, path),
      ...more,
    })
  }

  const top = readerOf(source.value, [], report, tell)
  top.skip('plugins', { type: 'array' })
  // An editor's, in a site.config.json.
  if ('$schema' in top.object) top.skip('$schema')
  const base = baseOf(source.baseUrl ?? top.text('baseUrl', ''), source.baseUrl === undefined, report)
  top.skip('baseUrl')
  const author: Author = authorOf(top.object['author'])
  if (typeof top.object['author'] === 'string') top.skip('author')
  else {
    const child = top.child('author')
    for (const key of ['name', 'email', 'url', 'avatar']) child.text(key, '')
    child.done()
  }
  tell?.(['author'], { type: 'string' })
  const language = top.text('language', 'zh-CN')
  if (!isLanguage(language))
    report(['language'], `"${language}" is no language tag`, {
      found: language,
      expected: ['a tag like zh-CN or en (BCP 47)'],
    })
  const timezone = top.text('timezone', 'Asia/Shanghai')
  if (!isTimezone(timezone))
    report(['timezone'], `"${timezone}" is no time zone`, {
      found: timezone,
      expected: ['a name like Asia/Shanghai (IANA)'],
    })

  const pagination = top.child('pagination')
  const feeds = top.child('feeds')
  const feedPaths = feeds.child('paths')
  const markdown = top.child('markdown')
  const anchors = markdown.child('anchors')
  const toc = markdown.child('toc')
  const reading = top.child('reading')
  const images = top.child('images')
  const trust = top.choice('trust', 'content-is-mine', ['content-is-mine', 'content-is-untrusted'])
  const html = htmlOf(markdown, trust, report)
  const config: SiteConfig = {
    title: top.text('title', ''),
    description: top.text('description', ''),
    author,
    ...base,
    language: isLanguage(language) ? language : 'zh-CN',
    timezone: isTimezone(timezone) ? timezone : 'Asia/Shanghai',
    permalinks: permalinksOf(top.texts('permalinks'), report),
    pagination: {
      size: pagination.count('size', 10, 1),
      tags: pagination.count('tags', 100, 1),
      archive: pagination.count('archive', 500, 1),
      from: pagination.choice('from', 'newest', ['newest', 'oldest']),
    },
    feeds: {
      items: feeds.count('items', 20, 1, 10_000),
      content: feeds.choice('content', 'full', ['full', 'summary']),
      tags: feeds.flag('tags', true),
      categories: feeds.flag('categories', false),
      sections: feeds.list('sections'),
      hub: addressOf(feeds.text('hub', ''), ['feeds', 'hub'], report),
      paths: {
        rss: pathOf(feedPaths.text('rss', ''), '/feed.xml', ['feeds', 'paths', 'rss'], report),
        atom: pathOf(feedPaths.text('atom', ''), '/atom.xml', ['feeds', 'paths', 'atom'], report),
        json: pathOf(feedPaths.text('json', ''), '/feed.json', ['feeds', 'paths', 'json'], report),
      },
      more: moreFeedsOf(feeds.object['more'], report),
    },
    trust,
    markdown: {
      html,
      parser: markdown.choice('parser', 'auto', ['auto', 'remark']),
      highlighter: markdown.choice('highlighter', 'lowlight', ['lowlight', 'shiki']),
      lineNumbers: markdown.flag('lineNumbers', false),
      hardBreaks: markdown.flag('hardBreaks', false),
      toc: { from: toc.count('from', 2, 1, 6), to: toc.count('to', 4, 1, 6) },
      excerptWidth: markdown.count('excerptWidth', 280, 20, 100_000),
      anchors: {
        like: anchors.choice('like', 'none', anchorRules),
        before: dayOf(anchors.text('before', ''), ['markdown', 'anchors', 'before'], report),
      },
    },
    reading: {
      hanPerMinute: reading.count('hanPerMinute', 400, 1),
      wordsPerMinute: reading.count('wordsPerMinute', 200, 1),
    },
    images: { variants: images.flag('variants', true), measure: images.count('measure', 722, 100, 10_000) },
    search: searchOf(top, tell),
    cards: top.flag('cards', true),
    fonts: fontsOf(top, report),
    frontMatter: frontMatterOf(top, report),
    gitDates: top.flag('gitDates', false),
    navigation: top.links('navigation'),
    social: top.links('social'),
    slugs: top.choice('slugs', 'unicode', ['unicode', 'pinyin', 'ascii']),
    tagSlugs: top.texts('tagSlugs'),
    categorySlugs: top.texts('categorySlugs'),
    redirects: redirectsOf(top.texts('redirects'), report),
    comments: commentsOf(top, report, tell),
    analytics: analyticsOf(top, report, tell),
    webmention: addressOf(top.text('webmention', ''), ['webmention'], report),
    languages: languagesOf(top, report),
    words: wordsOf(top, report),
    ...checkingOf(top, report),
    data: top.json('data'),
  }
  feeds.skip('more', moreFeedsSchema)
  for (const reader of [top, pagination, feeds, feedPaths, markdown, anchors, toc, reading, images])
    reader.done()
  return { config, problems }
}

/** `true`, `false`, or an object of its options. */
function searchOf(top: Reader, tell?: Tell): SiteConfig['search'] {
  const isSwitch = !isObject(top.object['search'])
  const isOn = isSwitch ? top.flag('search', true) : true
  const options = isSwitch ? readerOf({}, ['search'], () => {}, tell) : top.child('search')
  const search = { variants: options.flag('variants', false), initials: options.flag('initials', false) }
  options.done()
  return isOn && search
}

/** What strangers write is cleaned, whatever else is said. */
function htmlOf(
  markdown: Reader,
  trust: SiteConfig['trust'],
  report: Report,
): SiteConfig['markdown']['html'] {
  const html = markdown.choice('html', trust === 'content-is-mine' ? 'allow' : 'sanitize', [
    'allow',
    'sanitize',
    'escape',
  ])
  if (trust === 'content-is-mine' || html !== 'allow') return html
  report(['markdown', 'html'], 'raw HTML of untrusted content cannot be allowed', {
    found: html,
    expected: ['sanitize', 'escape'],
    fix: "leave markdown.html out, or set trust to 'content-is-mine'",
  })
  return 'sanitize'
}

function authorOf(value: unknown): Author {
  const object = isObject(value) ? value : { name: value }
  const text = (key: string): string => (typeof object[key] === 'string' ? object[key] : '')
  return { name: text('name'), email: text('email'), url: text('url'), avatar: text('avatar') }
}

/** A pattern that no document could use is one error where it stands, not one for each document. */
function permalinksOf(patterns: SiteConfig['permalinks'], report: Report): SiteConfig['permalinks'] {
  for (const [section, pattern] of Object.entries(patterns)) {
    const refusal = pattern === '' ? null : refusePattern(pattern)
    if (refusal)
      report(['permalinks', section], `permalinks.${section} is refused: ${refusal.what}`, {
        code: 'config/bad-permalink',
        found: pattern,
        fix: refusal.fix,
      })
  }
  return patterns
}

function baseOf(raw: string, fromFile: boolean, report: Report): { baseUrl: string; basePath: string } {
  const fallback = { baseUrl: 'https://example.com/', basePath: '/' }
  if (raw === '') {
    report(['baseUrl'], 'no baseUrl: addresses in feeds and the sitemap begin with https://example.com/', {
      severity: 'warning',
      code: 'config/no-base-url',
      fix: "write baseUrl: 'https://your.site/' into site.config.ts, or call with --base-url",
    })
    return fallback
  }
  const url = baseAddress(raw)
  if (!url) {
    report(fromFile ? ['baseUrl'] : [], `"${raw}" is no base address`, {
      found: raw,
      expected: ['an address like https://example.org/ or https://example.org/blog/'],
    })
    return fallback
  }
  return { baseUrl: url.href, basePath: url.pathname }
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function isTimezone(name: string): boolean {
  // Asking for a zone costs as much as a small page; most sites need none that is not known.
  if (name === 'UTC' || name === 'Asia/Shanghai') return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name !== ''
  } catch {
    return false
  }
}
