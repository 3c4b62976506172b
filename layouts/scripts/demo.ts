// Brings a demo to life when its place comes into view: imports its module and lets it mount there. Until then,
// and where that fails, the walkthrough stays.
interface DemoModule {
  mount(root: HTMLElement): void | Promise<void>
}

async function start(place: HTMLElement, address: string): Promise<void> {
  place.setAttribute('aria-busy', 'true')
  try {
    // What a demo's index.ts must export; the build checks that it does.
    const module = (await import(address)) as DemoModule
    await module.mount(place)
    place.dataset['live'] = ''
  } finally {
    place.removeAttribute('aria-busy')
  }
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const address = target instanceof HTMLElement ? target.dataset['module'] : undefined
      if (!isIntersecting || !(target instanceof HTMLElement) || address === undefined) continue
      watcher.unobserve(target)
      void start(target, address)
    }
  },
  { rootMargin: '200px' },
)
for (const place of document.querySelectorAll<HTMLElement>('[data-module]')) watcher.observe(place)
