// What runs in the browser, as text: the functions below are written out, so they may use nothing but the page and
// what they are handed. A page that changed is loaded anew where the reader was; styles and pictures are swapped.
import { eventsPath, openPath } from './inject.js'
import { type Overlay, showOverlay } from './overlay.js'

interface Paths {
  readonly events: string
  readonly open: string
}

export function runClient(paths: Paths, overlayOf: (open: (spot: object) => void) => Overlay): void {
  const script = document.currentScript
  // A page in a frame of ours is loaded by its frame.
  if (!(script instanceof HTMLScriptElement) || window.top !== window) return
  const boot = script.dataset['boot'] ?? ''
  let hash = script.dataset['hash'] ?? ''
  let token = ''
  let stream: EventSource | undefined
  const kept = 'inkstone-dev'

  /** Where the reader is, for after the reload: scroll, open details, focus with its caret. */
  const load = (): void => {
    const focused = document.activeElement
    const path: number[] = []
    for (let node = focused; node?.parentElement; node = node.parentElement)
      path.unshift([...node.parentElement.children].indexOf(node))
    const isText = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement
    const place = {
      at: location.pathname,
      scroll: [scrollX, scrollY],
      open: [...document.querySelectorAll('details')].map((details) => details.open),
      focus: focused && focused !== document.body ? path : [],
      value: isText ? focused.value : '',
      caret: isText ? [focused.selectionStart, focused.selectionEnd] : [],
    }
    try {
      sessionStorage.setItem(kept, JSON.stringify(place))
    } catch {}
    history.scrollRestoration = 'manual'
    location.reload()
  }

  const restore = (): void => {
    const text = sessionStorage.getItem(kept)
    sessionStorage.removeItem(kept)
    history.scrollRestoration = 'auto'
    const place = text === null ? undefined : JSON.parse(text)
    if (place?.at !== location.pathname) return
    document.querySelectorAll('details').forEach((details, i) => {
      if (typeof place.open[i] === 'boolean') details.open = place.open[i]
    })
    let focused: Element | undefined = place.focus.length > 0 ? document.documentElement : undefined
    for (const i of place.focus.slice(0)) focused = focused?.children[i]
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
    if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) {
      focused.value = place.value
      if (typeof place.caret[0] === 'number') focused.setSelectionRange(place.caret[0], place.caret[1])
    }
    const [x, y] = place.scroll
    const scroll = (): void => scrollTo({ left: x, top: y, behavior: 'instant' })
    scroll()
    // Pictures without a size move the page while they arrive.
    const isStill = (): boolean =>
      Math.abs(scrollY - y) < 2 || scrollY === document.body.scrollHeight - innerHeight
    if (document.readyState !== 'complete')
      addEventListener('load', () => void (isStill() ? scroll() : undefined), { once: true })
  }

  /** The new sheet is there before the old one goes: nothing flashes. */
  const swapSheet = (link: HTMLLinkElement, href: string): void => {
    const next = link.cloneNode() as HTMLLinkElement
    next.href = href
    next.addEventListener('load', () => link.remove(), { once: true })
    next.addEventListener('error', () => link.remove(), { once: true })
    link.after(next)
  }

  /** Everything on the page that shows one of these files is fetched again. */
  const refreshFiles = (hrefs: readonly string[]): void => {
    const changed = new Set(hrefs.map((href) => new URL(href, location.href).pathname))
    const isChanged = (url: string): boolean => {
      const { pathname, origin } = new URL(url, location.href)
      return origin === location.origin && changed.has(pathname)
    }
    const again = (url: string): string => {
      const next = new URL(url, location.href)
      next.searchParams.set('again', String(performance.now()))
      return next.href
    }
    const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')]
    if (scripts.some(({ src }) => isChanged(src))) {
      load()
      return
    }
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
      if (isChanged(link.href)) swapSheet(link, again(link.href))
    for (const name of ['src', 'poster', 'data'])
      for (const element of document.querySelectorAll(`[${name}]:not(script)`)) {
        const url = element.getAttribute(name) ?? ''
        if (url !== '' && isChanged(url)) element.setAttribute(name, again(url))
      }
    for (const element of document.querySelectorAll('[srcset]')) {
      const parts = (element.getAttribute('srcset') ?? '').split(/,\s+/)
      const next = parts.map((part) => {
        const [url = '', ...size] = part.trim().split(/\s+/)
        return [isChanged(url) ? again(url) : url, ...size].join(' ')
      })
      if (next.join() !== parts.join()) element.setAttribute('srcset', next.join(', '))
    }
  }

  const overlay = overlayOf((spot) => {
    void fetch(paths.open, {
      method: 'POST',
      headers: { 'x-inkstone-token': token },
      body: JSON.stringify(spot),
    })
  })

  const connect = (): void => {
    if (stream) return
    const query = new URLSearchParams({ page: location.pathname, hash })
    const source = new EventSource(`${paths.events}?${query}`)
    stream = source
    const on = (event: string, act: (data: never) => void): void =>
      source.addEventListener(event, (message) => act(JSON.parse(message.data) as never))
    on('hello', (data: { boot: string; token: string }) => {
      token = data.token
      // The server was started again: what it serves may be anything.
      if (data.boot !== boot) load()
    })
    on('reload', load)
    on('styles', (data: { swaps: readonly [string, string][]; hash: string }) => {
      hash = data.hash
      for (const [from, to] of data.swaps)
        for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
          if (link.getAttribute('href') === from) swapSheet(link, to)
    })
    on('files', refreshFiles)
    on('problems', (problems: never) => overlay.show(problems))
    // Ours, because the address must tell of the state that the page is in by now.
    source.addEventListener('error', () => {
      disconnect()
      setTimeout(connect, 400)
    })
  }
  const disconnect = (): void => {
    stream?.close()
    stream = undefined
  }

  restore()
  connect()
  // A browser has six connections a host: tabs that nobody sees give theirs back.
  let hiding = 0
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding)
    if (document.visibilityState === 'visible') connect()
    else hiding = window.setTimeout(disconnect, 5000)
  })
  addEventListener('pagehide', disconnect)
  addEventListener('pageshow', (event) => {
    if (event.persisted) connect()
  })
}

/** The whole script. */
export const clientScript = `(${runClient})(${JSON.stringify({ events: eventsPath, open: openPath })},${showOverlay})
`
