// Numbers and states as the panels write them, in one place, so that a size or a state looks the same everywhere.
import type { Commit, EventKind, MissingReason } from '../core/lab.js'

export const bytes = (count: number): string => `${count.toLocaleString('en')} B`

/** Large sizes for people: `1.4 MB`. */
export const size = (count: number): string =>
  count < 100_000 ? bytes(count) : `${(count / 1_000_000).toFixed(2)} MB`

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)}秒`

export const commitStates: Readonly<Record<Commit['state'], string>> = {
  local: '只在WAL里',
  shadow: '在影子WAL里',
  uploaded: '已上传',
  lost: '已丢失',
}

export const missingReasons: Readonly<Record<MissingReason, string>> = {
  'not-uploaded': '没有来得及上传',
  'other-generation': '在另一个generation里，没有被选中',
  'point-in-time': '晚于所选的时间点',
}

export const eventNames: Readonly<Record<EventKind, string>> = {
  start: '启动',
  restore: '恢复',
  commit: '提交',
  generation: '新的一代',
  shadow: '影子',
  checkpoint: '检查点',
  snapshot: '快照',
  segment: '上传',
  retention: '清理',
  term: 'SIGTERM',
  kill: 'SIGKILL',
  error: '错误',
}
