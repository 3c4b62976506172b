// A site in which every address that can break is marked: `⟦/img/a.png⟧`. Unmarked it is whole; with one mark mutated
// exactly that place is to be reported. Markdown in many forms, raw HTML, front matter, templates, styles, redirects.
import { fewPosts } from '../memory-site.js'
import type { Files } from '../temp-site.js'

const dot = fewPosts['content/posts/dot.png'] ?? ''
export const posts = 12

const post = (i: number): string => {
  const other = (step: number): string => `p${(i + step) % posts}`
  return `---
title: Post ${i}
date: 2024-01-${String(i + 1).padStart(2, '0')}
description: What post ${i} tells.
${i % 3 === 0 ? 'cover: ⟦/img/a.png⟧\n' : ''}slug: p${i}
tags: [t${i % 3}]
aliases: [/old/p${i}/]
---

A [link](⟦/posts/${other(1)}/⟧) and 中文里的[另一个](⟦./${other(2)}.md⟧)，还有 [锚](⟦#小节-二⟧)。

## 小节 二

Here [far](⟦/posts/${other(3)}/#小节-二⟧), [encoded](⟦/posts/${other(4)}/#%E5%B0%8F%E8%8A%82-%E4%BA%8C⟧),
[whole](⟦https://memory.example/posts/${other(5)}/⟧) and [twice](⟦/posts/${other(1)}/⟧ "with a title").

- ![In public](⟦/img/a.png⟧)
- ![Beside](⟦./dot.png⟧)
- [with a note][ref] and a [file](⟦/files/paper.txt⟧)

> [A picture ![in a link](⟦/img/b.png⟧)](⟦/posts/${other(6)}/⟧)

<p>Raw: <a href="⟦/about/⟧">about</a> <img src="⟦/img/a.png⟧" srcset="⟦/img/b.png⟧ 1x, /img/c.png 2x" alt="raw"></p>

<div style="background: url(⟦/img/c.png⟧)">styled</div>

| a | b |
| --- | --- |
| [cell](⟦/about/#who⟧) | ![c](⟦/img/c.png⟧) |

[ref]: /about/

A note.[^1] <video src="⟦/files/film.mp4⟧" poster="⟦/img/a.png⟧" controls></video>

[^1]: With a [link](⟦/files/paper.txt⟧).
`
}

/** Templates of their own around those of memory-site. */
const base = `<!DOCTYPE html>
<html lang="{{ page.lang }}">
<head>
<meta charset="utf-8">
<title>{{ page.head.title }}</title>
<meta name="description" content="{{ page.head.description }}">
<link rel="icon" href="⟦/img/a.png⟧">
<link rel="stylesheet" href="⟦/site.css⟧">
{% for meta in page.head.metas %}
<meta {{ meta.attribute }}="{{ meta.key }}" content="{{ meta.content }}">
{% endfor %}
{% for link in page.head.links %}
<link rel="{{ link.rel }}" href="{{ link.href }}">
{% endfor %}
</head>
<body>
<nav>{% for item in site.navigation %}<a href="{{ item.url | link }}">{{ item.title }}</a> {% endfor %}<a href="⟦/files/paper.txt⟧">paper</a></nav>
{% block content %}{% endblock %}
<footer><a href="⟦/about/#who⟧">who</a> <a href="{{ '⟦/archive/⟧' | url }}">all</a></footer>
</body>
</html>
`

const config = `{
  "title": "Memory",
  "description": "A site for tests.",
  "baseUrl": "https://memory.example/",
  "language": "en",
  "timezone": "UTC",
  "permalinks": { "posts": "/posts/:slug/" },
  "search": false,
  "cards": false,
  "navigation": [
    { "title": "About", "url": "⟦/about/⟧" },
    { "title": "Tags", "url": "⟦/tags/⟧" }
  ],
  "redirects": {
    "/former/": "⟦/about/⟧",
    "/gone/paper/": "⟦/files/paper.txt⟧"
  }
}
`

export const markedSite: Files = {
  'site.config.json': config,
  'layouts/base.njk': base,
  'layouts/feed-style.njk': '',
  'content/about.md': '---\ntitle: About\n---\n\n## Who {#who}\n\nNobody. [Home](/).\n',
  ...Object.fromEntries(Array.from({ length: posts }, (_, i) => [`content/posts/p${i}.md`, post(i)])),
  'content/posts/dot.png': dot,
  'public/img/a.png': dot,
  'public/img/b.png': dot,
  'public/img/c.png': dot,
  'public/files/paper.txt': 'paper\n',
  'public/files/film.mp4': 'no film\n',
  'public/site.css':
    '@import "⟦/more.css⟧";\nbody { background: url(⟦img/a.png⟧) }\n/* url(/not/this.png) */\nb { background: url("⟦/img/b.png⟧") }\n',
  'public/more.css': 'i { content: "url(/nor/this.png)"; background: url( \'⟦img/c.png⟧\' ) }\n',
  'public/old.html':
    '<title>Old</title>\n<p>Broken <a href="⟦/about/⟧">HTML</a> is its author\'s <img src="⟦img/a.png⟧">\n',
}

export interface Mark {
  readonly file: string
  /** Offset in the text without marks. */
  readonly at: number
  readonly address: string
}

/** The site without its marks, and all of them in file order. */
export function unmark(files: Files): {
  readonly files: Record<string, string | Uint8Array>
  readonly marks: readonly Mark[]
} {
  const marks: Mark[] = []
  const plain: Record<string, string | Uint8Array> = {}
  for (const [file, text] of Object.entries(files)) {
    if (typeof text !== 'string') {
      plain[file] = text
      continue
    }
    let bare = ''
    for (const [i, piece] of text.split(/⟦|⟧/).entries()) {
      if (i % 2 === 1) marks.push({ file, at: bare.length, address: piece })
      bare += piece
    }
    plain[file] = bare
  }
  return { files: plain, marks }
}

/** An address of the same form that leads nowhere. */
export function mutated(address: string): string {
  if (address.includes('#')) return `${address}-zz`
  return address.replace(/(\/|\.\w+)$/, 'zz$1')
}
