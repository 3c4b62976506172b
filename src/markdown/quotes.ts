// `::quote[their words]{post="./other.md"}`: another document of the site quoted, or without words shown as a card by its
// title, date and description. It asks for what lists show of that document and never for its text: a body that
// asked for another body could wait for itself.
import { posix } from 'node:path'
import type { ElementContent } from 'hast'
import type { DocId } from '../content/types.js'
import { didYouMean } from '../errors.js'
import { decodePath, encodeFragment, hrefOf } from '../urls.js'
import type { Directive } from './directives.js'
import { type Job, placeOf, report } from './job.js'
import { joinPath } from './targets.js'
import { element } from './walk.js'

/** The figure, or undefined where there is no such document: then it is reported. */
export function quoteFigure(job: Job, directive: Directive): readonly ElementContent[] | undefined {
  const { attributes, label, position } = directive
  const [name = '', anchor = ''] = (attributes['post'] ?? '').split('#')
  const id = documentOf(job, decodePath(name))
  const meta = id === undefined ? undefined : job.context.meta(id)
  if (id === undefined || !meta) {
    reportMissing(job, directive, name)
    return undefined
  }
  const { line, column } = placeOf(job, position, name) ?? { line: job.meta.bodyLine, column: 1 }
  job.links.push({ url: meta.url, anchor: decodePath(anchor), text: attributes['post'] ?? '', line, column })
  const fragment = anchor === '' ? '' : `#${encodeFragment(decodePath(anchor))}`
  const href = hrefOf(meta.url, job.config.basePath) + fragment
  const lang = meta.lang === job.meta.lang ? {} : { lang: meta.lang }
  const day = meta.date?.slice(0, 10)
  const source = [
    element('a', { href, ...lang }, [attributes['title'] || meta.title]),
    ...(day ? [' ', element('time', { dateTime: day }, [day])] : []),
  ]
  if (label !== '')
    return [
      element('figure', { className: ['post-quote'] }, [
        element('blockquote', { cite: href, ...lang }, [element('p', {}, [label])]),
        element('figcaption', {}, source),
      ]),
    ]
  const description = job.context.query('description', id)
  return [
    element('div', { className: ['post-card'] }, [
      element('p', { className: ['post-card-title'] }, source),
      ...(typeof description === 'string' && description !== ''
        ? [element('p', { ...lang }, [description])]
        : []),
    ]),
  ]
}

/** Beside this document, else below `content/`; with or without its ending, a bundle by its folder. */
function documentOf(job: Job, name: string): DocId | undefined {
  if (name === '') return undefined
  const beside = joinPath(posix.dirname(job.meta.file), name)
  const below = joinPath('', name)
  const bases = [
    ...(beside?.startsWith('content/') && !name.startsWith('/') ? [beside.slice('content/'.length)] : []),
    ...(below === undefined ? [] : [below]),
  ]
  return bases
    .flatMap((base) => (/\.(?:md|markdown)$/i.test(base) ? [base] : [`${base}.md`, `${base}/index.md`]))
    .find((id) => job.context.urlOf(id) !== undefined)
}

function reportMissing(job: Job, { position }: Directive, name: string): void {
  const ids = job.context.query('posts')
  const known = Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : []
  const near = name === '' ? undefined : didYouMean(name.replace(/^(?:\.{0,2}\/)+/, ''), known)
  report(job, {
    code: 'markdown/no-such-post',
    what: name === '' ? '::quote does not say which post' : `there is no published post "${name}" to quote`,
    position,
    found: name === '' ? '::quote' : name,
    fix: near ? `write post="/${near}"` : 'write ::quote{post="./other.md"} with the path of its source',
  })
}
