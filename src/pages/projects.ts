// `/projects/`, where there are projects. A project's own page is a document's page like any other: `posts.ts`.
import { siteFeeds } from './feed-links.js'
import type { OwnPagesOf } from './page.js'
import { templatedPage } from './templated.js'

export const projectPages: OwnPagesOf = (index) =>
  index.projects.length === 0
    ? []
    : [
        templatedPage(
          {
            url: '/projects/',
            by: 'projects',
            template: 'projects',
            kind: 'projects',
            feeds: siteFeeds(index.config),
          },
          { ids: index.projects, pager: null },
        ),
      ]
