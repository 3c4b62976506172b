// Brings a demo to life when its place comes into view: imports its module and lets it mount there. Until then,
// and where that fails, what was written at build time stays: the walkthrough, or in a post a link.
interface DemoModule {
  mount(root: HTMLElement): void | Promise<void>
}

/** Where it mounts. In a post the place holds a link to the project's page, which stays below the demo. */
function stageOf(place: HTMLElement): HTMLElement {
  if (!place.classList.contains('demo-embed')) return place
  const stage = document.createElement('div')
  stage.className = 'demo-stage'
  place.prepend(stage)
  return stage
}

async function start(place: HTMLElement, address: string): Promise<void> {
  place.setAttribute('aria-busy', 'true')
  try {
    // What a demo's index.ts must export; the build checks that it does.
    const module = (await import(address)) as DemoModule
    await module.mount(stageOf(place))
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
