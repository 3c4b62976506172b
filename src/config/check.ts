// From what the author wrote in site.config.* to a SiteConfig: every key checked, every default filled in.
// Defaults never come from the machine. All problems are collected; the caller stops on errors.
import { didYouMean, type Problem } from '../errors.js'
import type { Json, JsonObject } from '../json.js'
import { locateKey } from './locate.js'
import type { Author, LinkItem, SiteConfig } from './types.js'

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

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Checks one configuration. Never throws. */
export function checkConfig(source: ConfigSource): Checked {
  const problems: Problem[] = []
  const report = (path: readonly string[], what: string, more: Partial<Problem> = {}): void => {
    problems.push({
      severity: 'error',
      code: 'config/bad-value',
      what,
      ...locateKey(source.file, source.text, path),
      ...more,
    })
  }
  const shown = (value: unknown): string =>
    typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? 'undefined')

  /** A reader of one object's keys: each call reads one; `done` reports the keys nobody read. */
  const readerOf = (value: unknown, path: readonly string[]) => {
    if (value !== undefined && !isObject(value))
      report(path, `${path.join('.') || 'the configuration'} must be an object`, { found: shown(value) })
    const object: Record<string, unknown> = isObject(value) ? value : {}
    const known: string[] = []
    function get<T>(key: string, fallback: T, expected: string, accept: (raw: unknown) => raw is T): T {
      known.push(key)
      const raw = Object.hasOwn(object, key) ? object[key] : undefined
      if (raw === undefined) return fallback
      if (accept(raw)) return raw
      report([...path, key], `${[...path, key].join('.')} has a wrong value`, {
        found: shown(raw),
        expected: [expected],
      })
      return fallback
    }
    return {
      object,
      text: (key: string, fallback: string) =>
        get(key, fallback, 'a text', (raw): raw is string => typeof raw === 'string'),
      flag: (key: string, fallback: boolean) =>
        get(key, fallback, 'true or false', (raw): raw is boolean => typeof raw === 'boolean'),
      count: (key: string, fallback: number, least: number, most = 1e6) =>
        get(
          key,
          fallback,
          `a whole number from ${least} to ${most}`,
          (raw): raw is number => Number.isInteger(raw) && Number(raw) >= least && Number(raw) <= most,
        ),
      choice: <C extends string>(key: string, fallback: C, choices: readonly C[]): C =>
        get(key, fallback, choices.map((c) => `'${c}'`).join(', '), (raw): raw is C =>
          choices.some((c) => c === raw),
        ),
      texts: (key: string): Record<string, string> =>
        get(
          key,
          {},
          'an object of texts',
          (raw): raw is Record<string, string> =>
            isObject(raw) && Object.values(raw).every((item) => typeof item === 'string'),
        ),
      links: (key: string): readonly LinkItem[] =>
        get(
          key,
          [],
          'a list of { title, url }',
          (raw): raw is LinkItem[] =>
            Array.isArray(raw) &&
            raw.every(
              (item) =>
                isObject(item) && typeof item['title'] === 'string' && typeof item['url'] === 'string',
            ),
        ),
      json: (key: string): JsonObject =>
        get(key, {}, 'plain data (no functions)', (raw): raw is JsonObject => isObject(raw) && isJson(raw)),
      child: (key: string) => {
        known.push(key)
        return readerOf(object[key], [...path, key])
      },
      skip: (key: string) => void known.push(key),
      done: () => {
        for (const key of Object.keys(object)) {
          if (known.includes(key)) continue
          const near = didYouMean(key, known)
          report(
            [...path, key],
            `unknown key "${[...path, key].join('.')}"${near ? `, did you mean "${near}"?` : ''}`,
            {
              code: 'config/unknown-key',
              found: key,
              expected: known,
              fix: near ? `write ${near}` : 'remove it, or put your own data under `data`',
            },
          )
        }
      },
    }
  }

  const top = readerOf(source.value, [])
  top.skip('plugins')
  const base = baseOf(source.baseUrl ?? top.text('baseUrl', ''), source.baseUrl === undefined, report)
  top.skip('baseUrl')
  const author: Author = authorOf(top.object['author'])
  if (typeof top.object['author'] === 'string') top.skip('author')
  else {
    const child = top.child('author')
    for (const key of ['name', 'email', 'url', 'avatar']) child.text(key, '')
    child.done()
  }
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
  const markdown = top.child('markdown')
  const toc = markdown.child('toc')
  const reading = top.child('reading')
  const images = top.child('images')
  const config: SiteConfig = {
    title: top.text('title', ''),
    description: top.text('description', ''),
    author,
    ...base,
    language: isLanguage(language) ? language : 'zh-CN',
    timezone: isTimezone(timezone) ? timezone : 'Asia/Shanghai',
    permalinks: top.texts('permalinks'),
    pagination: {
      size: pagination.count('size', 10, 1),
      tags: pagination.count('tags', 100, 1),
      archive: pagination.count('archive', 500, 1),
    },
    feeds: {
      items: feeds.count('items', 20, 1, 10_000),
      content: feeds.choice('content', 'full', ['full', 'summary']),
      tags: feeds.flag('tags', true),
      hub: feeds.text('hub', ''),
    },
    markdown: {
      html: markdown.choice('html', 'allow', ['allow', 'sanitize', 'escape']),
      highlighter: markdown.choice('highlighter', 'lowlight', ['lowlight', 'shiki']),
      lineNumbers: markdown.flag('lineNumbers', false),
      hardBreaks: markdown.flag('hardBreaks', false),
      toc: { from: toc.count('from', 2, 1, 6), to: toc.count('to', 4, 1, 6) },
      excerptWidth: markdown.count('excerptWidth', 280, 20, 100_000),
    },
    reading: {
      hanPerMinute: reading.count('hanPerMinute', 400, 1),
      wordsPerMinute: reading.count('wordsPerMinute', 200, 1),
    },
    images: { variants: images.flag('variants', true) },
    search: top.flag('search', true),
    cards: top.flag('cards', true),
    gitDates: top.flag('gitDates', false),
    navigation: top.links('navigation'),
    social: top.links('social'),
    tagSlugs: top.texts('tagSlugs'),
    data: top.json('data'),
  }
  for (const reader of [top, pagination, feeds, markdown, toc, reading, images]) reader.done()
  return { config, problems }
}

function authorOf(value: unknown): Author {
  const object = isObject(value) ? value : { name: value }
  const text = (key: string): string => (typeof object[key] === 'string' ? object[key] : '')
  return { name: text('name'), email: text('email'), url: text('url'), avatar: text('avatar') }
}

type Report = (path: readonly string[], what: string, more?: Partial<Problem>) => void

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
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== ''
  ) {
    report(fromFile ? ['baseUrl'] : [], `"${raw}" is no base address`, {
      found: raw,
      expected: ['an address like https://example.org/ or https://example.org/blog/'],
    })
    return fallback
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/'
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
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name !== ''
  } catch {
    return false
  }
}

function isJson(value: unknown): value is Json {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  return isObject(value) && Object.values(value).every((item) => item === undefined || isJson(item))
}
