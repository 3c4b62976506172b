// How every panel is built: a titled section that draws itself anew only when what it shows has changed, and keeps
// the keyboard focus where it was while doing so.
import { append, type Child, h } from '../../../_kit/dom.js'
import type { Session } from './session.js'

export interface Panel {
  readonly element: HTMLElement
  update(session: Session): void
}

/** A section with a heading; `id` is unique on the page. */
export function section(id: string, title: string, ...children: readonly Child[]): HTMLElement {
  const heading = `vwl-${id}`
  return h(
    'section',
    { class: `panel panel-${id}`, 'aria-labelledby': heading },
    h('h2', { id: heading }, title),
    children,
  )
}

/**
 * A part that is replaced when `signature` changes. Focused elements are found again by their `data-key`, tables keep
 * how far they were scrolled.
 */
export function redrawn(
  target: HTMLElement,
  signature: (session: Session) => string,
  draw: (session: Session) => Child,
): (session: Session) => void {
  let last: string | null = null
  const tables = (): HTMLElement[] => [...target.querySelectorAll<HTMLElement>('.scroll')]
  return (session) => {
    const now = signature(session)
    if (now === last) return
    last = now
    const focused = target.contains(document.activeElement) ? document.activeElement : null
    const key = focused instanceof HTMLElement ? focused.dataset['key'] : undefined
    const scrolled = new Map(tables().map((part) => [part.ariaLabel, [part.scrollLeft, part.scrollTop]]))
    target.replaceChildren()
    append(target, draw(session))
    for (const part of tables()) {
      const [x = 0, y = 0] = scrolled.get(part.ariaLabel) ?? []
      if (x > 0 || y > 0) part.scrollTo(x, y)
    }
    if (key !== undefined)
      [...target.querySelectorAll<HTMLElement>('[data-key]')]
        .find((element) => element.dataset['key'] === key)
        ?.focus({ preventScroll: true })
  }
}

/**
 * Something to open. What is in it is only made when it is open: a hidden table of a thousand cells costs nothing.
 * `opened` remembers the reader's choice over redrawing.
 */
export function fold(
  opened: Map<string, boolean>,
  id: string,
  summary: Child,
  draw: () => Child,
  open = false,
): HTMLDetailsElement {
  const element = h(
    'details',
    { id: `vwl-${id}`, open: opened.get(id) ?? open },
    h('summary', { 'data-key': `fold-${id}` }, summary),
  )
  let drawn = false
  const fill = (): void => {
    if (element.open && !drawn) append(element, draw())
    drawn ||= element.open
  }
  element.addEventListener('toggle', () => {
    opened.set(id, element.open)
    fill()
  })
  fill()
  return element
}

/** Changes whenever anything happened in the lab or another instance is looked at. */
export function happened(session: Session): string {
  return `${session.lab.log.events.at(-1)?.id ?? 0}/${session.target?.number}/${session.lab.store.size}`
}

/** A table that scrolls inside itself. `head` may be empty for tables without a head row. */
export function table(
  label: string,
  head: readonly string[],
  rows: readonly (readonly Child[])[],
  rowClass: (row: number) => string = () => '',
): HTMLElement {
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((text) => h('th', { scope: 'col' }, text)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((cells, i) =>
          h(
            'tr',
            { class: rowClass(i) || null },
            cells.map((cell) => h('td', {}, cell)),
          ),
        ),
      ),
    ),
  )
}
