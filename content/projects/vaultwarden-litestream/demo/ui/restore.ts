// Restoring: the latest state or a point in time, with what Litestream would choose shown before it is done, and
// what the current instance's entrypoint found, applied and missed.
import { button, field, h, replace } from '../../../_kit/dom.js'
import { formatClock, storyStartMs } from '../core/lab.js'
import { planRestore } from '../core/litestream/restore.js'
import type { Controls } from './controls.js'
import { missingReasons } from './format.js'
import { happened, type Panel, redrawn, section, table } from './panel.js'
import type { Session } from './session.js'

export function createRestorePanel(session: Session, controls: Controls): Panel {
  const slider = h('input', {
    type: 'range',
    min: 0,
    max: 0,
    step: 1,
    value: 0,
    on: { input: () => preview() },
  })
  const plan = h('p', { class: 'note' })
  const times = (): number[] =>
    [...new Set(session.lab.store.list().map(({ createdMs }) => createdMs))].sort((a, b) => a - b)
  const chosen = (): number | undefined => times()[Number(slider.value)]
  const preview = (): void => {
    const at = chosen()
    if (at === undefined) {
      replace(plan, '桶里还没有对象。')
      return
    }
    slider.setAttribute('aria-valuetext', formatClock(at))
    try {
      const found = planRestore(session.lab.store.list(), { timestamp: at })!
      const segments = found.files.reduce((sum, file) => sum + file.segments.length, 0)
      replace(
        plan,
        `-timestamp ${formatClock(at)}：generation `,
        h('code', {}, found.generation),
        `，快照${found.snapshot.index.toString(16).padStart(8, '0')}，${found.files.length}个WAL文件共${segments}段`,
      )
    } catch (error) {
      replace(plan, error instanceof Error ? error.message : String(error))
    }
  }
  const go = button('恢复到这个时间点', () => {
    const at = chosen()
    if (at !== undefined) void controls.act('start', at - storyStartMs)
  })
  const report = h('div')
  const drawReport = redrawn(
    report,
    ({ target }) => String(target?.number),
    ({ target, names }) => {
      if (target === null) return null
      const { plan: done, steps, integrity, keys, missing } = target.restored
      return [
        h('h3', {}, `实例#${target.number}启动时`),
        done === null
          ? h('p', {}, '桶里没有备份，-if-replica-exists让恢复正常退出，从空库开始。')
          : h(
              'ol',
              {},
              h('li', {}, '选中generation ', h('code', {}, done.generation)),
              steps.map(({ text, checkpoint }) =>
                h(
                  'li',
                  {},
                  text,
                  checkpoint === undefined
                    ? ''
                    : `，wal_checkpoint(TRUNCATE)返回${checkpoint.busy}|${checkpoint.log}|${checkpoint.checkpointed}`,
                ),
              ),
              h('li', {}, `integrity_check：${integrity}；共${keys.length}行`),
            ),
        missing.length > 0
          ? table(
              '恢复后缺少的提交',
              ['提交', '内容', '为什么没有'],
              missing
                .slice(0, 60)
                .map(({ commit, reason }) => [
                  `#${commit.id}`,
                  names.get(commit.key) ?? commit.key,
                  missingReasons[reason],
                ]),
            )
          : done !== null && h('p', {}, '此前确认过的提交一个不缺。'),
      ]
    },
  )
  const refresh = redrawn(h('div'), happened, ({ lab }) => {
    const last = Math.max(0, times().length - 1)
    const atEnd = Number(slider.value) === Number(slider.max)
    slider.max = String(last)
    if (atEnd) slider.value = slider.max
    go.setAttribute('aria-disabled', String(lab.running.length > 0 || times().length === 0))
    preview()
    return null
  })
  return {
    element: section(
      'restore',
      '恢复',
      h('p', { class: 'note' }, '时间点的精度是对象的创建时间，不是单个提交。先停掉实例，再恢复。'),
      h('div', { class: 'bar' }, field('时间点', slider, 'field wide'), go),
      plan,
      report,
    ),
    update(current) {
      refresh(current)
      drawReport(current)
    },
  }
}
