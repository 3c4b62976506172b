// Plays the short scripts: choose one, go on step by step, read what to look at. Works without any animation.
import { button, h, replace } from '../../../_kit/dom.js'
import type { LiveRegion } from '../../../_kit/live.js'
import { playbill } from '../core/playbill.js'
import type { Panel } from './panel.js'
import type { Session } from './session.js'

export function createStoryteller(session: Session, live: LiveRegion): Panel {
  const choice = h(
    'select',
    { 'aria-label': '剧本' },
    h('option', { value: '' }, '自由操作'),
    playbill.map(({ id, title }) => h('option', { value: id }, title)),
  )
  const say = (): void => {
    const { story, played } = session
    const step = story?.steps[played - 1]
    live.say(step === undefined ? (story?.title ?? '') : `${step.title}。${step.note}`)
  }
  const next = button('下一步', () => {
    session.nextStep()
    say()
  })
  const begin = async (): Promise<void> => {
    if (choice.value === '') {
      await session.reset(session.size)
      session.lab.start()
      session.drive.start()
    } else await session.begin(choice.value)
    session.changed()
    say()
  }
  choice.addEventListener('change', () => void begin())
  const again = button('重来', () => void begin())
  const steps = h('ol', { class: 'steps' })
  let last = ''

  return {
    element: h(
      'section',
      { class: 'story', 'aria-label': '剧本' },
      h('div', { class: 'row' }, h('h3', {}, '剧本'), choice, next, again),
      steps,
    ),
    update() {
      const { story, played } = session
      const key = `${story?.id ?? ''} ${played}`
      if (key === last) return
      last = key
      choice.value = story?.id ?? ''
      const isOver = story === null || played >= story.steps.length
      next.setAttribute('aria-disabled', String(isOver))
      again.hidden = story === null
      replace(
        steps,
        (story?.steps ?? []).map(({ title, note }, i) =>
          h(
            'li',
            { 'aria-current': i === played - 1 ? 'step' : false, class: i < played ? 'done' : false },
            h('b', {}, title),
            i < played ? `：${note}` : null,
          ),
        ),
      )
    },
  }
}
