// What comes from elsewhere is a link until it is clicked: then its player stands in the link's place. A click with a
// modifier key follows the link, as everywhere.

function playerOf(figure: HTMLElement, title: string): HTMLElement {
  const address = figure.dataset['src'] ?? ''
  if (figure.dataset['embed'] === 'film') {
    const film = document.createElement('video')
    film.controls = true
    film.autoplay = true
    film.src = address
    return film
  }
  const frame = document.createElement('iframe')
  frame.src = address
  frame.title = title
  frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture'
  frame.referrerPolicy = 'strict-origin-when-cross-origin'
  return frame
}

for (const figure of document.querySelectorAll<HTMLElement>('figure.embed[data-src]')) {
  const link = figure.querySelector('a')
  link?.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    const player = playerOf(figure, link.textContent?.trim() ?? '')
    figure.dataset['live'] = ''
    link.replaceWith(player)
    player.focus()
  })
}
