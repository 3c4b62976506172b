// Floor 4's one step: a document's text becomes its Body. The same function runs in the main thread and in workers.
// It never throws for what an author or a plugin may do: that comes back as Problems, with place and remedy.
import type { Root } from 'hast'
import type { SiteConfig } from '../config/types.js'
import { compareProblems, ProblemError, passOn } from '../errors.js'
import { hrefOf } from '../urls.js'
import type { BodyContext, BodyJob } from './context.js'
import { countText } from './counts.js'
import { emptyBody } from './empty-body.js'
import { takeExcerpt } from './excerpt.js'
import { createJob, type Job, report } from './job.js'
import { createHighlighter, type Highlighter } from './languages.js'
import { refuse } from './limits.js'
import { syntaxOf } from './parse.js'
import { createPipelines } from './pipeline.js'
import { sectionsOf } from './sections.js'
import { createShikiHighlighter } from './shiki.js'
import { anchorsOf, visibleText } from './text.js'
import type { Body } from './types.js'

export type { BodyContext, BodyJob } from './context.js'
export { isRisky } from './limits.js'

export interface Markdown {
  /** Rejects with interruptions only. Positions in its Problems and links are those of the whole file. */
  makeBody(job: BodyJob): Promise<Body>
}

/** What highlights code under this configuration; making it is dear, and it keeps nothing between documents. */
export function highlighterFor(config: SiteConfig): Highlighter {
  return config.markdown.highlighter === 'shiki' ? createShikiHighlighter() : createHighlighter()
}

/** One for all documents of a build (and thread): the parsers are composed once, the highlighter is shared. */
export function createMarkdown(
  context: BodyContext,
  highlighter: Highlighter = highlighterFor(context.config),
): Markdown {
  const pipelineFor = createPipelines(context, highlighter)

  const makeHtml = async (job: Job): Promise<Body> => {
    const { meta } = job
    const pipeline = await pipelineFor(syntaxOf(job.source, meta), meta.lang)
    // Lone surrogates are no text: UTF-8 cannot hold them.
    const file = { value: job.source.toWellFormed(), path: meta.file, data: { job } }
    const tree: Root = await pipeline.run(pipeline.parse(file), file)
    reportMessages(job)
    const excerpt = takeExcerpt(tree, job.config.markdown.excerptWidth, hrefOf(meta.url, job.config.basePath))
    const text = visibleText(tree, job.words)
    return {
      ...emptyBody,
      html: outerLines(pipeline.stringify(tree)),
      excerpt: outerLines(pipeline.stringify(excerpt.tree)),
      more: excerpt.more,
      toc: job.outline.toc,
      text,
      sections: job.config.search ? sectionsOf(tree, job.words) : [],
      firstHeading: job.outline.first,
      ...countText(text, job.config.reading),
      hasMath: job.seen.has('math'),
      hasCode: job.seen.has('code'),
      hasDiagrams: job.seen.has('diagram'),
      hasEmbeds: job.seen.has('embed'),
      anchors: anchorsOf(tree),
      links: job.links,
      wants: [...job.wants.values()].sort((a, b) => (a.out < b.out ? -1 : 1)),
      image: job.image,
    }
  }

  return {
    async makeBody(input) {
      const refused = refuse(input.text, input.meta.bodyOffset, input.meta.file)
      if (refused) return { ...emptyBody, problems: [refused] }
      const job = createJob(context, input)
      let body = emptyBody
      try {
        body = await makeHtml(job)
      } catch (error) {
        reportFailure(job, error)
      }
      return { ...body, problems: job.problems.sort(compareProblems) }
    },
  }
}

/** Without line breaks around it; a full-width blank is text and stays. */
function outerLines(html: string): string {
  let start = 0
  let end = html.length
  while (html.charCodeAt(start) === 10) start++
  while (end > start && html.charCodeAt(end - 1) === 10) end--
  return html.slice(start, end)
}

/** What plugins have said with `file.message()`. */
function reportMessages(job: Job): void {
  for (const { reason, place } of job.messages) {
    const start = place && ('start' in place ? place.start : place)
    report(job, {
      code: 'markdown/plugin',
      what: reason,
      ...(start && { position: { start, end: {} } }),
    })
  }
}

function reportFailure(job: Job, error: unknown): void {
  passOn(error)
  if (error instanceof ProblemError) {
    job.problems.push(...error.problems)
    return
  }
  const position = { start: { line: 1, column: 1, offset: 0 }, end: { offset: 0 } }
  if (error instanceof RangeError)
    report(job, {
      severity: 'error',
      code: 'markdown/too-complex',
      what: 'this document is nested too deeply to be parsed',
      position,
      fix: 'look for long chains of >, lists, * or [ and divide them',
    })
  else
    report(job, {
      severity: 'error',
      code: 'markdown/failed',
      what: `making this document failed: ${error instanceof Error ? error.message : String(error)}`,
      position,
      fix: 'if the message names a plugin, correct or remove it; otherwise this is a defect of ours',
    })
}
