import { defineConfig } from 'inkstone'
import { shout } from './own/shout.js'

const words = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length

export default defineConfig({
  title: 'Plugins',
  baseUrl: 'https://plugins.example/',
  language: 'en',
  timezone: 'UTC',
  search: false,
  cards: false,
  plugins: [
    {
      name: 'every-slot',
      // An async remark plugin: asks nobody, takes its time, changes the tree.
      remark: [
        () => async (tree: any) => {
          await Promise.resolve()
          for (const node of tree.children)
            if (node.type === 'heading') node.children.push({ type: 'text', value: ' ¶' })
        },
      ],
      rehype: [
        [
          ({ mark }: { mark: string }) =>
            (tree: any) => {
              for (const node of tree.children)
                if (node.tagName === 'p') node.properties = { ...node.properties, dataMark: mark }
            },
          { mark: 'yes' },
        ],
      ],
      meta: (meta) => (meta.kind === 'post' ? { ...meta, tags: [...meta.tags, 'plugged'] } : meta),
      queries: {
        longTitles: (index, metas, least) =>
          index.posts.filter((id) => words(metas.get(id)?.title ?? '') >= Number(least)),
      },
      pages: (index) => [
        {
          url: '/count.json',
          by: 'every-slot',
          props: { count: index.posts.length },
          make: {
            name: 'count',
            write: (site, props) => `${JSON.stringify({ count: props['count'], title: site.title, first: site.recent(1)[0]?.title })}\n`,
          },
        },
        {
          url: '/long/',
          by: 'every-slot',
          props: { kind: 'long', title: 'Long titles', feeds: [] },
          make: { template: 'long' },
        },
      ],
      filters: { shout },
      finish: (html, page) => (page.url.endsWith('/') ? html.replace('</body>', `<!-- ${page.by} -->\n</body>`) : html),
    },
    { name: 'second', finish: (html) => html.replace('<!-- every-slot', '<!-- touched twice: every-slot') },
  ],
})
