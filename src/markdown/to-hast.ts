// From the Markdown tree to the HTML tree: remark-rehype with our handlers for what we make ourselves. Code, formulas
// and directives become placeholders (see `slots.ts`); raw HTML follows the site's policy (see `html.ts`).
import type { ElementContent, Root as HastRoot } from 'hast'
import type { Code, Html, Nodes, Parents, Root } from 'mdast'
import type { LeafDirective } from 'mdast-util-directive'
import type { InlineMath, Math as MathBlock } from 'mdast-util-math'
import type { Options } from 'remark-rehype'
import { codeFigure } from './code.js'
import { directiveElements } from './directives.js'
import { htmlToHast } from './html.js'
import type { Job } from './job.js'
import type { Highlighter } from './languages.js'
import { formulaElements, isDisplay } from './math.js'
import { reserve } from './slots.js'
import { wordsFor } from './words.js'

type Handlers = NonNullable<Options['handlers']>
type State = Parameters<NonNullable<Handlers['code']>>[0]

/** unified hands the file to every handler; `body.ts` has put the job into it. */
function jobOf(state: State): Job {
  const job = state.options.file?.data['job']
  if (!job) throw new Error('the pipeline runs without a job; only makeBody may start it')
  return job
}

/** remark-rehype's options; `language` decides the words of footnotes. */
export function hastOptions(language: string, highlighter: Highlighter): Options {
  const words = wordsFor(language)
  return {
    allowDangerousHtml: true,
    clobberPrefix: '',
    footnoteLabel: words.footnotes,
    footnoteLabelProperties: { className: ['visually-hidden'] },
    footnoteBackLabel: (reference, again) => words.backToText(reference + 1, again),
    handlers: {
      root: wholeRoot,
      html: (state: State, node: Html, parent: Parents | undefined) => htmlToHast(jobOf(state), node, parent),
      code: (state: State, node: Code) => {
        const job = jobOf(state)
        return reserve(job, 'div', () => codeFigure(job, node, highlighter))
      },
      math: (state: State, node: MathBlock) => formula(jobOf(state), node, 'div'),
      inlineMath: (state: State, node: InlineMath) => formula(jobOf(state), node, 'span'),
      leafDirective: (state: State, node: LeafDirective) => directive(jobOf(state), node, highlighter),
    },
  }
}

/** A root that shows remark-rehype only the definitions in it, and holds the whole tree beside them. */
interface Digest extends Root {
  readonly whole: Root
}

/**
 * remark-rehype begins with a walk over the whole tree in search of definitions, which costs more than all the rest of it.
 * They stand in blocks only, so that few nodes need to be looked at: the last plugin before it does that.
 */
export function digestOf(whole: Root): Digest {
  const found: Root['children'] = []
  const enter = (node: Nodes): void => {
    if (node.type === 'definition' || node.type === 'footnoteDefinition') found.push(node)
    // Text has none in it.
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'table') return
    if ('children' in node) node.children.forEach(enter)
  }
  enter(whole)
  return { type: 'root', children: found, whole }
}

/** As remark-rehype's own, but of the whole. */
function wholeRoot(state: State, { whole }: Digest): ElementContent {
  const result: HastRoot = { type: 'root', children: state.wrap(state.all(whole), false) }
  state.patch(whole, result)
  // The types of handlers forget that the root's gives a root.
  return state.applyData(whole, result) as HastRoot as unknown as ElementContent
}

function formula(job: Job, node: MathBlock | InlineMath, tagName: 'div' | 'span') {
  const { value: tex, position } = node
  return reserve(job, tagName, () => formulaElements(job, { tex, display: isDisplay(job, node), position }))
}

/** A label's words; its markup is dropped. */
function textOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

function directive(job: Job, node: LeafDirective, highlighter: Highlighter) {
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(node.attributes ?? {})) attributes[name] = value ?? ''
  const { name, position } = node
  const label = node.children.map(textOf).join('')
  return reserve(job, 'div', () => directiveElements(job, { name, attributes, label, position }, highlighter))
}
