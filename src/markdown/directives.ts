// `::posts{tag=rust limit=5}`, `::demo{slug=pingsix}`, `::video{src=…}`, `::embed{url=…}`, `::include{file=…}`, `::quote{post=…}`:
// what authors may put on a line of its own.
// Nothing here asks a third party for anything: what comes from elsewhere is a link until the reader clicks it.
import type { Element, ElementContent } from 'hast'
import { sourcesOf } from '../content/beside.js'
import type { Label } from '../content/types.js'
import { didYouMean } from '../errors.js'
import { readHeader } from '../images/header.js'
import type { Json } from '../json.js'
import { foldTerm } from '../site/terms.js'
import { hrefOf } from '../urls.js'
import { embedOf } from './embeds.js'
import { finishMedia } from './images.js'
import { includeFigure } from './includes.js'
import type { Job, Position } from './job.js'
import { report } from './job.js'
import type { Highlighter } from './languages.js'
import { pictureElement } from './pictures.js'
import { quoteFigure } from './quotes.js'
import { element } from './walk.js'

/** One directive as the parser gives it. */
export interface Directive {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** `[label]`, plain. */
  readonly label: string
  readonly position: Position | undefined
}

const allowed: Readonly<Record<string, readonly string[]>> = {
  posts: ['tag', 'category', 'limit'],
  demo: ['slug', 'title'],
  video: ['src', 'url', 'youtube', 'bilibili', 'vimeo', 'poster', 'title', 'caption'],
  embed: ['url', 'poster', 'title', 'caption'],
  include: ['file', 'lines', 'lang', 'title', 'mark'],
  quote: ['post', 'title'],
}

/** Only these names are directives; everything else that begins with `::` is text. */
export const directiveNames: readonly string[] = Object.keys(allowed)

/** The elements for one directive; a directive that cannot be made is reported and shows its typed text. */
export async function directiveElements(
  job: Job,
  directive: Directive,
  highlighter: Highlighter,
): Promise<readonly ElementContent[]> {
  for (const name of Object.keys(directive.attributes))
    if (!allowed[directive.name]?.includes(name)) warnOfAttribute(job, directive, name)
  if (directive.name === 'posts') return postList(job, directive)
  if (directive.name === 'demo') return await demo(job, directive)
  if (directive.name === 'include')
    return (await includeFigure(job, directive, highlighter)) ?? [asTyped(job, directive)]
  if (directive.name === 'quote') return quoteFigure(job, directive) ?? [asTyped(job, directive)]
  return embed(job, directive)
}

function postList(job: Job, { attributes }: Directive): ElementContent[] {
  const { tag = '', category = '', limit = '' } = attributes
  const count = /^\d+$/.test(limit) ? Number(limit) : 10
  const { query } = job.context
  // One more than asked for: the post that holds the list is not in it.
  const ids =
    tag !== ''
      ? query('tagged', foldTerm(tag))
      : category !== ''
        ? query('categorised', foldTerm(category))
        : query('recent', count + 1)
  const items = textsOf(ids)
    .filter((id) => id !== job.meta.id)
    .slice(0, count)
    .flatMap((id) => {
      const meta = job.context.meta(id)
      const url = job.context.urlOf(id)
      if (!meta || url === undefined) return []
      const day = meta.date?.slice(0, 10)
      return [
        element('li', {}, [
          element('a', { href: hrefOf(url, job.config.basePath) }, [meta.title]),
          ...(day ? [' ', element('time', { dateTime: day }, [day])] : []),
        ]),
      ]
    })
  return items.length === 0 ? [] : [element('ul', { className: ['post-list'] }, items)]
}

const textsOf = (value: Json): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

