// A made-up feed for the tests of `feed.ts`.
import { zoneOf } from '../../src/content/dates.js'
import type { FeedData, FeedItem } from '../../src/pages/feed.js'
import type { Expected } from './feed-rules.js'

export const item = (fields: Partial<FeedItem> = {}): FeedItem => ({
  id: 'https://example.org/a/',
  url: 'https://example.org/a/',
  title: 'A',
  summary: 'What it says',
  html: '<p>All it says</p>',
  published: '2024-12-31T10:55:52+08:00',
  updated: '2024-12-31T10:55:52+08:00',
  language: 'zh-CN',
  categories: [],
  image: '',
  ...fields,
})

export const feed = (fields: Partial<FeedData> = {}): FeedData => ({
  id: 'https://example.org/',
  title: '跬步',
  description: 'On Coding',
  language: 'zh-CN',
  zone: zoneOf('Asia/Shanghai'),
  home: 'https://example.org/',
  self: 'https://example.org/feed',
  hub: '',
  style: '',
  author: { name: 'Timmy', email: '', url: '', avatar: '' },
  updated: '2024-12-31T10:55:52+08:00',
  items: [item()],
  ...fields,
})

export const expected: Expected = { self: 'https://example.org/feed', at: Date.UTC(2025, 0, 1) }
