// The live lab. A button first, because SQLite is half a megabyte; then the panels, with the static walkthrough kept
// below them. Nothing leaves the page.
import { h } from '../../_kit/dom.js'
import { readScenario } from '../../_kit/fragment.js'
import { createGate } from '../../_kit/gate.js'
import { createControls } from './ui/controls.js'
import { createDiskPanel, createStorePanel } from './ui/disk.js'
import { createRestorePanel } from './ui/restore.js'
import { type Action, demoAccount, Session } from './ui/session.js'
import { checkedSettings, createSettingsPanel } from './ui/settings.js'
import { createTimelinePanel } from './ui/timeline.js'
import { createVaultPanel } from './ui/vault.js'
import { createWalPanel } from './ui/wal.js'

const slug = 'vaultwarden-litestream'
const verbs = new Set(['write', 'batch', 'term', 'kill', 'start', 'second', 'day', 'target'])

/** Puts the gate above the walkthrough in `root`; the lab takes its place once SQLite is there. */
export function mount(root: HTMLElement): void {
  const place = h('div', { class: `demo-${slug} lab` })
  place.append(
    createGate({
      label: '加载SQLite，开始实验',
      note: '官方WebAssembly版SQLite，压缩后约0.5 MB，来自本站；数据只在这个页面的内存里。',
      busy: '正在加载SQLite，派生主密钥（PBKDF2，60万轮）…',
      load: async () => {
        const session = await Session.load()
        const linked = await readScenario(slug)
        if (isScenario(linked)) session.settings = checkedSettings(linked.settings, session.settings)
        await session.begin(demoAccount.email, demoAccount.password)
        if (isScenario(linked)) await session.replay(linked.actions.filter(isAction).slice(0, 500))
        show(root, place, session)
      },
    }),
  )
  root.prepend(place)
}

function show(root: HTMLElement, place: HTMLElement, session: Session): void {
  let waiting = false
  const changed = (): void => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      for (const panel of panels) panel.update(session)
    })
  }
  const controls = createControls(session, slug, changed)
  const panels = [
    controls,
    createTimelinePanel(),
    createWalPanel(),
    createDiskPanel(),
    createStorePanel(),
    createRestorePanel(session, controls),
    createVaultPanel(session, controls, changed),
    createSettingsPanel(session),
  ]
  place.append(...panels.map(({ element }) => element))
  for (const panel of panels) panel.update(session)
  controls.say(`SQLite ${session.version}已就绪，实例#1正在运行，账户已写入。`)
  // The story that needed no script stays, out of the way.
  const story = root.querySelector('[data-story]')
  const details = h('details', { class: 'panel' }, h('summary', {}, '不用脚本的版本：一次完整的运行'))
  story?.replaceWith(details)
  if (story) details.append(story)
  requestAnimationFrame(() => controls.first.focus())
}

const isScenario = (value: unknown): value is { settings: unknown; actions: unknown[] } =>
  typeof value === 'object' &&
  value !== null &&
  'actions' in value &&
  Array.isArray(value.actions) &&
  'settings' in value

const isAction = (value: unknown): value is Action =>
  Array.isArray(value) &&
  Number.isFinite(value[0]) &&
  // A hundred days at most: a link must not be able to keep the page busy for minutes.
  value[0] >= 0 &&
  value[0] <= 8_640_000_000 &&
  verbs.has(value[1]) &&
  (value[2] === undefined || Number.isFinite(value[2]))
