// A picture that is larger than the column opens in a dialog. The words of its button stand on this script's own
// element, because they are in the page's language. A click with a key held, or without this script, follows the link.

const script = document.querySelector<HTMLScriptElement>('script[data-zoom]')

for (const link of document.querySelectorAll<HTMLAnchorElement>('a.zoom')) {
  link.setAttribute('aria-haspopup', 'dialog')
  link.addEventListener('click', (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    open(link)
  })
}

function open(link: HTMLAnchorElement): void {
  const small = link.querySelector('img')
  const dialog = document.createElement('dialog')
  dialog.className = 'zoom-dialog'
  const name = small?.alt || link.getAttribute('aria-label') || ''
  dialog.setAttribute('aria-label', name)
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'zoom-close'
  button.setAttribute('aria-label', script?.dataset['zoom'] ?? '')
  const image = document.createElement('img')
  image.alt = small?.alt ?? ''
  // The small one stands there, stretched, until the whole one has come.
  const { width = '', height = '' } = small ? attributesOf(small) : {}
  image.setAttribute('width', width)
  image.setAttribute('height', height)
  if (small?.currentSrc) image.style.backgroundImage = `url("${small.currentSrc}")`
  image.src = link.href
  const caption = link.closest('figure')?.querySelector('figcaption')?.textContent ?? ''
  dialog.append(image)
  if (caption !== '') dialog.append(Object.assign(document.createElement('p'), { textContent: caption }))
  dialog.append(button)
  dialog.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => {
    dialog.remove()
    link.focus({ preventScroll: true })
  })
  document.body.append(dialog)
  dialog.showModal()
}

const attributesOf = (image: HTMLImageElement): { width: string; height: string } => ({
  width: image.getAttribute('width') ?? '',
  height: image.getAttribute('height') ?? '',
})
