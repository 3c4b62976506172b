// Litestream's intervals and the bucket's latency. They are read when an instance starts, as a config file is.
import { field, h } from '../../../_kit/dom.js'
import type { LabSettings } from '../core/lab.js'
import type { Panel } from './panel.js'
import type { Session } from './session.js'

type Key = 'monitorMs' | 'syncMs' | 'uploadMs' | 'snapshotMs' | 'retentionMs'
const fields: readonly (readonly [key: Key, label: string, unitMs: number, least: number, most: number])[] = [
  ['monitorMs', '检查间隔 monitor-interval（秒）', 1000, 0.1, 60],
  ['syncMs', '上传间隔 sync-interval（秒）', 1000, 0.1, 600],
  ['uploadMs', '每次上传耗时（毫秒）', 1, 0, 10_000],
  ['snapshotMs', '快照间隔 snapshot-interval（秒，0关闭）', 1000, 0, 86_400],
  ['retentionMs', '保留 retention（小时）', 3_600_000, 1, 168],
]

export function createSettingsPanel(session: Session): Panel {
  const inputs = fields.map(([key, label, unitMs, least, most]) => {
    const input = h('input', {
      type: 'number',
      min: least,
      max: most,
      step: 'any',
      value: session.settings[key] / unitMs,
    })
    input.addEventListener('change', () => {
      const value = Math.min(most, Math.max(least, Number(input.value) || least))
      input.value = String(value)
      session.settings = { ...session.settings, [key]: Math.round(value * unitMs) } satisfies LabSettings
    })
    return field(label, input)
  })
  return {
    element: h(
      'details',
      { class: 'panel panel-settings' },
      h('summary', {}, '设置（下一次冷启动生效）'),
      h('div', { class: 'bar' }, inputs),
      h('p', { class: 'note' }, '最坏的丢失窗口约等于检查间隔加上传间隔，再加一次上传的时间；优雅停止是0。'),
    ),
    update: () => {},
  }
}

/** Settings from a link: numbers within the bounds of the form, everything else as it was. */
export function checkedSettings(value: unknown, base: LabSettings): LabSettings {
  if (typeof value !== 'object' || value === null) return base
  const out: Record<string, number> = {}
  for (const [key, , unitMs, least, most] of fields) {
    const wanted = (value as Record<string, unknown>)[key]
    if (typeof wanted === 'number' && wanted >= least * unitMs && wanted <= most * unitMs) out[key] = wanted
  }
  return { ...base, ...out }
}
