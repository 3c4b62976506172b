// Fuzzers of single functions: front matter, dates, configuration, the ledger, addresses and the text of feeds.
import assert from 'node:assert/strict'
import { checkConfig } from '../../src/config/check.js'
import { addressOf, isRefusal, readAddress, readSegment } from '../../src/content/address.js'
import { instantOf, isoOf, parseDate, toRfc822, toRfc3339, whyNoDate } from '../../src/content/dates.js'
import { readMeta } from '../../src/content/meta.js'
import { writeAtom, writeJsonFeed, writeRss } from '../../src/pages/feed.js'
import { legalXml } from '../../src/pages/xml.js'
import { readLedger, writeLedger } from '../../src/site/ledger.js'
import { decodePath, encodePath, hrefOf, outPathOf } from '../../src/urls.js'
import { configOf } from '../content/cases.js'
import type { Random } from '../incremental/random-site.js'
import { feed, item } from '../pages/feed-sample.js'
import { childrenOf, parseXml, textIn } from '../pages/xml-tree.js'
import type { Fuzzer } from './fuzzer.js'
import { document, frontmatter, mutated, phrase, several, value, word } from './grammar.js'

/** A path that stays in its folder and that every file system can hold. */
export function assertInside(path: string): void {
  assert.ok(!path.startsWith('/'), `absolute: ${path}`)
  assert.ok(!/[\\\u0000-\u001f\u007f]/.test(path), `no name: ${path}`)
  for (const part of path.split('/')) {
    assert.ok(!/^\.{1,2}$/.test(part), `climbs: ${path}`)
    assert.ok(!/^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)/i.test(part), `a device: ${path}`)
    assert.ok(!part.endsWith(' '), `ends in a blank: ${path}`)
  }
}

const config = configOf({ posts: '/:year/:month/:day/:title/' })

export const frontMatter: Fuzzer = {
  name: 'frontmatter',
  make: (random) => [
    mutated(random, frontmatter(random)) + document(random, 1),
    random.below(4) === 0 ? `${value(random)}\n` : '',
    random.pick([
      'posts/a.md',
      'posts/2024-01-02-x.md',
      'a/con.md',
      '标签/é.md',
      'posts/x/index.md',
      'posts/a. .md',
    ]),
  ],
  check([text = '', defaults = '', id = 'posts/a.md']) {
    const files: Readonly<Record<string, string>> = {
      [`content/${id}`]: text,
      'content/_defaults.yml': defaults,
    }
    const read = () => readMeta(id, (path) => (files[path] === '' ? undefined : files[path]), config)
    const result = read()
    assert.deepEqual(read(), result, 'asked twice')
    for (const problem of result.problems)
      assert.ok(
        problem.file && (problem.line ?? 0) > 0 && (problem.column ?? 0) > 0,
        `no place: ${problem.code}`,
      )
    const { meta } = result
    if (!meta) {
      assert.ok(
        result.problems.some(({ severity }) => severity === 'error'),
        'nothing is told',
      )
      return
    }
    assert.deepEqual(JSON.parse(JSON.stringify(meta)), meta, 'plain data')
    assert.ok(!JSON.stringify(meta).includes('"__proto__":'), 'a prototype as data')
    for (const url of [meta.url, ...meta.aliases]) {
      assert.equal(url, url.normalize('NFC'))
      assertInside(outPathOf(url))
    }
    assert.ok(meta.bodyOffset >= 0 && meta.bodyOffset <= text.length, 'where the body begins')
  },
}

const zones = [
  'Asia/Shanghai',
  'UTC',
  'America/St_Johns',
  'Pacific/Apia',
  'Europe/Lisbon',
  'Australia/Lord_Howe',
]
const number = (random: Random): string =>
  random.pick([String(random.below(100)), String(random.below(10_000)), '0', '00', '٣', '1e3', ''])

