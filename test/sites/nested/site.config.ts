export default {
  title: 'Nested',
  author: 'Someone',
  baseUrl: 'https://nested.example/some/blog/',
  language: 'en',
  timezone: 'Europe/Berlin',
  permalinks: { posts: '/:year/:slug/', notes: '/notes/:sections/:title/' },
  feeds: { content: 'summary' },
  tagSlugs: { 'C#': 'csharp' },
  search: false,
  cards: false,
  images: { variants: false },
}
