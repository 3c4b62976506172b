// A Page becomes text: by its template or its own writer, then the plugins' last touch. Runs inside a step, so it
// must see the world only through what it is handed; each of those notes its question.
import type { DemoView } from '../assets/demos.js'
import type { SiteConfig } from '../config/types.js'
import type { DocId } from '../content/types.js'
import { ProblemError, passOn } from '../errors.js'
import type { Page } from '../pages/page.js'
import type { PostView, SiteView } from '../site/types.js'
import { absoluteOf, hrefOf } from '../urls.js'
import { SafeString } from './compile.js'
import { embedDemos } from './embed-demos.js'
import { createFilters } from './filters.js'
import { type Finish, finishText } from './finish.js'
import { type Head, makeHead, nameOfPage, type PictureFacts } from './head.js'
import { makeDictionary } from './own-words.js'
import { textsOf } from './page-texts.js'
import { withPolicy } from './policy.js'
import { type CompiledTemplates, createTemplates, type Filter, type TemplateSource } from './templates.js'
import { translate, type Words } from './words.js'

export interface RenderWorld {
  readonly config: SiteConfig
  readonly site: SiteView
  /** Looks in the site's layouts, then in the package's. */
  readonly templates: { find(name: string): TemplateSource | undefined }
  /** Compiled templates of renderers before this one. */
  readonly compiled?: CompiledTemplates
  /** Notes `asset:`; the href with base path, undefined where there is no such entry. */
  assetUrl(entry: string): string | undefined
  /** Notes `demo:`; what there is of a project's demo, null for none. */
  demo(slug: string): DemoView | null
  /** Notes `has-demo:`; is there one? */
  hasDemo(slug: string): boolean
  /** Notes `exists:`; is there such a file in public/? */
  exists(name: string): boolean
  /** Notes `exists:` and `file:`; facts of a picture of this site, looked for beside the document first. */
  picture(address: string, document: PostView | undefined): PictureFacts | undefined
  /** A made card's path below the site, undefined for none: it follows from what the post says. */
  card(post: PostView): string | undefined
  /** Notes `look:`; a document's cover as `<picture>` needs it, null for none. */
  cover(document: PostView): CoverView | null
  /** Plugins' filters; they win over ours of the same name. */
  readonly filters: Readonly<Record<string, Filter>>
  readonly finish: readonly Finish[]
}

/** A cover for templates: without `sources` it is shown as it is. */
export interface CoverView {
  readonly src: string
  readonly sources: readonly { readonly type: string; readonly srcset: string; readonly sizes: string }[]
  /** Pixels; absent where they are not known. */
  readonly width?: number
  readonly height?: number
  /** Average colour, '' for none. */
  readonly tone?: string
}

export interface Renderer {
  /** The page's whole text. Throws `ProblemError`. */
  render(page: Page): string
}

/** Compiled templates live as long as the renderer; an edited one is compiled anew. */
export function createRenderer(world: RenderWorld): Renderer {
  const { config, site } = world
  // Rendering is synchronous and never nested, so the page's words can stand beside it for filters and macros,
  // which nunjucks gives no context.
  const dictionary = makeDictionary(config.words)
  let words: Words = dictionary.of(config.language, config.language)
  const templates = createTemplates({
    find: (name) => world.templates.find(name),
    ...(world.compiled && { compiled: world.compiled }),
    filters: {
      ...createFilters(config, () => words),
      demos: (html: string) => new SafeString(embedDemos(html, (slug) => world.demo(slug))),
      ...world.filters,
    },
    globals: {
      site,
      config,
      data: site.dataFiles,
      asset: (entry: string) => world.assetUrl(entry),
      demo: (slug: string) => world.demo(slug),
      hasDemo: (slug: string) => world.hasDemo(slug),
      exists: (name: string) => world.exists(name),
      cover: (document: PostView) => world.cover(document),
      posts: (ids: readonly DocId[]) => site.view(ids),
      t: (key: string, ...args: readonly unknown[]) => translate(words, key, args),
    },
  })

  const renderTemplate = (page: Page, template: string, post: PostView | undefined): string => {
    // A page speaks the language of its document where the dictionary does; else the site's, and its article says
    // what it is in.
    const lang = post && dictionary.has(post.lang) ? post.lang : config.language
    words = dictionary.of(lang, config.language)
    const context = contextOf(page, post, lang, { world, words })
    return templates.render(template.endsWith('.njk') ? template : `${template}.njk`, context, page.url)
  }

  const connected = config.analytics ? config.analytics.connect : []
  return {
    render(page) {
      const { id } = page.props
      const post = 'template' in page.make && typeof id === 'string' ? site.post(id) : undefined
      const text =
        'template' in page.make
          ? renderTemplate(page, page.make.template, post)
          : writeText(page, page.make.write, site)
      return finishText(withPolicy(text, connected), page, world.finish, post)
    },
  }
}

/** What a template gets beside the globals: see `layouts/README.md`, which is the contract. */
function contextOf(
  page: Page,
  post: PostView | undefined,
  lang: string,
  { world, words }: { world: RenderWorld; words: Words },
): Readonly<Record<string, unknown>> {
  const { config, site } = world
  let head: Head | undefined
  const card = () => post && world.card(post)
  const picture = (address: string) => world.picture(address, post)
  return {
    page: {
      ...page.props,
      get title() {
        return textsOf(page, post).title
      },
      get description() {
        return textsOf(page, post).description
      },
      url: page.url,
      href: hrefOf(page.url, config.basePath),
      canonical: absoluteOf(page.url, config.baseUrl),
      lang,
      get name(): string {
        return nameOfPage(page, words, post)
      },
      // Asked for by base.njk only: a layout of the site's own that leaves it out must not depend on it.
      get head(): Head {
        head ??= makeHead({ page, post, site, words, lang, card, picture })
        return head
      },
    },
    // Absent rather than undefined on pages without a document, so that `{{ post.title }}` there is an error.
    ...(post ? { post } : {}),
  }
}

function writeText(
  page: Page,
  write: (site: SiteView, props: Page['props']) => string,
  site: SiteView,
): string {
  const failed = (reason: string): ProblemError =>
    new ProblemError({
      severity: 'error',
      code: 'render/write',
      what: `"${page.by}" could not write page ${page.url}: ${reason}`,
      fix: `correct the plugin that plans pages by "${page.by}"`,
    })
  let text: unknown
  try {
    text = write(site, page.props)
  } catch (error) {
    passOn(error)
    if (error instanceof ProblemError) throw error
    throw failed(error instanceof Error ? error.message : String(error))
  }
  if (typeof text !== 'string') throw failed(`it gave ${typeof text} instead of a text`)
  return text
}
