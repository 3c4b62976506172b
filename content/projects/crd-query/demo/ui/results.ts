// A query's answer as a table with a caption.
import { type Child, h } from '../../../_kit/dom.js'
import type { QueryResult } from '../db/engine.js'

/** `skip` leaves out columns that only paging needs. The table scrolls inside itself and can be reached by keyboard. */
export function resultTable(
  caption: string,
  { columns, rows, isCut }: QueryResult,
  skip: readonly string[] = [],
): HTMLElement {
  const kept = columns.map((name, i) => ({ name, i })).filter(({ name }) => !skip.includes(name))
  const isNumber = kept.map(({ i }) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'))
  const cell = (value: Child, column: number): HTMLElement =>
    h('td', { class: isNumber[column] ? 'number' : false }, value ?? 'NULL')
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', {}, isCut ? `${caption}，只列出前${rows.length}行` : caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          kept.map(({ name }, column) =>
            h('th', { scope: 'col', class: isNumber[column] ? 'number' : false }, name),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            {},
            kept.map(({ i }, column) => cell(row[i], column)),
          ),
        ),
      ),
    ),
  )
}

/** SQL as it was run, with its parameters. */
export function sqlText(sql: string, params: readonly (string | number | null)[]): HTMLElement {
  return h(
    'div',
    {},
    h(
      'pre',
      { tabindex: 0, role: 'group', 'aria-label': '生成的SQL' },
      h('code', { class: 'language-sql' }, sql),
    ),
    params.length === 0 ? null : h('p', { class: 'note' }, '参数：', h('code', {}, JSON.stringify(params))),
  )
}

export const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`

export const kilobytes = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(2)} MiB`
