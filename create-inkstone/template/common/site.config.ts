import { defineConfig } from 'inkstone'

// Every key has a default and a description, which an editor shows.
export default defineConfig({
  title: "%TITLE%",
  description: "%DESCRIPTION%",
  author: "%AUTHOR%",
  // Where the site will stand: feeds, the sitemap and cards need whole addresses.
  baseUrl: "%BASE_URL%",
  language: "%LANGUAGE%",
  timezone: "%TIMEZONE%",
  navigation: [
    { title: "%ARCHIVE%", url: '/archive/' },
    { title: "%TAGS%", url: '/tags/' },
    { title: "%ABOUT%", url: '/about/' },
  ],
  social: [{ title: 'RSS', url: '/feed.xml' }],
})