export const dates: Fuzzer = {
  name: 'dates',
  make: (random) => [
    mutated(
      random,
      random.pick([
        () => `${number(random)}-${number(random)}-${number(random)}`,
        () =>
          `${1970 + random.below(90)}-${1 + random.below(12)}-${1 + random.below(31)}T${random.below(25)}:${random.below(61)}:${random.below(61)}${random.pick(['', 'Z', '+08:00', '-0330', '+14', ' CST', '+99:99', '.123456789Z'])}`,
        () =>
          `${random.pick(['Mon', 'Sun', '周一', 'Xyz'])}, ${random.below(32)} ${random.pick(['Jan', 'february', 'Sept', '13'])} ${1900 + random.below(200)} ${random.below(24)}:00 GMT`,
        () =>
          `${number(random)}年${number(random)}月${number(random)}日${random.pick(['', ' 8:00', '下午3点'])}`,
        () => `${number(random)}/${number(random)}/${number(random)} ${number(random)}:${number(random)}`,
      ])(),
    ),
    random.pick(zones),
  ],
  check([text = '', zone = 'UTC']) {
    const date = parseDate(text, zone)
    assert.equal(date === null, whyNoDate(text) !== '', 'a reason where there is no date')
    if (date === null) return
    assert.match(date, /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?$/)
    assert.equal(parseDate(date, zone), date, 'read again')
    const instant = instantOf(date, zone)
    assert.ok(Number.isFinite(instant), 'an instant')
    assert.equal(instantOf(isoOf(instant, zone), zone), instant, 'there and back')
    assert.match(toRfc822(date, zone), /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/)
    assert.match(toRfc3339(date, zone), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
  },
}

const keys = [
  'title',
  'description',
  'author',
  'baseUrl',
  'language',
  'timezone',
  'permalinks',
  'pagination',
  'feeds',
  'markdown',
  'reading',
  'images',
  'search',
  'cards',
  'fonts',
  'gitDates',
  'navigation',
  'social',
  'slugs',
  'tagSlugs',
  'categorySlugs',
  'redirects',
  'data',
  'trust',
]
const inner = [
  'size',
  'tags',
  'archive',
  'items',
  'content',
  'paths',
  'more',
  'rss',
  'html',
  'toc',
  'from',
  'to',
  'anchors',
  'like',
  'before',
  'posts',
  'name',
  'url',
  'title',
  'format',
  'of',
  'folder',
  'family',
  'file',
  'weight',
  'variants',
  '__proto__',
  'constructor',
  '/old/',
]

export const configuration: Fuzzer = {
  name: 'config',
  make(random) {
    const leaf = (): string => {
      const made = value(random, 0)
      try {
        JSON.parse(made)
        return made
      } catch {
        return JSON.stringify(made)
      }
    }
    const any = (depth: number): string =>
      depth === 0 || random.below(2) === 0
        ? leaf()
        : random.below(3) === 0
          ? `[${several(random, 3, () => any(depth - 1), ',')}]`
          : `{${several(random, 4, () => `${JSON.stringify(random.pick(inner))}:${any(depth - 1)}`, ',')}}`
    return [
      `{${several(random, 8, () => `${JSON.stringify(random.below(9) === 0 ? word(random) : random.pick(keys))}:${any(3)}`, ',')}}`,
    ]
  },
  check([text = '']) {
    let given: unknown
    try {
      given = JSON.parse(text)
    } catch {
      return
    }
    const source = { value: given, file: 'site.config.json', text }
    const { config: checked, problems } = checkConfig(source)
    assert.deepEqual(checkConfig(source), { config: checked, problems }, 'asked twice')
    const plain = JSON.stringify(checked)
    assert.equal(JSON.stringify(JSON.parse(plain)), plain, 'plain data')
    for (const { file } of problems) assert.equal(file, 'site.config.json')
    for (const from of Object.keys(checked.redirects))
      if (problems.length === 0) assertInside(outPathOf(from))
    for (const path of Object.values(checked.feeds.paths)) assertInside(outPathOf(path))
    assert.ok(URL.canParse(checked.baseUrl) && checked.baseUrl.endsWith('/'))
  },
}

export const ledger: Fuzzer = {
  name: 'ledger',
  make(random) {
    const url = (): string => JSON.stringify(`/${word(random, 3)}/`)
    const entry = (): string =>
      random.pick([
        () => 'null',
        () =>
          `{"urls":[${several(random, 3, url, ',')}],"feed":${value(random, 0)},"text":"${random.below(1e9)}"}`,
        () => `{"urls":[${url()}],"text":"x"}`,
        () => value(random),
      ])()
    const key = (): string =>
      JSON.stringify(random.pick(['posts/a.md', '/gone/', 'id:x', '__proto__', word(random)]))
    return [mutated(random, `{\n${several(random, 5, () => `${key()}: ${entry()},\n`)}"version": 1\n}\n`)]
  },
  check([text = '']) {
    const { ledger: read, problems } = readLedger(text)
    for (const { line, file } of problems) assert.ok(file && (line ?? 0) > 0)
    if (problems.length > 0) return
    const written = writeLedger(read)
    const again = readLedger(written)
    assert.deepEqual(again, { ledger: read, problems: [] }, 'read again')
    assert.equal(writeLedger(again.ledger), written, 'written again')
  },
}

export const urls: Fuzzer = {
  name: 'urls',
  make: (random) => [
    several(
      random,
      5,
      () =>
        random.pick([
          () => word(random, 2),
          () => phrase(random, 2),
          () => '/',
          () => `%${random.below(256).toString(16)}`,
        ])(),
      random.pick(['', '/', '-']),
    ),
  ],
  check([text = '']) {
    const encoded = encodePath(text)
    assert.match(encoded, /^[\x21-\x7e]*$/, 'ASCII alone')
    assert.equal(
      encodePath(decodePath(encoded)),
      encodePath(text.toWellFormed().normalize('NFC')),
      'there and back',
    )
    for (const address of [addressOf(text), readAddress(text)]) {
      if (isRefusal(address)) continue
      const { url } = address
      assertInside(outPathOf(url))
      assert.deepEqual(addressOf(url), address, 'twice is as once')
      const href = hrefOf(url, '/base/')
      const seen = new URL(href, 'https://e.org/')
      assert.equal(seen.origin, 'https://e.org')
      assert.equal(seen.href, `https://e.org${href}`, 'a browser reads it as it is')
      assert.equal(decodeURIComponent(seen.pathname), `/base${url}`)
    }
    const slug = readSegment(text)
    if (!isRefusal(slug)) assertInside(slug.segment)
  },
}

export const feedText: Fuzzer = {
  name: 'feed',
  make: (random) => [phrase(random, 2), document(random, 2), phrase(random, 2), phrase(random, 2)],
  check([title = '', html = '', summary = '', name = '']) {
    const data = feed({
      title,
      items: [item({ title, html, summary, categories: [{ name, scheme: 'https://e.org/' }] })],
    })
    const [channel] = childrenOf(parseXml(writeRss(data)), 'channel')
    const [entry] = childrenOf(parseXml(writeAtom(data)), '{http://www.w3.org/2005/Atom}entry')
    const json = JSON.parse(writeJsonFeed(data))
    assert.ok(channel && entry)
    const body = legalXml(html)
    if (body !== '') {
      const [first] = childrenOf(channel, 'item')
      assert.ok(first)
      assert.equal(textIn(first, '{http://purl.org/rss/1.0/modules/content/}encoded'), body)
      assert.equal(textIn(entry, '{http://www.w3.org/2005/Atom}content'), body)
      assert.equal(json.items[0].content_html, body)
    }
    assert.equal(textIn(entry, '{http://www.w3.org/2005/Atom}title'), legalXml(title))
  },
}
