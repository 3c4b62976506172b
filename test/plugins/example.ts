// A plugin that does one thing of each kind. In site.config.ts: plugins: [example]
import type { Plugin } from 'inkstone'
import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'

export const example: Plugin = {
  name: 'example',
  // A remark plugin: links to other sites say so.
  remark: [
    () => (tree: Root) =>
      visit(tree, 'link', (link) => {
        if (/^https?:/.test(link.url)) link.data = { hProperties: { rel: ['external'] } }
      }),
  ],
  // A filter: {{ post.words | thousands }}
  filters: { thousands: (count: number) => `${(count / 1000).toFixed(1)}k` },
  // A page: /lengths.txt. What `write` asks of the site decides when it is written again.
  pages: () => [
    {
      url: '/lengths.txt',
      by: 'example',
      props: {},
      make: {
        name: 'lengths',
        write: (site) => site.posts.map((post) => `${post.words} ${post.title}\n`).join(''),
      },
    },
  ],
}
