// The live page: puts the panels together over one session and keeps them up to date. Everything it shows comes from
// the core; nothing is sent anywhere.
import { button, h } from '../../_kit/dom.js'
import { copyText, linkToScenario, readScenario } from '../../_kit/fragment.js'
import { createLiveRegion } from '../../_kit/live.js'
import { pluginTypes } from './core/plugins/index.js'
import { type Preset, presets } from './core/presets.js'
import { readResource } from './core/read-resource.js'
import { configPanel } from './ui/config-panel.js'
import { requestPanel } from './ui/request-panel.js'
import { createSession, readShared, type Scenario } from './ui/session.js'
import { storyPanel } from './ui/story-panel.js'
import { worldPanel } from './ui/world-panel.js'

const scenarioOf = ({ yaml, request }: Preset): Scenario => ({ yaml, request, nodes: {}, reverse: false })

/** Builds the playground in `root`; the walkthrough that stands there is folded away below it. */
export async function mount(root: HTMLElement): Promise<void> {
  const shared = readShared(await readScenario('pingsix'))
  const first = presets[0]!
  const live = createLiveRegion('summary')
  const panels: { render(): void }[] = []
  let told: unknown = null
  const render = (): void => {
    for (const panel of panels) panel.render()
    const { trace } = session
    if (trace !== null && trace !== told) live.say(trace.summary)
    // The old answer is not one of the new configuration.
    if (trace === null && told !== null) live.element.textContent = ''
    told = trace
  }
  const session = createSession(shared ?? scenarioOf(first), render, () =>
    live.say('配置有错误，网关没有启动，请求发不出去。'),
  )
  const config = configPanel(session)
  const request = requestPanel(session)
  const story = storyPanel(session)
  const world = worldPanel(session)
  panels.push(config, request, story, world)

  const hint = h('p', { class: 'hint' }, shared === null ? first.hint : '来自链接的场景。')
  const choices = presets.map((preset) => {
    const choice = button(
      preset.title,
      () => {
        session.start(scenarioOf(preset))
        request.show()
        hint.textContent = preset.hint
        for (const other of choices) other.setAttribute('aria-pressed', String(other === choice))
        live.say(`已换成「${preset.title}」`)
      },
      { 'aria-pressed': String(shared === null && preset === first) },
    )
    return choice
  })
  const share = button('复制场景链接', async () => {
    try {
      const link = await linkToScenario('pingsix', session.scenario)
      live.say((await copyText(link)) ? '链接已复制，配置和请求都在里面。' : '链接在地址栏里，请自行复制。')
    } catch {
      live.say('配置太长，放不进链接。')
    }
  })

  const place = h('div', { class: 'admin-place' })
  const admin = h('details', { class: 'admin-fold' }, h('summary', {}, 'Admin API控制台'), place)
  admin.addEventListener('toggle', async () => {
    if (!admin.open || place.childElementCount > 0) return
    const { adminPanel } = await import('./ui/admin-panel.js')
    const panel = adminPanel(session, render, (kind, id, json) => readResource(kind, id, json, pluginTypes))
    panels.push(panel)
    place.append(panel.element)
    render()
  })

  const written = [...root.childNodes]
  const still = h('details', { class: 'still-fold' }, h('summary', {}, '不动手，只看讲解'), written)
  const prepare = { once: true, passive: true }
  root.addEventListener('focusin', story.prepare, prepare)
  root.addEventListener('pointerover', story.prepare, prepare)
  root.append(
    h(
      'div',
      { class: 'demo-pingsix live' },
      h('div', { class: 'presets', role: 'group', 'aria-label': '预设场景' }, choices, share),
      hint,
      h(
        'div',
        { class: 'bench' },
        config.element,
        h('div', { class: 'right' }, request.element, live.element, story.element),
        world.element,
      ),
      admin,
    ),
  )
  if (written.length > 0) root.append(h('div', { class: 'demo-pingsix' }, still))
  request.show()
  render()
}
