// A gate before something heavy: says what will be loaded and how large it is, loads on a click, shows the
// failure and offers another try. It must never load by itself.
import { h, replace } from './dom.js'

export interface GateOptions {
  /** On the button: `加载 SQLite`. */
  readonly label: string
  /** Under the button: what it is, how large, from where. */
  readonly note: string
  /** Does the loading; what it resolves to goes to `ready`. */
  readonly load: () => Promise<unknown>
  /** While loading; the default is `正在加载…`. */
  readonly busy?: string
}

/**
 * An element with the button; it removes itself once `load` has resolved. A rejected `load` shows its message
 * and the button again. The focus goes nowhere by itself: the caller moves it, if it must.
 */
export function createGate(options: GateOptions): HTMLElement {
  const status = h('p', { class: 'gate-status', role: 'status' })
  const start = h('button', { type: 'button', class: 'gate-button' }, options.label)
  const element = h('div', { class: 'gate' }, start, h('p', { class: 'gate-note' }, options.note), status)
  start.addEventListener('click', () => {
    // aria-disabled, not disabled: a disabled button would drop the keyboard focus.
    if (start.getAttribute('aria-disabled') === 'true') return
    start.setAttribute('aria-disabled', 'true')
    status.textContent = options.busy ?? '正在加载…'
    options.load().then(
      () => element.remove(),
      (error: unknown) => {
        start.removeAttribute('aria-disabled')
        start.textContent = '再试一次'
        replace(status, `加载失败：${error instanceof Error ? error.message : String(error)}`)
      },
    )
  })
  return element
}
