// Where the author can mend what was found at some offset of some output: in the Markdown, the front matter, a template,
// a style sheet or the configuration. From the surest to the likeliest; whoever asks gets at least a file.
import { type Place, placeOfAddress, placeOfField } from '../content/address-place.js'
import type { FieldName } from '../content/fields.js'
import type { Meta } from '../content/types.js'
import { frame, positionAt } from '../errors.js'
import type { Link } from '../markdown/types.js'
import type { Moment } from '../moment.js'
import type { Making } from '../output/output.js'
import type { MadePage } from '../render/pages.js'
import { type Excerpt, excerptFinder, findInContext, spellings } from './context.js'
import type { Facts } from './facts.js'
import type { Kept, KeptPlace } from './kept.js'
import type { Resolved, Resolver } from './resolve.js'
import { type Trace, traceDocument } from './trace.js'

export type Where = Partial<Place>

export interface Finding {
  readonly path: string
  /** -1: not known. */
  readonly at: number
  /** As it stands in the output: an address, an id, a tag. */
  readonly found: string
  /** Where that address leads. */
  readonly resolved?: Resolved
  /** The front matter's field that most likely made it. */
  readonly field?: FieldName
  /** Of a feed's item. */
  readonly item?: string
}

export interface Placer {
  of(finding: Finding): Promise<Where>
  /** The finding lies in the article of a document. */
  isInArticle(path: string, at: number): boolean
}

export interface PlacerSource {
  readonly moment: Moment
  readonly outputs: ReadonlyMap<string, Making>
  readonly pages: ReadonlyMap<string, MadePage>
  readonly textOf: (path: string) => string
  readonly factsOf: (path: string) => Facts | undefined
  readonly resolver: Resolver
  readonly kept: Kept
}

