// The same question twice: what it costs with nothing but label selectors, and as one SQL statement with its plan, by
// page number or by key.
import { button, h, replace } from '../../../_kit/dom.js'
import { createGate } from '../../../_kit/gate.js'
import type { LiveRegion } from '../../../_kit/live.js'
import { askInPages, type LabelAnswer } from '../core/labelquery.js'
import { errorText } from '../core/narrate.js'
import { type Position, type Question, selectCount, selectPage } from '../core/query.js'
import type { SqlValue } from '../core/resources.js'
import { openDatabase } from '../db/client.js'
import type { PageAnswer } from '../db/engine.js'
import { createQuestionForm } from './form.js'
import type { Panel } from './panel.js'
import { kilobytes, milliseconds, resultTable, sqlText } from './results.js'
import { breathe, type Session } from './session.js'
import { createTabs } from './tabs.js'

const path = '/apis/apps.example.com/v1alpha1/{namespace}projects'
const failure = (error: unknown): HTMLElement =>
  h(
    'p',
    { class: 'message', 'data-tone': 'bad' },
    errorText(error instanceof Error ? error : new Error(String(error))),
  )

type Key = readonly [value: SqlValue, uid: string]

/** The gate that both SQL panels wait behind. */
export function createDatabaseGate(session: Session, opened: () => void): HTMLElement {
  return createGate({
    label: '加载SQLite',
    note: '官方的WebAssembly版SQLite，压缩后约470 KB，来自本站，在工作线程里运行；数据只在这个页面的内存里。',
    busy: '正在加载SQLite，把表里的行搬进去…',
    load: async () => {
      await session.attach(await openDatabase())
      opened()
    },
  })
}

export function createQuestions(session: Session, live: LiveRegion, opened: () => void): Panel {
  const labels = h('div', {})
  const answer = h('div', {})
  const paging = h('div', { class: 'row paging' })
  let by: Position['by'] = 'offset'
  let page = 1
  /** Where the pages by key begin: one entry for each page behind, and the present one. */
  let keys: (Key | null)[] = [null]
  let nth = 0

  const form = createQuestionForm(() => {
    page = 1
    keys = [null]
    ask()
  })
  const position = (): Position => (by === 'offset' ? { by, page } : { by, after: keys.at(-1) ?? null })

  const askLabels = async (question: Question, id: number): Promise<void> => {
    let ms = 0
    let last: LabelAnswer | null = null
    const pages = askInPages((options) => session.lab.server.list('projects', options), path, question)
    for (let isOver = false; !isOver; ) {
      const start = performance.now()
      const { value, done } = pages.next()
      ms += performance.now() - start
      last = value ?? last
      isOver = done === true
      await breathe()
      if (id !== nth) return
    }
    if (last !== null) showLabels(last, ms)
  }
  const showLabels = ({ plan, requests, bytes, fetched, matching }: LabelAnswer, ms: number): void => {
    replace(
      labels,
      h(
        'dl',
        { class: 'costs' },
        h('div', {}, h('dt', {}, '请求'), h('dd', {}, `${requests.length}次`)),
        h('div', {}, h('dt', {}, '取回'), h('dd', {}, `${fetched}个对象，${kilobytes(bytes)}`)),
        h('div', {}, h('dt', {}, '在客户端丢弃'), h('dd', {}, `${fetched - matching}个`)),
        h('div', {}, h('dt', {}, '符合'), h('dd', {}, `${matching}个，全部取完才知道`)),
        h('div', {}, h('dt', {}, '本机耗时'), h('dd', {}, `${milliseconds(ms)}，不含网络`)),
      ),
      h(
        'pre',
        { tabindex: 0, role: 'group', 'aria-label': '发出的请求' },
        h('code', {}, requests.join('\n')),
      ),
      h('p', {}, '问不了的：'),
      h(
        'ul',
        {},
        plan.cannot.map((reason) => h('li', {}, reason)),
      ),
    )
  }

  const turn = (by: -1 | 1, result: PageAnswer | null, question: Question) => () => {
    if (position().by === 'offset') page += by
    else if (by < 0) keys.pop()
    else {
      const last = result?.page.rows.at(-1)
      const column = result?.page.columns.indexOf(question.sortBy) ?? -1
      if (last !== undefined) keys.push([last[column] ?? null, String(last[0])])
    }
    ask()
  }
  const showAnswer = (result: PageAnswer, question: Question): void => {
    const { page: rows, total, plan } = result
    const number = by === 'offset' ? page : keys.length
    const pages = Math.max(1, Math.ceil(total / question.pageSize))
    const select = selectPage(question, position())
    const mode = h(
      'select',
      { 'aria-label': '翻页方式' },
      h('option', { value: 'offset', selected: by === 'offset' }, '按页码OFFSET'),
      h('option', { value: 'keyset', selected: by === 'keyset' }, '按游标keyset'),
    )
    mode.addEventListener('change', () => {
      by = mode.value === 'keyset' ? 'keyset' : 'offset'
      page = 1
      keys = [null]
      ask()
    })
    replace(
      answer,
      resultTable(`共${total}行，第${number} / ${pages}页，${milliseconds(rows.ms)}`, rows, ['uid']),
      sqlText(select.sql, select.params),
      h('p', { class: 'note' }, '执行计划'),
      h(
        'ul',
        { class: 'plan' },
        plan.map((line) => h('li', {}, h('code', {}, line))),
      ),
    )
    const previous = button('上一页', turn(-1, result, question), { disabled: number <= 1 })
    const following = button('下一页', turn(1, result, question), { disabled: number >= pages })
    replace(paging, mode, previous, following)
    live.say(`共${total}行，第${number}页`)
  }

  function ask(): void {
    const question = form.read()
    const id = ++nth
    askLabels(question, id).catch((error: unknown) => replace(labels, failure(error)))
    const { database } = session
    if (database === null) return
    session
      .flush()
      .then(() => database.page(selectPage(question, position()), selectCount(question)))
      .then(
        (result) => {
          // A later question may have been answered first.
          if (id === nth) showAnswer(result, question)
        },
        (error: unknown) => replace(answer, failure(error)),
      )
  }

  const gate = createDatabaseGate(session, () => {
    opened()
    ask()
  })
  const tabs = createTabs([
    { label: 'SQL', children: [gate, paging, answer] },
    { label: '只用label selector', children: [labels] },
  ])
  let lastLab = session.lab

  return {
    element: h('section', { class: 'questions' }, h('h3', {}, '同一个问题，两种问法'), form.element, tabs),
    update() {
      if (session.lab === lastLab) return
      lastLab = session.lab
      // The old answers are about other data.
      replace(labels)
      replace(paging)
      replace(
        answer,
        session.database === null ? null : h('p', { class: 'note' }, '数据换了一批，请重新查询。'),
      )
    },
  }
}
