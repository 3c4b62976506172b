// The site that is measured: the pages that all programs of the comparison make, and no others that cost much. Lists are
// whole, as theirs are: by default Inkstone divides long ones.
import { defineConfig } from 'inkstone'

export default defineConfig({
  title: 'Bench',
  baseUrl: 'https://blog.example.org/',
  timezone: 'UTC',
  permalinks: { posts: '/posts/:slug/' },
  pagination: { size: 10, tags: 100_000, archive: 100_000 },
  feeds: { items: 20, tags: false },
  search: false,
  cards: false,
  images: { variants: false },
})
