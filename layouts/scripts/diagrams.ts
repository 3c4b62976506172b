// Draws each diagram when it comes near, in the colours of the theme, and again when those change. Until then, and where
// drawing fails, its source stays: a failure is told above it.
import { isDark, onScheme } from './scheme.js'

/** As much of mermaid as is used here. */
interface Mermaid {
  initialize(options: object): void
  render(id: string, source: string): Promise<{ readonly svg: string }>
}

const { mermaid: address = '', failed = '' } =
  document.querySelector<HTMLScriptElement>('script[data-mermaid]')?.dataset ?? {}
let loading: Promise<Mermaid> | undefined
let count = 0

const load = (): Promise<Mermaid> => {
  // What scripts/mermaid.ts exports.
  loading ??= import(address).then((module: { default: Mermaid }) => module.default)
  return loading
}

/** Any colour of the theme as `rgb()`: mermaid reckons with colours and knows no `light-dark()`. */
function colour(name: string): string {
  const probe = document.createElement('i')
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const value = getComputedStyle(probe).color
  probe.remove()
  return value
}

function options(figure: Element): object {
  const [paper, well, ink, soft, rule] = ['--paper', '--well', '--ink', '--ink-soft', '--rule'].map(colour)
  const { fontFamily } = getComputedStyle(figure)
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    theme: 'base',
    fontFamily,
    themeVariables: {
      darkMode: isDark(),
      background: paper,
      fontFamily,
      primaryColor: well,
      primaryTextColor: ink,
      primaryBorderColor: soft,
      secondaryColor: rule,
      tertiaryColor: paper,
      lineColor: soft,
      textColor: ink,
      edgeLabelBackground: paper,
      noteBkgColor: rule,
      noteTextColor: ink,
      noteBorderColor: soft,
    },
  }
}

/** One after another: mermaid keeps its settings to itself. */
let queue: Promise<void> = Promise.resolve()

function draw(figure: HTMLElement): void {
  queue = queue.then(() => drawNow(figure))
}

async function drawNow(figure: HTMLElement): Promise<void> {
  const source = figure.querySelector('pre')
  if (!source) return
  const picture = figure.querySelector('.diagram-picture') ?? document.createElement('div')
  const id = `diagram-${++count}`
  try {
    const mermaid = await load()
    mermaid.initialize(options(figure))
    const { svg } = await mermaid.render(id, source.textContent ?? '')
    picture.className = 'diagram-picture'
    picture.innerHTML = svg
    source.hidden = true
    source.before(picture)
    figure.querySelector('.diagram-error')?.remove()
  } catch (error) {
    picture.remove()
    source.hidden = false
    // Where mermaid has left its workplace behind.
    document.getElementById(`d${id}`)?.remove()
    tell(figure, error instanceof Error ? error.message : String(error))
  }
  figure.dataset['drawn'] = isDark() ? 'dark' : 'light'
}

function tell(figure: HTMLElement, reason: string): void {
  const told = figure.querySelector('.diagram-error') ?? document.createElement('p')
  told.className = 'diagram-error'
  told.textContent = `${failed}\n${reason}`
  figure.prepend(told)
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue
      near.unobserve(target)
      draw(target)
    }
  },
  { rootMargin: '200px' },
)
for (const figure of document.querySelectorAll('figure.diagram')) near.observe(figure)
onScheme(() => {
  for (const figure of document.querySelectorAll<HTMLElement>('figure.diagram[data-drawn]')) draw(figure)
})
