// A box for SQL of the reader's own, with eight examples. Reading only; what is refused says why.
import { button, h, replace } from '../../../_kit/dom.js'
import { download } from '../../../_kit/download.js'
import type { LiveRegion } from '../../../_kit/live.js'
import { examples } from '../core/examples.js'
import type { Panel } from './panel.js'
import { milliseconds, resultTable } from './results.js'
import type { Session } from './session.js'

export function createFreeSql(session: Session, live: LiveRegion): Panel {
  const text = h('textarea', {
    id: 'crd-query-sql',
    rows: 6,
    spellcheck: 'false',
    'aria-describedby': 'crd-query-sql-help crd-query-sql-error',
  })
  text.value = examples[0]?.sql ?? ''
  const problem = h('p', { id: 'crd-query-sql-error', class: 'message', 'data-tone': 'bad' })
  const answer = h('div', {})

  const run = async (): Promise<void> => {
    const { database } = session
    if (database === null) {
      problem.textContent = '请先在上面加载SQLite'
      return
    }
    try {
      await session.flush()
      const result = await database.ask(text.value)
      problem.textContent = ''
      text.removeAttribute('aria-invalid')
      replace(answer, resultTable(`${result.rows.length}行，${milliseconds(result.ms)}`, result))
      live.say(`${result.rows.length}行`)
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error)
      text.setAttribute('aria-invalid', 'true')
      live.say(problem.textContent)
    }
  }
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void run()
  })
  const choice = h(
    'select',
    { 'aria-label': '例子' },
    examples.map(({ title }, i) => h('option', { value: i }, title)),
  )
  choice.addEventListener('change', () => {
    text.value = examples[Number(choice.value)]?.sql ?? ''
    void run()
  })
  const save = button('下载数据库', async () => {
    const bytes = await session.database?.export()
    if (bytes !== undefined) download('crd-query.sqlite', bytes, 'application/vnd.sqlite3')
  })

  return {
    element: h(
      'section',
      { class: 'free' },
      h('h3', {}, h('label', { for: text.id }, '自己写SQL')),
      h(
        'p',
        { class: 'note', id: 'crd-query-sql-help' },
        '按Ctrl+Enter执行。只读，一次一条，最多1秒、500行。表：projects、project_labels、projects_fts、templates、plugins。',
      ),
      text,
      h(
        'div',
        { class: 'row' },
        button('执行', () => void run(), { class: 'primary' }),
        choice,
        save,
      ),
      problem,
      answer,
    ),
    update() {},
  }
}
