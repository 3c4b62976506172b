// The interface's words in English.
import type { Words } from './zh-CN.js'

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)
const month = (number: number): string => months[number - 1] ?? String(number)
const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const en: Words = {
  skip: 'Skip to content',
  'main-navigation': 'Main',
  'page-navigation': 'Pages',
  'post-navigation': 'Previous and next post',
  home: 'Home',
  archive: 'Archive',
  tags: 'Tags',
  categories: 'Categories',
  series: 'Series',
  projects: 'Projects',

  theme: 'Appearance',
  'theme-system': 'Appearance: as the system',
  'theme-light': 'Appearance: light',
  'theme-dark': 'Appearance: dark',

  updated: 'updated',
  pinned: 'Pinned',
  draft: 'Draft',
  'draft-note': 'This is a draft, visible on this machine only.',
  future: 'Scheduled',
  'future-note': 'This post is not published yet, visible on this machine only.',
  'no-date': 'Undated',
  minutes: (count) => `${count} min read`,
  words: (count) => `${count} words`,
  contents: 'Contents',
  'read-more': 'Read on',
  newer: 'Next',
  older: 'Previous',
  related: 'Related',
  'series-of': (name) => `Series: ${name}`,
  'series-part': (part, total) => `Part ${part} of ${total}`,
  'project-of-post': 'In this post',
  try: 'Try it',
  source: 'Source',
  'posts-of-project': 'Posts about it',
  demo: (name) => `Demo of ${name}`,
  copy: 'Copy',
  copied: 'Copied',
  'copy-failed': 'Could not copy, please select by hand',
  'diagram-failed': 'This diagram could not be drawn:',
  comments: 'Comments',
  'comments-no-script': 'Comments need the scripts of this page, and they are switched off.',
  mentioned: 'Mentioned in',
  'other-languages': 'In other languages',

  'post-count': (count) => plural(count, 'post', 'posts'),
  'page-of': (number, total) => `Page ${number} of ${total}`,
  'page-number': (number) => `Page ${number}`,
  'newer-posts': 'Newer posts',
  'older-posts': 'Older posts',
  posts: 'Posts',
  'tag-of': (name) => `Tag: ${name}`,
  'category-of': (name) => `Category: ${name}`,
  'terms-often': 'Often',
  'terms-some': 'A few times',
  'terms-once': 'Once',
  'no-posts': 'No posts yet.',
  'no-projects': 'No projects yet.',

  lost: 'This page is not here',
  'lost-note': 'It may have moved, or was never written. From here you can go to:',
  recent: 'Recent posts',

  search: 'Search',
  'search-hint': 'Words, beginnings of words, or "a whole phrase"',
  'search-none': 'Nothing found',
  'search-count': (count: number) => (count === 1 ? '1 result' : `${count} results`),
  'search-first': (count: number) => `The first ${count} results; there are more`,
  'search-more': 'More results',
  'search-busy': 'Searching…',
  'search-failed': 'The files of the search could not be fetched. Check the network and try again.',
  'search-close': 'Close',
  'search-no-script':
    'Searching needs the scripts of this page, and they are switched off. The archive lists everything by year and month; there are tags, too.',

  feed: 'Subscribe',
  'feed-note':
    'This is a feed: a page for programs that tell you what is new. Copy its address from the address bar into a feed reader to subscribe.',
  blogroll: 'Blogroll',
  'blogroll-note': 'Blogs that are read here. The list as OPML, for a feed reader:',
  'made-with': 'Ground with Inkstone',

  'date-long': (year, number, day) => `${month(number)} ${day}, ${year}`,
  'date-year-month': (year, number) => `${month(number)} ${year}`,
  'date-month-day': (number, day) => `${month(number)} ${day}`,
  'date-month': (number) => month(number),
  'date-year': (year) => String(year),
}
