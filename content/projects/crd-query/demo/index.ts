// The live lab, above the static walkthrough, which stays on the page folded. Nothing heavy is loaded before a click,
// and nothing leaves the page.
import { h, replace } from '../../_kit/dom.js'
import { createLiveRegion } from '../../_kit/live.js'
import { createColumns } from './ui/columns.js'
import { createControls } from './ui/controls.js'
import { createLogList } from './ui/loglist.js'
import type { Panel } from './ui/panel.js'
import { checkedScenario, type Scenario, Session } from './ui/session.js'
import { createStoryteller } from './ui/storyteller.js'

const slug = 'crd-query'

/** Puts the lab at the top of `root`. A link with a scenario is replayed; without one the clock starts to run. */
export async function mount(root: HTMLElement): Promise<void> {
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
  const [story, controls, ...rest] = panels.map(({ element }) => element)
  const lab = h(
    'div',
    { class: `demo-${slug} lab` },
    h('h2', {}, '实验室'),
    story,
    controls,
    live.element,
    rest,
  )
  fold(root)
  root.prepend(lab)

  const scenario = await linkedScenario()
  if (scenario !== null) await session.restore(scenario)
  else await session.reset(session.size)
  if (session.story === null) {
    session.lab.start()
    session.drive.start()
  }
  session.changed()
  const { createWorkbench } = await import('./ui/workbench.js')
  const bench = createWorkbench(session, live)
  panels.push(...bench)
  lab.append(...bench.map(({ element }) => element))
  session.changed()
}

/** The scenario in the page's address; what reads it is loaded only where there is one. */
async function linkedScenario(): Promise<Scenario | null> {
  if (!location.hash.includes(`${slug}=`)) return null
  const { readScenario } = await import('../../_kit/fragment.js')
  return checkedScenario(await readScenario(slug))
}

/** The walkthrough says in words what the lab does: with the lab there it waits behind a line. */
function fold(root: HTMLElement): void {
  const written = [...root.childNodes]
  if (written.length === 0) return
  const details = h(
    'details',
    { class: `demo-${slug} walkthrough` },
    h('summary', {}, '写定的运行与SQL例子（不需要JavaScript的版本）'),
  )
  details.append(...written)
  replace(root, details)
}
