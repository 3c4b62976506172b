// The archive: all posts by year and month, and a page for each year. On a large site `/archive/` holds counts
// only, so that it stays readable and one new post does not rewrite a page of thousands.
import { calendarOf } from '../content/dates.js'
import type { DocId } from '../content/types.js'
import type { Places } from '../site/types.js'
import { siteFeeds } from './feed-links.js'
import type { OwnPagesOf } from './page.js'
import { templatedPage } from './templated.js'

/** Months newest first, by the authored date. */
function monthsOf(ids: readonly DocId[], places: Places): { month: number; ids: readonly DocId[] }[] {
  const months = new Map<number, DocId[]>()
  for (const id of ids) {
    const date = places.get(id)?.date
    if (!date) continue
    const { month } = calendarOf(date)
    const ofMonth = months.get(month)
    if (ofMonth) ofMonth.push(id)
    else months.set(month, [id])
  }
  return [...months].sort(([a], [b]) => b - a).map(([month, ids]) => ({ month, ids }))
}

/** `/archive/`, always there, and `/archive/YEAR/`; posts without a date stand in `undated` of `/archive/`. */
export const archivePages: OwnPagesOf = (index, places) => {
  const feeds = siteFeeds(index.config)
  const full = index.posts.length <= index.config.pagination.archive
  const groups = [...index.byYear].map(([year, ids]) => ({
    year,
    url: `/archive/${year}/`,
    count: ids.length,
    months: monthsOf(ids, places).map(({ month, ids }) => ({ month, count: ids.length, ids })),
  }))
  const undated = index.posts.filter((id) => places.get(id)?.date === null)
  const shown = full
    ? groups
    : groups.map((group) => ({ ...group, months: group.months.map((month) => ({ ...month, ids: [] })) }))
  return [
    templatedPage(
      { url: '/archive/', by: 'archive', template: 'archive', kind: 'archive', feeds },
      { groups: shown, undated },
    ),
    ...groups.map((group) =>
      templatedPage(
        { url: group.url, by: 'archive', template: 'archive', kind: 'year', title: `${group.year}`, feeds },
        { groups: [group], undated: [] },
      ),
    ),
  ]
}