async function demo(job: Job, directive: Directive): Promise<ElementContent[]> {
  const slug = directive.attributes['slug'] ?? ''
  const id = slug === '' ? undefined : projectOf(job, slug)
  const url = id === undefined ? undefined : job.context.urlOf(id)
  if (id === undefined || url === undefined) {
    const slugs = textsOf(job.context.query('projects')).flatMap((name) => job.context.meta(name)?.slug ?? [])
    const near = didYouMean(slug, slugs)
    report(job, {
      code: 'markdown/no-such-demo',
      what: slug === '' ? '::demo needs the slug of a project' : `there is no project "${slug}" to show`,
      position: directive.position,
      ...(slug !== '' && { found: slug }),
      expected: slugs,
      fix: near
        ? `write ::demo{slug=${near}}`
        : 'write ::demo{slug=NAME} with the name of a folder in content/projects',
    })
    return [asTyped(job, directive)]
  }
  const meta = job.context.meta(id)
  const title = directive.label || directive.attributes['title'] || meta?.title || slug
  const href = hrefOf(url, job.config.basePath)
  const words = job.words.demo(title)
  const picture = meta ? await pictureOf(job, meta) : undefined
  return [
    element('div', { className: ['demo-embed'], dataDemo: meta?.slug ?? slug }, [
      element('a', { href }, picture ? [picture, element('span', {}, [words])] : [words]),
    ]),
  ]
}

/** The project's cover where it is a file of this site. The words beside it say all: it needs no others. */
async function pictureOf(job: Job, project: Label): Promise<Element | undefined> {
  const src = sourcesOf(project.cover, project).find((path) => job.context.exists(path))
  if (src === undefined) return undefined
  const size = readHeader(job.context.bytes(src))
  const sides = size ? { width: size.width, height: size.height } : {}
  const address = hrefOf(project.cover, job.config.basePath)
  const image = element('img', { src: address, alt: '', ...sides, loading: 'lazy', decoding: 'async' })
  const seen = job.config.images.variants ? await job.context.look(src) : undefined
  if (seen?.kind !== 'raster') return image
  const target = {
    kind: 'file',
    src,
    url: project.cover,
    tail: '',
    copy: !src.startsWith('public/'),
  } as const
  return pictureElement(job, { node: image, target, look: seen.look, place: undefined })
}

/** By its folder, which asks for nothing else; else by the slug that its front matter gives. */
function projectOf(job: Job, slug: string): string | undefined {
  const { urlOf, query, meta } = job.context
  return (
    [`projects/${slug}/index.md`, `projects/${slug}.md`].find((name) => urlOf(name) !== undefined) ??
    textsOf(query('projects')).find((name) => meta(name)?.slug === slug)
  )
}

function embed(job: Job, directive: Directive): ElementContent[] {
  const made = embedOf(job, directive)
  if (made) {
    const figure = made.children[0]
    // A film of our own may lie beside the document.
    if (figure?.type === 'element' && figure.tagName === 'video') finishOwnVideo(job, figure, directive)
    else job.seen.add('embed')
    return [made]
  }
  report(job, {
    code: 'markdown/bad-directive',
    what: `::${directive.name} does not say what to show`,
    position: directive.position,
    found: `::${directive.name}`,
    expected: allowed[directive.name] ?? [],
    fix:
      directive.name === 'video'
        ? 'write ::video{src=film.mp4} or ::video{url=https://…}'
        : 'write ::embed{url=https://…}',
  })
  return [asTyped(job, directive)]
}

function finishOwnVideo(job: Job, video: Element, directive: Directive): void {
  if (directive.position?.start.offset !== undefined) video.position = positionOf(directive.position)
  finishMedia(job, video)
  delete video.position
}

function positionOf({ start, end }: Position): NonNullable<Element['position']> {
  return { start: { ...start }, end: { line: start.line, column: start.column, ...end } }
}

/** The line as its author typed it. */
function asTyped(job: Job, { position }: Directive): Element {
  return element('p', {}, [job.source.slice(position?.start.offset ?? 0, position?.end?.offset ?? 0)])
}

function warnOfAttribute(job: Job, directive: Directive, name: string): void {
  const expected = allowed[directive.name] ?? []
  const near = didYouMean(name, expected)
  report(job, {
    code: 'markdown/unknown-attribute',
    what: `::${directive.name} knows no "${name}"`,
    position: directive.position,
    found: name,
    expected,
    fix: near ? `did you mean ${near}?` : `remove ${name}`,
  })
}