export function makePlacer(source: PlacerSource): Placer {
  const { moment, outputs, pages, textOf, factsOf, resolver, kept } = source
  const { snapshot, metas, bodies, loaded, index } = moment
  const articles = new Map<string, { readonly start: number; readonly text: string } | undefined>()
  const traces = new Map<string, Promise<Trace>>()

  const sourceOf = (file: string): string => snapshot.text(file) ?? ''
  const at = (file: string, text: string, offset: number, length: number): Where => {
    const { line, column } = positionAt(text, offset)
    return { file, line, column, frame: frame(text, line, column, length) }
  }
  const metaOf = (path: string): Meta | undefined => {
    const id = pages.get(path)?.page.from
    return id === undefined ? undefined : metas.get(id)
  }

  /** The part of a page that is its document's own text. Templates may have put something into it. */
  const articleOf = (path: string): { readonly start: number; readonly text: string } | undefined => {
    if (articles.has(path)) return articles.get(path)
    const meta = metaOf(path)
    const html =
      meta && pages.get(path)?.page.by !== 'redirects'
        ? bodies.made.get(meta.id)?.part<string>('html')
        : undefined
    let article: { start: number; text: string } | undefined
    if (html) {
      const text = textOf(path)
      const whole = text.indexOf(html)
      const start = whole >= 0 ? whole : text.indexOf(html.slice(0, 40))
      const last =
        whole >= 0 ? whole + html.length : text.lastIndexOf(html.slice(-40)) + Math.min(40, html.length)
      if (start >= 0 && last > start) article = { start, text: text.slice(start, last) }
    }
    articles.set(path, article)
    return article
  }

  const isInArticle = (path: string, offset: number): boolean => {
    const article = articleOf(path)
    return article !== undefined && offset >= article.start && offset < article.start + article.text.length
  }

  /** Links to the site were noted when the document was made, with their places: the n-th here is the n-th there. */
  const noted = (path: string, meta: Meta, { at: offset, resolved }: Finding): Where | undefined => {
    if (!resolved || !('url' in resolved)) return undefined
    const anchor = resolved.kind === 'no-anchor' ? resolved.anchor : ''
    const same = (bodies.made.get(meta.id)?.part<readonly Link[]>('links') ?? []).filter(
      (link) =>
        (link.url || meta.url) === resolved.url && (resolved.kind !== 'no-anchor' || link.anchor === anchor),
    )
    const facts = factsOf(path)
    const here = (facts?.refs ?? []).filter((ref) => {
      if (!isInArticle(path, ref.at)) return false
      const other = resolver.resolve(ref.to, path, facts?.head?.base ?? '')
      return (
        other.kind === resolved.kind &&
        'url' in other &&
        other.url === resolved.url &&
        (other.kind !== 'no-anchor' || other.anchor === anchor)
      )
    })
    const link = same.length === here.length ? same[here.findIndex((ref) => ref.at === offset)] : undefined
    if (!link) return undefined
    const { line, column } = link
    return {
      file: meta.file,
      line,
      column,
      frame: frame(sourceOf(meta.file), line, column, link.text.length),
    }
  }

  const traced = async (
    path: string,
    meta: Meta,
    { at: offset, found }: Finding,
  ): Promise<Where | undefined> => {
    const article = articleOf(path)
    if (!article) return undefined
    const places = kept.places(`${pages.get(path)?.hash} ${snapshot.hash(meta.file)}`)
    let place: KeptPlace | undefined = places.get(offset)
    if (place === undefined) {
      const trace = traces.get(meta.id) ?? traceDocument(moment.context, meta, sourceOf(meta.file))
      traces.set(meta.id, trace)
      place = (await trace).find(article.text, offset - article.start, found)
      places.set(offset, place)
    }
    if (!place) return undefined
    const [line, column, length] = place
    return { file: meta.file, line, column, frame: frame(sourceOf(meta.file), line, column, length) }
  }

  /** The first place of any of these texts in a file. */
  const search = (file: string, texts: readonly string[], from = 0): Where | undefined => {
    const text = sourceOf(file)
    for (const wanted of texts) {
      const found = wanted === '' ? -1 : text.indexOf(wanted, from)
      const quote = /^["']/.test(wanted) ? 1 : 0
      if (found >= 0) return at(file, text, found + quote, wanted.length - 2 * quote)
    }
    return undefined
  }

  const inConfig = (wanted: string): Where | undefined => {
    const found = loaded.file === '' ? -1 : loaded.text.indexOf(wanted)
    const quote = /^["']/.test(wanted) ? 1 : 0
    return found < 0 ? undefined : at(loaded.file, loaded.text, found + quote, wanted.length - 2 * quote)
  }

  /** The configuration, or a template that the page asked for, its own first; the surest spelling before all others. */
  const inTheme = (path: string, finding: Finding): Where | undefined => {
    const step = pages.get(path)?.step
    const reads = step ? (moment.engine.traces.get(step.key)?.reads ?? []) : []
    const files = reads.flatMap(([question, answer]) =>
      question.startsWith('template:') && answer.includes(' ')
        ? [answer.slice(0, answer.lastIndexOf(' '))]
        : [],
    )
    for (const wanted of spellings(finding)) {
      const place = inConfig(wanted) ?? files.map((file) => search(file, [wanted])).find((found) => found)
      if (place) return place
    }
    const sources = files.map((file) => [file, sourceOf(file)] as const)
    const tag = finding.at < 0 ? undefined : findInContext(textOf(path), finding.at, sources)
    if (tag) return at(tag.file, sourceOf(tag.file), tag.offset, tag.length)
    const [file] = files
    return inExcerpt(path, finding) ?? (file === undefined ? undefined : { file, line: 1, column: 1 })
  }

  const inExcerpt = (path: string, { at: offset }: Finding): Where | undefined => {
    const shown = offset < 0 || !pages.has(path) ? undefined : excerptAt(textOf(path), offset)
    const meta = shown === undefined ? undefined : metas.get(shown)
    if (!meta) return undefined
    const text = sourceOf(meta.file)
    return at(meta.file, text, text.length - text.slice(meta.bodyOffset).trimStart().length, 1)
  }
  const excerptAt = excerptFinder(index.published, (id) => bodies.made.get(id)?.part<Excerpt>('excerpt').html)

  const inStyles = ({ found }: Finding): Where | undefined => {
    for (const file of snapshot.paths.filter((name) => /\.s?css$/.test(name))) {
      const place = search(file, [found])
      if (place) return place
    }
    return undefined
  }

  const ofPage = async (path: string, finding: Finding): Promise<Where> => {
    const meta = metaOf(path)
    const { page } = pages.get(path) ?? {}
    if (meta && page?.by === 'redirects') return placeOfAddress(meta.file, sourceOf(meta.file), page.url)
    if (meta && isInArticle(path, finding.at)) {
      const place = noted(path, meta, finding) ?? (await traced(path, meta, finding))
      return (
        place ??
        search(meta.file, spellings(finding), meta.bodyOffset) ?? {
          file: meta.file,
          line: meta.bodyLine,
          column: 1,
        }
      )
    }
    if (meta && finding.field) return placeOfField(meta.file, sourceOf(meta.file), finding.field)
    return inTheme(path, finding) ?? (meta ? { file: meta.file } : {})
  }

  /** A feed's item is known by its address. */
  const ofItem = (item: string): Where | undefined => {
    const answer = resolver.resolve(item, '', '')
    const id = answer.kind === 'here' ? pages.get(answer.path)?.page.from : undefined
    const meta = id === undefined ? undefined : metas.get(id)
    return meta && { file: meta.file, line: meta.bodyLine, column: 1 }
  }

  return {
    isInArticle,
    async of(finding) {
      const { path } = finding
      const output = outputs.get(path)
      if (pages.has(path)) {
        if (finding.item !== undefined) return ofItem(finding.item) ?? {}
        if (path === '_redirects') {
          for (const id of index.published) {
            const meta = metas.get(id)
            const own = finding.resolved && 'url' in finding.resolved ? finding.resolved.url : ''
            if (meta && meta.url === own) return { file: meta.file }
          }
          return inTheme(path, finding) ?? {}
        }
        return ofPage(path, finding)
      }
      const file = output?.place?.().file
      if (file !== undefined) {
        const text = textOf(path)
        const exact = finding.found === '' ? -1 : text.indexOf(finding.found, finding.at)
        return finding.at < 0
          ? { file }
          : at(file, text, Math.max(exact, finding.at), Math.max(1, finding.found.length))
      }
      return inStyles(finding) ?? inTheme(path, finding) ?? {}
    },
  }
}
