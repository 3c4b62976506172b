// The switch between the system's theme, light and dark. The choice lies in localStorage under `theme` (absent: as
// the system) and on <html data-theme>; a line in the head sets the latter before the first paint.

const themes = ['system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value)

/** Storage may be forbidden; then the choice lasts as long as the page. */
function remembered(): Theme {
  try {
    const kept = localStorage.getItem('theme')
    return isTheme(kept) ? kept : 'system'
  } catch {
    return 'system'
  }
}

function remember(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', theme)
  } catch {}
}

export function offerThemes(): void {
  const button = document.querySelector<HTMLButtonElement>('.theme-switch')
  if (!button) return
  // The colour of the browser's own frame: one <meta> for each scheme. A forced theme has both say the same.
  const frames = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')]
  const colours = frames.map((meta) => meta.content)
  let current = remembered()

  const show = (): void => {
    const root = document.documentElement
    if (current === 'system') delete root.dataset['theme']
    else root.dataset['theme'] = current
    const label = button.dataset[current] ?? ''
    button.setAttribute('aria-label', label)
    button.title = label
    const forced = { system: undefined, light: colours[0], dark: colours[1] }[current]
    frames.forEach((meta, index) => {
      meta.content = forced ?? colours[index] ?? ''
    })
  }

  button.addEventListener('click', () => {
    current = themes[(themes.indexOf(current) + 1) % themes.length] ?? 'system'
    remember(current)
    show()
  })
  addEventListener('storage', (event) => {
    if (event.key !== 'theme') return
    current = remembered()
    show()
  })
  show()
  button.hidden = false
}
