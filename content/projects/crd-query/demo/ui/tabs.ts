// Two or more views of one thing, as tabs: arrow keys move between them, the panel follows.
import { type Child, h } from '../../../_kit/dom.js'

export interface Tab {
  readonly label: string
  readonly children: readonly Child[]
}

/** The first is shown. Ids are made from the labels' order, so there can be one such set on a page. */
export function createTabs(tabs: readonly Tab[]): HTMLElement {
  const id = (kind: 'tab' | 'panel', i: number): string => `crd-query-${kind}-${i}`
  const buttons = tabs.map(({ label }, i) =>
    h('button', { type: 'button', role: 'tab', id: id('tab', i), 'aria-controls': id('panel', i) }, label),
  )
  const panels = tabs.map(({ children }, i) =>
    h(
      'div',
      { role: 'tabpanel', id: id('panel', i), 'aria-labelledby': id('tab', i), tabindex: 0 },
      ...children,
    ),
  )
  const show = (shown: number, isFocused: boolean): void => {
    buttons.forEach((button, i) => {
      button.setAttribute('aria-selected', String(i === shown))
      button.tabIndex = i === shown ? 0 : -1
      panels[i]!.hidden = i !== shown
    })
    if (isFocused) buttons[shown]?.focus()
  }
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }
  buttons.forEach((button, i) => {
    button.addEventListener('click', () => show(i, false))
    button.addEventListener('keydown', (event) => {
      const step = steps[event.key]
      if (step === undefined) return
      event.preventDefault()
      show((i + step + tabs.length) % tabs.length, true)
    })
  })
  show(0, false)
  return h(
    'div',
    {},
    h('div', { role: 'tablist', class: 'row', 'aria-label': '问法' }, ...buttons),
    ...panels,
  )
}
