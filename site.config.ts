// The configuration of 跬步, the blog that is built from this folder. Every key is described in src/config/types.ts;
// what is not written here has its default there.
import { defineConfig } from 'inkstone'

export default defineConfig({
  title: '跬步',
  description: 'On Coding',
  author: { name: 'Timmy', url: 'https://zhu327.github.io/' },
  baseUrl: 'https://zhu327.github.io/',
  language: 'zh-CN',
  timezone: 'Asia/Shanghai',
  // The title, not the slug: the five posts keep the addresses that they have had since 2024.
  permalinks: { posts: '/:year/:month/:day/:title/' },
  pagination: { size: 5 },
  navigation: [
    { title: '归档', url: '/archive/' },
    { title: '标签', url: '/tags/' },
    { title: '项目', url: '/projects/' },
    { title: '关于', url: '/about/' },
  ],
  social: [
    { title: 'GitHub', url: 'https://github.com/zhu327' },
    { title: 'RSS', url: '/feed.xml' },
  ],
})
