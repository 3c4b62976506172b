// One polite live region per demo: the sentence that a screen reader speaks after an action. It must stay
// short and must never be flooded: messages of one moment are joined, only the last few are spoken.
import { h } from './dom.js'

export interface LiveRegion {
  /** Put it where a sighted reader should see the summary, too. */
  readonly element: HTMLElement
  /** Speaks `text`; texts said within `waitMs` are spoken together, at most the last three of them. */
  say(text: string): void
}

/** `className` is for the visible line; it is a `<p role="status">`. */
export function createLiveRegion(className = 'live', waitMs = 120): LiveRegion {
  const element = h('p', { class: className, role: 'status', 'aria-live': 'polite' })
  let waiting: string[] = []
  const speak = (): void => {
    const text = waiting.slice(-3).join(' ')
    waiting = []
    // The same words twice are no change to a screen reader: a trailing no-break space makes them one.
    element.textContent = element.textContent === text ? `${text}\u00a0` : text
  }
  return {
    element,
    say(text) {
      if (waiting.length === 0) setTimeout(speak, waitMs)
      if (waiting.at(-1) !== text) waiting.push(text)
    },
  }
}
