// A small site in a temporary folder for the dev server's tests, with templates of its own, so that no change of the
// theme is a change here; and the clean build that everything served is held against.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from '../../src/build.js'
import { treeOf } from '../incremental/trees.js'

const base = `<!DOCTYPE html>
<html lang="{{ page.lang }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="">
<title>{% block title %}{{ page.url }}{% endblock %}</title>
<link rel="stylesheet" href="{{ asset('styles/main.css') }}">
</head>
<body>
{% include "partials/top.njk" %}
{% block content %}{% endblock %}
</body>
</html>
`
const list = `{% extends "base.njk" %}{% block content %}<ol>
{% for p in site.posts %}<li><a href="{{ p.href }}">{{ p.title }}</a> {{ p.status }}</li>
{% endfor %}</ol>{% endblock %}
`
const document = `{% extends "base.njk" %}{% block title %}{{ post.title }}{% endblock %}
{% block content %}<h1>{{ post.title }}</h1><p>{{ post.status }}</p>{{ post.html | safe }}
{% for other in [site.near(post).newer, site.near(post).older] %}{% if other %}<a href="{{ other.href }}">{{ other.title }}</a>{% endif %}{% endfor %}
{% include "partials/extra.njk" ignore missing %}{% endblock %}
`

export const post = (title: string, date: string, more = '', fields = ''): string =>
  `---\ntitle: ${title}\ndate: ${date}\ntags: [随笔]\n${fields}---\n\n${title}的正文。${more}\n`

const files: Readonly<Record<string, string | Uint8Array>> = {
  'site.config.ts': `import { title } from './title.ts'\nexport default { title, baseUrl: 'https://blog.example/', permalinks: { posts: '/posts/:slug/' } }\n`,
  'title.ts': `export const title = '砚边'\n`,
  'content/posts/first.md': post('第一篇', '2024-01-01'),
  'content/posts/second.md': post('第二篇', '2024-02-01', '\n\n看[第一篇](./first.md)。'),
  'content/posts/中文 名字.md': post('第三篇', '2024-03-01'),
  'content/posts/draft.md': post('草稿', '2024-04-01', '', 'draft: true\n'),
  'content/posts/future.md': post('未来', '2099-01-01'),
  'content/posts/bundle/index.md': post('有图', '2024-05-01', '\n\n![图](./cat.svg)'),
  'content/posts/bundle/cat.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  'content/about.md': `---\ntitle: 关于\n---\n\n关于这里。\n`,
  'public/hello.txt': 'hello\n',
  'public/img/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>',
  'layouts/base.njk': base,
  'layouts/partials/top.njk': '<p><a href="/">{{ site.title }}</a> <img src="/img/dot.svg" alt=""></p>\n',
  'layouts/styles/main.css': 'body { color: rgb(1, 2, 3) }\n',
  ...Object.fromEntries(
    [
      'home',
      'archive',
      'tag',
      'tags',
      'category',
      'categories',
      'series',
      'projects',
      'search',
      '404',
      'list',
    ].map((name) => [`layouts/${name}.njk`, list]),
  ),
  ...Object.fromEntries(['post', 'page', 'project'].map((name) => [`layouts/${name}.njk`, document])),
}

export interface TestSite {
  readonly root: string
  path(name: string): string
  write(name: string, text: string | Uint8Array): void
  /** Every file of a clean build of what is there now, by path; throws with its problems where it fails. */
  clean(): Promise<ReadonlyMap<string, string>>
  remove(): void
}

export function makeSite(more: Readonly<Record<string, string | Uint8Array>> = {}): TestSite {
  const folder = mkdtempSync(join(tmpdir(), 'inkstone-dev-'))
  const root = join(folder, 'site')
  const path = (name: string): string => join(root, name)
  const write = (name: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(path(name)), { recursive: true })
    writeFileSync(path(name), text)
  }
  for (const [name, text] of Object.entries({ ...files, ...more })) write(name, text)
  return {
    root,
    path,
    write,
    async clean() {
      const out = join(folder, 'clean')
      const now = Date.now()
      for (const old of [out, `${out}.inkstone`, `${out}.cache`])
        rmSync(old, { recursive: true, force: true })
      const built = await build({
        root,
        out,
        cache: `${out}.cache`,
        at: now,
        now,
        drafts: true,
        future: true,
        clean: true,
        strict: false,
        adopt: false,
        verifyInputs: false,
        workers: 0,
        cores: 1,
      })
      if (!built.ok) throw new Error(JSON.stringify(built.problems, null, 1))
      return treeOf(out)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
