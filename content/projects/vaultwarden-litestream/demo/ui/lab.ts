// The lab itself: SQLite, the session, the panels. A chunk of its own, loaded together with SQLite when the reader
// asks for it; the page without it weighs next to nothing.
import { h } from '../../../_kit/dom.js'
import { readScenario } from '../../../_kit/fragment.js'
import { createControls } from './controls.js'
import { createDiskPanel, createStorePanel } from './disk.js'
import { createRestorePanel } from './restore.js'
import { type Action, demoAccount, Session } from './session.js'
import { checkedSettings, createSettingsPanel } from './settings.js'
import { createTimelinePanel } from './timeline.js'
import { createVaultPanel } from './vault.js'
import { createWalPanel } from './wal.js'

const slug = 'vaultwarden-litestream'
const verbs = new Set(['write', 'batch', 'term', 'kill', 'start', 'second', 'day', 'target'])

/** Loads SQLite, begins or replays the story in the page's fragment, and shows the panels in `place`. */
export async function openLab(root: HTMLElement, place: HTMLElement): Promise<void> {
  const session = await Session.load()
  const linked = await readScenario(slug)
  if (isScenario(linked)) session.settings = checkedSettings(linked.settings, session.settings)
  await session.begin(demoAccount.email, demoAccount.password)
  const isLinked = isScenario(linked)
  if (isLinked)
    await session.replay(linked.actions.filter(isAction).slice(0, 500), isTime(linked.at) ? linked.at : 0)
  show(root, place, session, !isLinked)
}

/** `isRunning`: the clock goes at once. What a link shows stands still, as it was when it was shared. */
function show(root: HTMLElement, place: HTMLElement, session: Session, isRunning: boolean): void {
  let waiting = false
  const changed = (): void => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      for (const panel of panels) panel.update(session)
    })
  }
  const controls = createControls(session, slug, changed, isRunning)
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
  place.append(
    h(
      'div',
      { class: 'panels' },
      panels.map(({ element }) => element),
    ),
  )
  for (const panel of panels) panel.update(session)
  controls.say(`SQLite ${session.version}已就绪，实例#1正在运行，账户已写入。`)
  // The story that needed no script stays, out of the way.
  const story = root.querySelector('[data-story]')
  const details = h('details', { class: 'panel' }, h('summary', {}, '不用脚本的版本：一次完整的运行'))
  story?.replaceWith(details)
  if (story) details.append(story)
  requestAnimationFrame(() => controls.first.focus())
}

const isScenario = (value: unknown): value is { settings: unknown; actions: unknown[]; at?: unknown } =>
  typeof value === 'object' &&
  value !== null &&
  'actions' in value &&
  Array.isArray(value.actions) &&
  'settings' in value

// A hundred days at most: a link must not be able to keep the page busy for minutes.
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 8_640_000_000

const isAction = (value: unknown): value is Action =>
  Array.isArray(value) &&
  isTime(value[0]) &&
  verbs.has(value[1]) &&
  (value[2] === undefined || Number.isFinite(value[2]))
