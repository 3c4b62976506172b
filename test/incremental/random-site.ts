// A small site in a temporary folder and random edits of it: what an author does in a year, in a minute.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { flatPng } from '../pictures.js'

/** A seeded source of chance (mulberry32): the same seed, the same edits, on any machine. */
export function makeRandom(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const pick = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return { next, below, pick }
}
export type Random = ReturnType<typeof makeRandom>

const tags = ['Rust', 'rust', 'MySQL', 'mysql', 'C', 'C++', 'C#', '.NET', '数据库', 'Ｇｏ', 'go']
const words = [
  '网关',
  '路由',
  '查询',
  'SQLite',
  '恢复',
  '快照',
  'Pingora',
  '缓存',
  '时间',
  '写作',
  '回滚',
  '一致性',
]

export function makeSite(root: string, random: Random) {
  const path = (name: string) => join(root, name)
  const write = (name: string, text: string | Uint8Array) => {
    mkdirSync(dirname(path(name)), { recursive: true })
    writeFileSync(path(name), text)
  }
  const remove = (name: string) => rmSync(path(name), { recursive: true, force: true })
  const posts = () =>
    readdirSync(path('content'), { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.md'))
      .sort()
  const sentence = () => `${Array.from({ length: 4 + random.below(6) }, () => random.pick(words)).join('')}。`
  const date = () => `20${20 + random.below(5)}-0${1 + random.below(9)}-1${random.below(9)}`
  const link = () => {
    const others = posts().filter((name) => name.startsWith('posts/'))
    return others.length === 0 ? '' : `[旧文](../${random.pick(others)}#小节)`
  }
  const body = () =>
    [
      sentence(),
      '## 小节',
      sentence() + link(),
      random.below(3) === 0 ? '```rust\nfn main() {}\n```' : sentence(),
      random.below(4) === 0 ? '<!--more-->' : '',
      random.below(4) === 0 ? '![图](./cat.png)' : '',
      random.below(5) === 0 ? '::posts{tag="rust"}' : '',
      random.below(5) === 0 ? '脚注[^1]\n\n[^1]: 说明' : '',
      random.below(8) === 0 ? '$a^2$ 与 {{ post.title }} {% x %}' : '',
    ].join('\n\n')
  const post = (extra = '') =>
    `---\ntitle: ${sentence().slice(0, 8)}\ndate: ${date()}\ntags: [${random.pick(tags)}, ${random.pick(tags)}]\n${extra}---\n\n${body()}\n`
  const shade = () => random.below(256)
  /** Wide enough to be made smaller, now and then; one in six breaks off. */
  const png = () => {
    const bytes = flatPng(random.pick([3, 40, 600]), 1 + random.below(20), [shade(), shade(), shade()])
    return random.below(6) === 0 ? bytes.subarray(0, bytes.length - 20) : bytes
  }
  const change = (name: string, edit: (text: string) => string) =>
    write(name, edit(readFileSync(path(name), 'utf8')))
  const some = (): string | undefined => (posts().length === 0 ? undefined : random.pick(posts()))
  const setField = (name: string, field: string, value: string) =>
    change(name, (text) =>
      new RegExp(`^${field}:.*$`, 'm').test(text)
        ? text.replace(new RegExp(`^${field}:.*$`, 'm'), `${field}: ${value}`)
        : text.replace(/^---\n/, `---\n${field}: ${value}\n`),
    )
  const onSome = (edit: (name: string) => void) => () => {
    const name = some()
    if (name !== undefined) edit(name)
  }
  let made = 0

  /** Every kind of edit by name, so that a failing seed tells what it did. */
  /** What the next edit begins with. */
  const mends: (() => void)[] = []
  const edits: Record<string, () => void> = {
    add: () => write(`content/posts/n${made++}.md`, post()),
    'add nested': () => write(`content/posts/deep/er/n${made++}.md`, post()),
    'add bundle': () => {
      write(`content/posts/b${made}/index.md`, post())
      write(`content/posts/b${made++}/cat.png`, png())
    },
    'add page': () => write(`content/p${made++}.md`, post()),
    'add project': () => write(`content/projects/q${made++}/index.md`, post()),
    delete: onSome((name) => remove(`content/${name}`)),
    rename: onSome((name) =>
      renameSync(path(`content/${name}`), path(`content/${dirname(name)}/r${made++}.md`)),
    ),
    empty: onSome((name) => write(`content/${name}`, '')),
    'body edit': onSome((name) => change(`content/${name}`, (text) => `${text}\n${sentence()}\n`)),
    'new body': onSome((name) =>
      change(`content/${name}`, (text) =>
        text.startsWith('---\n') ? `${text.split('\n---\n')[0]}\n---\n\n${body()}` : body(),
      ),
    ),
    title: onSome((name) => setField(`content/${name}`, 'title', sentence().slice(0, 6))),
    date: onSome((name) => setField(`content/${name}`, 'date', date())),
    slug: onSome((name) => setField(`content/${name}`, 'slug', `s${random.below(6)}-${made++}`)),
    tags: onSome((name) => setField(`content/${name}`, 'tags', `[${random.pick(tags)}]`)),
    draft: onSome((name) => setField(`content/${name}`, 'draft', random.pick(['true', 'false']))),
    future: onSome((name) => setField(`content/${name}`, 'date', random.pick(['2098-01-01', '2021-01-01']))),
    expires: onSome((name) =>
      setField(`content/${name}`, 'expires', random.pick(['2021-01-01', '2090-01-01'])),
    ),
    unlisted: onSome((name) => setField(`content/${name}`, 'unlisted', random.pick(['true', 'false']))),
    pinned: onSome((name) => setField(`content/${name}`, 'pinned', random.pick(['true', 'false']))),
    series: onSome((name) => setField(`content/${name}`, 'series', random.pick(['网关', '存储']))),
    categories: onSome((name) => setField(`content/${name}`, 'categories', random.pick(['技术', '生活']))),
    projects: onSome((name) => setField(`content/${name}`, 'projects', `[q${random.below(5)}]`)),
    alias: onSome((name) => setField(`content/${name}`, 'aliases', `[/old/${made++}/]`)),
    math: onSome((name) => change(`content/${name}`, (text) => `${text}\n$$x_1$$\n`)),
    'defaults appear': () => write('content/posts/_defaults.yml', `tags: [${random.pick(tags)}]\n`),
    'defaults vanish': () => remove('content/posts/_defaults.yml'),
    'layout edit': () =>
      write('layouts/partials/footer.njk', `<footer>${sentence()}{{ site.posts | length }}</footer>\n`),
    'layout shadow': () =>
      write(
        'layouts/post.njk',
        `{% extends "base.njk" %}{% block content %}${sentence()}{{ post.html | safe }}{% include "partials/extra.njk" ignore missing %}{% endblock %}\n`,
      ),
    'layout unshadow': () => remove('layouts/post.njk'),
    'partial appears': () =>
      write('layouts/partials/extra.njk', `<p>${sentence()}{{ site.recent(2)[0].title }}</p>\n`),
    'partial vanishes': () => remove('layouts/partials/extra.njk'),
    'footer vanishes': () => remove('layouts/partials/footer.njk'),
    'style override': () =>
      write('layouts/styles/tokens.css', `:root { --paper: #${random.below(900) + 100} }\n`),
    'style vanishes': () => remove('layouts/styles'),
    config: () =>
      write(
        'site.config.json',
        JSON.stringify({
          title: sentence(),
          languages: random.pick([[], ['en']]),
          baseUrl: random.pick(['https://a.example/', 'https://a.example/sub/']),
          pagination: {
            size: 2 + random.below(3),
            archive: random.pick([3, 500]),
            from: random.pick(['newest', 'oldest']),
          },
          frontMatter: { rating: { type: random.pick(['number', 'text']) } },
          images: { variants: random.below(4) > 0, measure: random.pick([500, 722]) },
          trust: random.below(6) === 0 ? 'content-is-untrusted' : 'content-is-mine',
          check: { ignore: random.pick([[], [{ code: 'links/*', at: '*' }]]) },
        }),
      ),
    'binary in public': () => write(`public/img/${random.below(4)}.png`, png()),
    'headers of a host': () =>
      write('public/_headers', `/*\n  X-A: ${random.below(9)}\n  Content-Security-Policy:\n`),
    'headers gone': () => remove('public/_headers'),
    'raw HTML': onSome((name) =>
      change(
        `content/${name}`,
        (text) =>
          `${text}\n<script>let a = ${random.below(9)}</script>\n<a href="${random.pick(['javascript:a()', '/nowhere/', '#小节'])}" onclick="a()">a</a>\n`,
      ),
    ),
    'drawing in public': () =>
      write(
        'public/img/d.svg',
        `<svg xmlns="http://www.w3.org/2000/svg"><script>a</script><rect width="${random.below(9)}"/></svg>`,
      ),
    'binary gone': () => remove(`public/img/${random.below(4)}.png`),
    'picture beside posts': () => write('content/posts/cat.png', png()),
    'picture gone': () => remove('content/posts/cat.png'),
    'robots of the author': () =>
      write('public/robots.txt', `User-agent: *\nDisallow: /${random.below(9)}/\n`),
    'robots gone': () => remove('public/robots.txt'),
    'page for what is missing': () => write('public/404.html', `<p>${sentence()}`),
    permalink: onSome((name) => setField(`content/${name}`, 'permalink', `/at/${random.below(40)}/`)),
    layout: onSome((name) => {
      setField(`content/${name}`, 'layout', random.pick(['post', 'page', 'own', 'post']))
      // A layout that is missing fails every build until chance brings it: mostly it comes along.
      if (random.below(2) > 0) edits['layout of its own']?.()
    }),
    'layout of its own': () =>
      write('layouts/own.njk', `${sentence()}{{ post.title }}{{ post.html | safe }}`),
    updated: onSome((name) => setField(`content/${name}`, 'updated', date())),
    description: onSome((name) => setField(`content/${name}`, 'description', sentence())),
    cover: onSome((name) => setField(`content/${name}`, 'cover', random.pick(['./cat.png', '/img/1.png']))),
    weight: onSome((name) => setField(`content/${name}`, 'weight', String(random.below(5) - 2))),
    demo: () => {
      write(
        'content/projects/q9/demo.ts',
        `import { word } from '../word.js'\nexport const mount = () => word`,
      )
      write('content/projects/word.ts', `export const word = '${sentence()}'\n`)
    },
    'demo vanishes': () => remove('content/projects/q9/demo.ts'),
    walkthrough: () =>
      write('content/projects/q9/walkthrough.ts', `export default () => '<p>${sentence()}</p>'\n`),
    rating: onSome((name) => setField(`content/${name}`, 'rating', String(random.below(5)))),
    'link to itself': onSome((name) => change(`content/${name}`, (text) => `${text}\n[这里](#小节)\n`)),
    'link to another': onSome((name) => change(`content/${name}`, (text) => `${text}\n${link()}\n`)),
    'code of a file': onSome((name) => {
      write('content/code.rs', `fn main() {}\n// ${sentence()}\n`)
      change(`content/${name}`, (text) => `${text}\n::include{file="/content/code.rs" lines="1-2"}\n`)
    }),
    'code file': () => write('content/code.rs', `fn main() {}\n// ${sentence()}\n`),
    'quote another': onSome((name) => {
      const other = some()
      if (other) change(`content/${name}`, (text) => `${text}\n::quote{post="/${other}"}\n`)
    }),
    translation: onSome((name) =>
      write(
        `content/${name.replace(/(?:\.en)?\.md$/, '.en.md')}`,
        post(`translationKey: k${random.below(3)}\n`),
      ),
    ),
    'empty the folder': () => {
      if (random.below(3) === 0) remove('content/posts')
      mkdirSync(path('content/posts'), { recursive: true })
    },
    'data file': () =>
      write(`data/${random.pick(['one', 'deep/two'])}.yml`, `word: ${sentence()}\n# ${random.below(9)}\n`),
    'data rows': () => write('data/rows.csv', `word,count\n${sentence()},${random.below(9)}\n`),
    'data gone': () => remove(random.pick(['data/one.yml', 'data/deep', 'data/rows.csv'])),
    'data shown': () =>
      write(
        'layouts/partials/footer.njk',
        '<footer>{{ data.one.word if data.one }}{% for name, item in data %}{{ name }}{% endfor %}' +
          '{% for row in data.rows %}{{ row.word }}{{ row.count }}{% endfor %}{{ data.deep | dump if data.deep }}</footer>\n',
      ),
    'no date at all, mended next': onSome((name) => {
      setField(`content/${name}`, 'date', 'soon')
      mends.push(() => {
        if (existsSync(path(`content/${name}`))) setField(`content/${name}`, 'date', '2024-01-11')
      })
    }),
    'broken front matter, mended next': onSome((name) => {
      change(`content/${name}`, (text) => text.replace(/^---\n/, ''))
      mends.push(() => {
        if (existsSync(path(`content/${name}`)))
          change(`content/${name}`, (text) => (text.startsWith('---\n') ? text : `---\n${text}`))
      })
    }),
  }

  mkdirSync(path('content/posts'), { recursive: true })
  write(
    'site.config.json',
    JSON.stringify({ title: '站', baseUrl: 'https://a.example/', pagination: { size: 3 } }),
  )
  for (let i = 0; i < 8; i++) edits['add']?.()
  edits['add bundle']?.()
  edits['add project']?.()
  edits['add page']?.()
  const mend = (): void => {
    for (const undo of mends.splice(0)) undo()
  }
  return {
    /** Mends what the last edit broke; the next one begins with it. */
    mend,
    /** Does one to three edits and returns their names. */
    edit(): string {
      mend()
      const count = random.below(4) === 0 ? 3 : 1
      return Array.from({ length: count }, () => {
        const name = random.pick(Object.keys(edits))
        edits[name]?.()
        return name
      }).join(' + ')
    },
    exists: () => existsSync(root),
  }
}
