// The problems of the site over the page that shows its last good state: errors cover it, warnings are a button in
// the corner. Runs in the browser as text (see `client.ts`), in a shadow tree that no style of the page reaches.
import type { Problem } from '../errors.js'

export interface Overlay {
  /** Shows these problems, none: nothing. */
  show(problems: readonly Problem[]): void
}

/** `open` is handed the place of a problem whose file was clicked. */
export function showOverlay(open: (spot: object) => void): Overlay {
  const host = document.createElement('inkstone-problems')
  const root = host.attachShadow({ mode: 'open' })
  // Made by a script, so that no Content-Security-Policy of the page forbids it.
  const sheet = new CSSStyleSheet()
  root.adoptedStyleSheets = [sheet]
  sheet.replaceSync(`
    :host { all: initial }
    * { box-sizing: border-box }
    section { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; padding: 4vmin; background: #161412e6;
      color: #f3eee6; font: 15px/1.6 system-ui, sans-serif }
    article { max-width: 60rem; margin: 0 auto 1.2rem; padding: 1rem 1.2rem; background: #262320; border-radius: 6px;
      border-inline-start: 4px solid #d8553f }
    article.warning { border-color: #d9a441 }
    h2 { margin: 0 auto 1rem; max-width: 60rem; font-size: 1.1rem }
    h3 { margin: .3rem 0; font-size: 1rem; font-weight: 600 }
    p { margin: .3rem 0 }
    small { color: #b8afa3 }
    pre { margin: .6rem 0; padding: .7rem; overflow: auto; background: #171513; border-radius: 4px;
      font: 13px/1.5 ui-monospace, Consolas, monospace }
    button { font: inherit; color: #8ec7ff; background: none; border: 0; padding: 0; cursor: pointer;
      text-decoration: underline; text-align: start }
    button:focus-visible { outline: 2px solid #8ec7ff; outline-offset: 2px }
    .close, .badge { color: inherit; text-decoration: none }
    .close { float: right; padding: .2rem .6rem; border: 1px solid #6b645b; border-radius: 4px }
    .badge { position: fixed; inset: auto auto 1rem 1rem; z-index: 2147483646; padding: .3rem .8rem;
      background: #262320; color: #f3eee6; border-radius: 99px; font: 14px/1.5 system-ui, sans-serif }`)

  const element = (name: string, text = '', className = ''): HTMLElement => {
    const made = document.createElement(name)
    made.textContent = text
    if (className !== '') made.className = className
    return made
  }
  const button = (text: string, className: string, act: () => void): HTMLElement => {
    const made = element('button', text, className)
    made.setAttribute('type', 'button')
    made.addEventListener('click', act)
    return made
  }

  const card = ({
    severity,
    code,
    what,
    file,
    line,
    column,
    frame,
    found,
    expected,
    fix,
  }: Problem): HTMLElement => {
    const article = element('article', '', severity)
    if (file !== undefined) {
      const place = [file, line, column].filter((part) => part !== undefined).join(':')
      article.append(button(place, 'place', () => open({ file, line: line ?? 1, column: column ?? 1 })))
    }
    article.append(element('h3', what))
    if (frame) article.append(element('pre', frame))
    if (found !== undefined) article.append(element('p', `found ${found}`))
    if (expected?.length) article.append(element('p', `expected ${expected.join(', ')}`))
    if (fix) article.append(element('p', `fix: ${fix}`))
    article.append(element('small', `${severity} ${code}`))
    return article
  }

  const counts = (problems: readonly Problem[]): string =>
    ['error', 'warning']
      .map((kind) => [problems.filter(({ severity }) => severity === kind).length, kind] as const)
      .filter(([count]) => count > 0)
      .map(([count, kind]) => `${count} ${kind}${count === 1 ? '' : 's'}`)
      .join(', ')

  const render = (problems: readonly Problem[], isOpen: boolean): void => {
    root.replaceChildren()
    if (problems.length === 0) {
      host.remove()
      return
    }
    if (isOpen) {
      const section = element('section')
      section.setAttribute('role', 'dialog')
      section.setAttribute('aria-label', 'Problems of the site')
      const close = button('Close', 'close', () => render(problems, false))
      const errorsFirst = [...problems].sort(
        (a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'),
      )
      section.append(close, element('h2', counts(problems)), ...errorsFirst.map(card))
      section.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') render(problems, false)
      })
      root.append(section)
    } else root.append(button(counts(problems), 'badge', () => render(problems, true)))
    document.documentElement.append(host)
  }

  return {
    show: (problems) =>
      render(
        problems,
        problems.some(({ severity }) => severity === 'error'),
      ),
  }
}
