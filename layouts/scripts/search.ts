// What one sees of search: a field, a status that is read aloud, a list of results. Loaded when somebody wants to
// search; `search-open.ts` decides that. Its words stand on the element, because they are in the page's language.
import { openIndex, type Search, type SearchIndex } from './search-index.js'
import type { Piece, Result } from './search-look.js'

/** Milliseconds without a key before looking something up; and until one is told that it takes time. */
const pause = 120
const patience = 600

let index: SearchIndex | undefined

/** Makes the search in `box` work; a second call does nothing. */
export function startSearch(box: HTMLElement): void {
  const input = box.querySelector('input')
  const status = box.querySelector('[role="status"]')
  const list = box.querySelector('ol')
  const more = box.querySelector<HTMLButtonElement>('.search-more')
  if (!input || !status || !list || !more || 'started' in box.dataset) return
  box.dataset['started'] = ''
  const words = box.dataset
  index ??= openIndex(async (name) => {
    const response = await fetch(`${words['search']}${name}`, { cache: 'no-cache' })
    if (!response.ok) throw new Error(`${response.status} ${name}`)
    return response.text()
  })

  let current = 0
  let asked = ''
  let search: Search | undefined
  const isPage = !box.closest('dialog')

  /** Shows the next results of `search`, unless something else is wanted meanwhile. */
  const show = async (mine: number, begin: () => Promise<Search | undefined>): Promise<void> => {
    const waiting = setTimeout(() => {
      if (mine === current) status.textContent = words['busy'] ?? ''
    }, patience)
    try {
      const begun = await begin()
      const round = await begun?.next()
      if (mine !== current) return
      search = begun
      list.append(...(round?.results ?? []).map(itemOf))
      more.hidden = !round?.more
      status.textContent = round ? told(list.children.length, round.more, words) : ''
    } catch {
      if (mine === current) status.textContent = words['failed'] ?? ''
    } finally {
      clearTimeout(waiting)
      if (mine === current) list.removeAttribute('aria-busy')
    }
  }

  const look = async (): Promise<void> => {
    const query = input.value.trim()
    if (query === asked) return
    asked = query
    const mine = ++current
    await new Promise((resolve) => setTimeout(resolve, pause))
    if (mine !== current) return
    if (isPage)
      history.replaceState(null, '', query === '' ? location.pathname : `?q=${encodeURIComponent(query)}`)
    list.setAttribute('aria-busy', 'true')
    await show(mine, async () => {
      const found = query === '' ? undefined : await index?.find(query)
      if (mine === current) list.replaceChildren()
      return found
    })
  }

  // Letters that become Han characters in a moment are not what is looked for.
  input.addEventListener('input', (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) void look()
  })
  input.addEventListener('compositionend', () => void look())
  box.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault()
    list.querySelector('a')?.click()
  })
  more.addEventListener('click', async () => {
    const before = list.children.length
    await show(current, async () => search)
    list.children[before]?.querySelector('a')?.focus()
  })
  box.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || event.isComposing) return
    const stops = [input, ...list.querySelectorAll('a'), ...(more.hidden ? [] : [more])]
    const at = stops.findIndex((stop) => stop.matches(':focus'))
    if (at < 0) return
    event.preventDefault()
    stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus()
  })
  if (isPage) input.value ||= new URLSearchParams(location.search).get('q') ?? ''
  void look()
}

/** How many there are, in the page's words; a 0 in them is the place of the number. */
function told(count: number, more: boolean, words: DOMStringMap): string {
  if (count === 0) return words['none'] ?? ''
  if (count === 1 && !more) return words['one'] ?? ''
  return ((more ? words['first'] : words['count']) ?? '').replace('0', String(count))
}

function itemOf({ url, lang, date, title, tags, heading, snippet }: Result): HTMLLIElement {
  const item = document.createElement('li')
  if (lang !== document.documentElement.lang) item.lang = lang
  const link = document.createElement('a')
  link.href = url
  link.append(...marked(title))
  item.append(link)
  const about = document.createElement('p')
  about.className = 'search-about'
  for (const pieces of [heading, ...tags, [{ text: date, hit: false }]]) {
    const part = document.createElement('span')
    part.append(...marked(pieces))
    if (part.textContent !== '') about.append(part, ' ')
  }
  const text = document.createElement('p')
  text.className = 'search-snippet'
  text.append(...marked(snippet))
  item.append(about, text)
  return item
}

function marked(pieces: readonly Piece[]): Node[] {
  return pieces.map(({ text, hit }) => {
    const node = document.createTextNode(text)
    if (!hit) return node
    const mark = document.createElement('mark')
    mark.append(node)
    return mark
  })
}
