// The unified pipeline, in order: parse, our prose rules, plugins' remark, to hast, raw HTML, our features in one
// walk, plugins' rehype. Composed once for each set of needs (syntax and language) and frozen; what belongs to a
// document travels in the file's data, so that one processor may serve many documents at a time.
import type { Element, ElementContent, Root } from 'hast'
import type { Root as MarkdownRoot } from 'mdast'
import remarkRehype from 'remark-rehype'
import { type PluggableList, type Processor, unified } from 'unified'
import { calloutOf } from './callouts.js'
import type { BodyContext } from './context.js'
import { type FastParser, loadFastParser } from './fast-parse.js'
import { finishCell, finishId, finishTask, tableBox } from './gfm.js'
import { collectHeading, finishHeadings, isHeading } from './headings.js'
import { isMoreMark, parseRawHtml } from './html.js'
import { figureOf, finishImage, finishMedia } from './images.js'
import type { Job, Message } from './job.js'
import type { Highlighter } from './languages.js'
import { finishLink } from './links.js'
import { addOtherTargets } from './old-anchors.js'
import { parserPlugins, type Syntax } from './parse.js'
import { lookAtImages } from './pictures.js'
import { transformProse } from './prose.js'
import { filled, makeFills } from './slots.js'
import { stringifyHtml } from './stringify.js'
import { digestOf, hastOptions } from './to-hast.js'
import { type Parent, walk } from './walk.js'
import { isChinese } from './words.js'

declare module 'vfile' {
  interface DataMap {
    job: Job
  }
}

/** As much of unified's file as we touch. */
interface PipelineFile {
  readonly data: { readonly job?: Job }
  readonly messages: readonly Message[]
}

export type Pipeline = Processor<MarkdownRoot, MarkdownRoot, Root, Root, string>

/** Pipelines by need, each made when the first document asks for it. */
export function createPipelines(
  context: BodyContext,
  highlighter: Highlighter,
): (syntax: Syntax, language: string) => Promise<Pipeline> {
  const made = new Map<string, Promise<Pipeline>>()
  let fast: Promise<FastParser | undefined> | undefined
  return (syntax, language) => {
    const key = `${isChinese(language) ? 'zh' : 'en'} ${syntax.cjk} ${syntax.math} ${syntax.directives}`
    if (context.config.markdown.parser === 'auto') fast ??= loadFastParser()
    const pipeline = made.get(key) ?? compose({ context, highlighter, syntax, language, fast })
    made.set(key, pipeline)
    return pipeline
  }
}

interface PipelineNeeds {
  readonly context: BodyContext
  readonly highlighter: Highlighter
  readonly syntax: Syntax
  readonly language: string
  readonly fast: Promise<FastParser | undefined> | undefined
}

async function compose({ context, highlighter, syntax, language, fast }: PipelineNeeds): Promise<Pipeline> {
  const plugins: PluggableList = [
    ...(await parserPlugins(syntax, await fast)),
    () => (tree: MarkdownRoot, file: PipelineFile) => {
      jobOf(file).messages = file.messages
      transformProse(jobOf(file), tree, syntax.cjk)
    },
    ...context.remark,
    () => (tree: MarkdownRoot) => digestOf(tree),
    [remarkRehype, hastOptions(language, highlighter)],
    () => (tree: Root, file: PipelineFile) => parseRawHtml(jobOf(file), tree, file),
    () => (tree: Root, file: PipelineFile) => finishTree(jobOf(file), tree),
    ...context.rehype,
    stringifyHtml,
  ]
  // The list begins with a parser for mdast and ends with a compiler for hast; `use` cannot see that in a list.
  return unified().use(plugins).freeze() as unknown as Pipeline
}

function jobOf(file: PipelineFile): Job {
  if (!file.data.job) throw new Error('the pipeline runs without a job; only makeBody may start it')
  return file.data.job
}

/** All our features on the HTML tree, in one walk in document order. */
async function finishTree(job: Job, tree: Root): Promise<void> {
  const fills = await makeFills(job)
  await lookAtImages(job, tree)
  let more = false
  walk(
    tree,
    (node, ancestors) => {
      const instead = filled(node, fills)
      if (instead) return instead
      if (!isHeading(node.tagName)) finishId(job, node)
      return finishElement(job, node, ancestors)
    },
    (comment) => {
      // The first mark counts, wherever it stands; `excerpt.ts` takes it out.
      const keep = !more && isMoreMark(comment)
      more ||= keep
      return keep
    },
  )
  addOtherTargets(job, tree)
  const { toc, first } = finishHeadings(job, tree)
  job.outline = { toc, first }
}

function finishElement(
  job: Job,
  node: Element,
  ancestors: readonly Parent[],
): readonly ElementContent[] | undefined {
  switch (node.tagName) {
    case 'a':
    case 'area':
      finishLink(job, node)
      return undefined
    case 'img':
      return finishImage(job, node, ancestors)
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      collectHeading(job, node, ancestors)
      return undefined
    case 'p':
      return oneOf(displayOf(node) ?? figureOf(node))
    case 'blockquote':
      return oneOf(calloutOf(job, node))
    case 'table':
      return oneOf(tableBox(job, node, ancestors))
    case 'td':
    case 'th':
      finishCell(node)
      return undefined
    case 'input':
      finishTask(job, node, ancestors)
      return undefined
    case 'plaintext':
      // Nothing can close it: the rest of the page would be part of it.
      node.tagName = 'div'
      return undefined
    case 'video':
    case 'audio':
    case 'source':
    case 'track':
    case 'iframe':
    case 'embed':
    case 'object':
    case 'link':
      finishMedia(job, node)
      return undefined
    default:
      return undefined
  }
}

const oneOf = (node: Element | undefined): ElementContent[] | undefined => node && [node]

/** A formula refused by KaTeX may be a `pre`, which cannot stand in the paragraph that held it alone. */
function displayOf(paragraph: Element): Element | undefined {
  const [only] = paragraph.children
  return paragraph.children.length === 1 && only?.type === 'element' && only.tagName === 'pre'
    ? only
    : undefined
}
