// The documentation, built by the generator that it is about: `npm run docs`.
import { defineConfig } from 'inkstone'

export default defineConfig({
  title: 'Inkstone',
  description: 'A static site generator, Chinese first',
  author: 'The Inkstone authors',
  baseUrl: 'https://inkstone.example/',
  language: 'en',
  timezone: 'UTC',
  cards: false,
  navigation: [
    { title: 'Guide', url: '/getting-started/' },
    { title: '中文', url: '/zh/' },
  ],
  data: {
    // The order of the chapters, by the documents' ids. A page that is in no chapter is an error of the tests.
    chapters: [
      { title: 'Begin', pages: ['getting-started.md', 'writing.md', 'dev-server.md', 'chinese.md'] },
      { title: 'Shape', pages: ['theming.md', 'data-files.md', 'demos.md', 'plugins.md'] },
      { title: 'Publish', pages: ['deploying.md', 'moving-in.md'] },
      {
        title: 'Reference',
        pages: [
          'reference/front-matter.md',
          'reference/configuration.md',
          'reference/templates.md',
          'reference/commands.md',
        ],
      },
      { title: 'Inside', pages: ['how-it-works.md', 'security.md'] },
    ],
  },
})
