// Comments by giscus or utterances: their script is asked for when the reader comes near, and told of every change of
// the theme. Which thread it is stands in data-term and does not depend on the page's address.
import { isDark, onScheme } from './scheme.js'

/** What partials/comments.njk writes: `comments` of the configuration. */
interface Settings {
  readonly repo: string
  readonly repoId: string
  readonly category: string
  readonly categoryId: string
  readonly label: string
  readonly strict: boolean
  readonly reactions: boolean
  readonly input: string
  readonly light: string
  readonly dark: string
}

interface Service {
  /** Attributes of the service's script. */
  attributes(settings: Settings, term: string, theme: string): Readonly<Record<string, string>>
  /** Names of its themes where the configuration has none. */
  readonly themes: readonly [light: string, dark: string]
  /** What tells it of another theme. */
  message(theme: string): object
}

const flag = (value: boolean): string => (value ? '1' : '0')

/** giscus has two kinds of Chinese; other languages go by their first part. */
function language(): string {
  const { lang } = document.documentElement
  if (!lang.startsWith('zh')) return lang.split('-', 1)[0] || 'en'
  return /hant|tw|hk|mo/i.test(lang) ? 'zh-TW' : 'zh-CN'
}

const services: Readonly<Record<string, Service>> = {
  giscus: {
    themes: ['light', 'dark'],
    attributes: (settings, term, theme) => ({
      'data-repo': settings.repo,
      'data-repo-id': settings.repoId,
      'data-category': settings.category,
      'data-category-id': settings.categoryId,
      'data-mapping': 'specific',
      'data-term': term,
      'data-strict': flag(settings.strict),
      'data-reactions-enabled': flag(settings.reactions),
      'data-emit-metadata': '0',
      'data-input-position': settings.input,
      'data-theme': theme,
      'data-lang': language(),
    }),
    message: (theme) => ({ giscus: { setConfig: { theme } } }),
  },
  utterances: {
    themes: ['github-light', 'github-dark'],
    attributes: ({ repo, label }, term, theme) => ({
      repo,
      'issue-term': term,
      theme,
      ...(label && { label }),
    }),
    message: (theme) => ({ type: 'set-theme', theme }),
  },
}

function start(place: HTMLElement): void {
  const { provider = '', host = '', term = '', settings: written = '{}' } = place.dataset
  const service = services[provider]
  if (!service) return
  // Our own template wrote it.
  const settings = JSON.parse(written) as Settings
  const theme = (): string =>
    isDark() ? settings.dark || service.themes[1] : settings.light || service.themes[0]
  const script = document.createElement('script')
  script.src = `${host}/client.js`
  script.async = true
  script.crossOrigin = 'anonymous'
  for (const [name, value] of Object.entries(service.attributes(settings, term, theme())))
    script.setAttribute(name, value)
  place.append(script)
  onScheme(() => {
    for (const frame of place.querySelectorAll('iframe'))
      frame.contentWindow?.postMessage(service.message(theme()), host)
  })
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue
      near.unobserve(target)
      start(target)
    }
  },
  { rootMargin: '300px' },
)
for (const place of document.querySelectorAll('section.comments')) near.observe(place)
