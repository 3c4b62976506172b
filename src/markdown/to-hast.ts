// From the Markdown tree to the HTML tree: remark-rehype with our handlers for what we make ourselves. Code, formulas
// and directives become placeholders (see `slots.ts`); raw HTML follows the site's policy (see `html.ts`).
import type { Code, Html, Nodes, Parents } from 'mdast'
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
      html: (state: State, node: Html, parent: Parents | undefined) => htmlToHast(jobOf(state), node, parent),
      code: (state: State, node: Code) => {
        const job = jobOf(state)
        return reserve(job, 'div', () => codeFigure(job, node, highlighter))
      },
      math: (state: State, node: MathBlock) => formula(jobOf(state), node, 'div'),
      inlineMath: (state: State, node: InlineMath) => formula(jobOf(state), node, 'span'),
      leafDirective: (state: State, node: LeafDirective) => directive(jobOf(state), node),
    },
  }
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

function directive(job: Job, node: LeafDirective) {
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(node.attributes ?? {})) attributes[name] = value ?? ''
  const { name, position } = node
  const label = node.children.map(textOf).join('')
  return reserve(job, 'div', () => directiveElements(job, { name, attributes, label, position }))
}
