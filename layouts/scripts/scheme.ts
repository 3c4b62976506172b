// Is the page dark at the moment, and when does that change? For what cannot follow by style alone.

const system = matchMedia('(prefers-color-scheme: dark)')

export function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme']
  return chosen === 'dark' || (chosen !== 'light' && system.matches)
}

/** Calls with what `isDark` says from then on. */
export function onScheme(changed: (dark: boolean) => void): void {
  let last = isDark()
  const look = (): void => {
    if (isDark() === last) return
    last = !last
    changed(last)
  }
  system.addEventListener('change', look)
  new MutationObserver(look).observe(document.documentElement, { attributeFilter: ['data-theme'] })
}
