// The way into search, on every page: the key `/`, the link in the masthead, and the search page itself. The search
// proper is fetched when somebody takes that way, not before.

interface SearchModule {
  startSearch(box: HTMLElement): void
}

export function offerSearch(): void {
  const box = document.querySelector<HTMLElement>('[data-search]')
  const { script, failed = '' } = box?.dataset ?? {}
  if (!box || script === undefined) return
  const dialog = box.closest('dialog')
  box.hidden = false
  const open = (): void => {
    dialog?.showModal()
    box.querySelector('input')?.select()
    // What scripts/search.ts exports.
    import(script).then(
      (module: SearchModule) => module.startSearch(box),
      () => {
        const status = box.querySelector('[role="status"]')
        if (status) status.textContent = failed
      },
    )
  }

  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.search-open'))
    link.addEventListener('click', (event) => {
      if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      open()
    })
  document.addEventListener('keydown', (event) => {
    const { target, key } = event
    const isTyping =
      target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]')
    if (key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    event.preventDefault()
    open()
  })
  // A click beside the dialog, and a result on this very page, close it.
  dialog?.addEventListener('click', ({ target }) => {
    if (target === dialog || (target instanceof Element && target.closest('a, .search-close'))) dialog.close()
  })
  if (!dialog) open()
}
