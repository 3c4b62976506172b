// The live lab, in the place of its opening, above the static walkthrough, which stays on the page folded.
import { h, replace } from '../../../_kit/dom.js'
import { readScenario } from '../../../_kit/fragment.js'
import { createLiveRegion } from '../../../_kit/live.js'
import { createColumns } from './columns.js'
import { createControls } from './controls.js'
import { createLogList } from './loglist.js'
import type { Panel } from './panel.js'
import { checkedScenario, Session } from './session.js'
import { createStoryteller } from './storyteller.js'

const slug = 'crd-query'

/**
 * Builds the lab and begins: with the scenario in the page's address, else with `story`, else by letting the clock
 * run. The parts below the log come after it, so that it need not wait for them.
 */
export async function openBench(root: HTMLElement, opening: HTMLElement, story: string): Promise<void> {
  const session = new Session()
  const live = createLiveRegion()
  const panels: Panel[] = [
    createStoryteller(session, live),
    createControls(session, live),
    createColumns(session),
    createLogList(session),
  ]
  let isDue = false
  session.onChange = () => {
    if (isDue) return
    isDue = true
    requestAnimationFrame(() => {
      isDue = false
      for (const panel of panels) panel.update()
    })
  }
  const scenario = checkedScenario(await readScenario(slug))
  if (scenario !== null) await session.restore(scenario)
  else await session.reset(session.size)
  if (story !== '') await session.begin(story)

  const [script, controls, ...rest] = panels.map(({ element }) => element)
  const title = h('h2', { tabindex: -1 }, '实验室')
  const below = h('div', { class: 'workbench' })
  const lab = h('div', { class: `demo-${slug} lab` }, title, script, controls, live.element, rest, below)
  opening.replaceWith(lab)
  fold(root, lab)
  if (scenario === null) title.focus({ preventScroll: true })
  if (session.story === null) {
    session.lab.start()
    session.drive.start()
  }
  session.changed()

  const { createWorkbench } = await import('./workbench.js')
  const bench = createWorkbench(session, live)
  panels.push(...bench)
  below.append(...bench.map(({ element }) => element))
  session.changed()
}

/** The walkthrough says in words what the lab does: with the lab there it waits behind a line. */
function fold(root: HTMLElement, lab: HTMLElement): void {
  const written = [...root.childNodes].filter((node) => node !== lab)
  if (written.length === 0) return
  const details = h(
    'details',
    { class: `demo-${slug} walkthrough` },
    h('summary', {}, '写定的运行与SQL例子（不需要JavaScript的版本）'),
  )
  details.append(...written)
  replace(root, lab, details)
}
