// The way into the lab: what its three parts are, a button, and the scripts as other ways to begin. The lab itself is
// loaded on a click, or at once where the page's address names a scenario. Nothing leaves the page.
import { button, h, replace } from '../../_kit/dom.js'
import { playbill } from './core/playbill.js'

const slug = 'crd-query'

const parts: readonly (readonly [title: string, note: string])[] = [
  ['apiserver', '一个全局版本号；每种资源一个有限的事件窗口，会压缩，会重启。'],
  ['informer', 'LIST一次，然后WATCH；DeltaFIFO里排队，断线以后自己对账。'],
  ['SQLite', '处理器把每个通知写成一行；搜索、排序、翻页都问它。'],
]

/** Puts the opening above the walkthrough in `root`; the lab takes its place. */
export async function mount(root: HTMLElement): Promise<void> {
  const status = h('p', { class: 'note', role: 'status' })
  let isLoading = false
  const open = async (story = ''): Promise<void> => {
    if (isLoading) return
    isLoading = true
    replace(status, '正在准备…')
    try {
      const { openBench } = await import('./ui/bench.js')
      await openBench(root, opening, story)
    } catch (error) {
      isLoading = false
      replace(status, `没有准备好：${error instanceof Error ? error.message : String(error)}。请再试一次。`)
    }
  }
  const opening = h(
    'div',
    { class: `demo-${slug} lab opening` },
    h('h2', {}, '实验室'),
    h(
      'ol',
      { class: 'parts' },
      parts.map(([title, note]) => h('li', {}, h('b', {}, title), h('span', { class: 'note' }, note))),
    ),
    h(
      'div',
      { class: 'row' },
      button('启动实验室', () => void open(), { class: 'primary' }),
      h('span', { class: 'note' }, '200个CR，时钟马上开始走；代码约30 KB，SQLite之后再按需加载。'),
    ),
    h('p', { class: 'note', id: 'crd-query-scripts' }, '或者从一个剧本开始，一步一步来：'),
    h(
      'ul',
      { class: 'row scripts', 'aria-labelledby': 'crd-query-scripts' },
      playbill.map(({ id, title }) =>
        h(
          'li',
          {},
          button(title, () => void open(id)),
        ),
      ),
    ),
    status,
  )
  root.prepend(opening)
  if (location.hash.includes(`${slug}=`)) await open()
}
