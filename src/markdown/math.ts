// Formulas, rendered at build time by KaTeX to HTML for eyes and MathML for readers. KaTeX and its style sheet are
// only there for documents with a formula. Traps: KaTeX warns on the console of Chinese in formulas unless
// `strict` is off; its `trust` must stay false, or `\href{javascript:}` would pass.
import type { Element, ElementContent, Root } from 'hast'
import type { Nodes } from 'mdast'
import type { Job } from './job.js'
import { report } from './job.js'
import { element } from './walk.js'

export interface Formula {
  readonly tex: string
  readonly display: boolean
  readonly position: Nodes['position']
}

/** `$$…$$` within a line is meant as a display, as everywhere but in remark-math. */
export function isDisplay(job: Job, node: { type: string; position?: Nodes['position'] }): boolean {
  return node.type === 'math' || job.source.startsWith('$$', node.position?.start.offset ?? job.source.length)
}

/** The formula as elements; where KaTeX refuses it, its source and a Problem at the place KaTeX names. */
export async function formulaElements(job: Job, formula: Formula): Promise<ElementContent[]> {
  job.seen.add('math')
  const { tex, display } = formula
  const { default: katex } = await import('katex')
  try {
    const html = quietly(() =>
      katex.renderToString(tex.replace(/[\u00a0\u3000]/g, ' '), {
        displayMode: display,
        output: 'htmlAndMathml',
        strict: false,
        trust: false,
        maxExpand: 1000,
        maxSize: 50,
        throwOnError: true,
      }),
    )
    return fragment(html)
  } catch (error) {
    // KaTeX's position counts from the formula's beginning.
    const at = error instanceof katex.ParseError ? (error.position ?? 0) : 0
    const message = error instanceof Error ? error.message : String(error)
    report(job, {
      code: 'markdown/bad-formula',
      what: `this formula cannot be rendered: ${message.replace(/^KaTeX parse error: /, '').replace(/ at (?:position|end of input).*$/s, '')}`,
      position: inside(job, formula, at),
      fix: 'correct the formula; until then its source is shown',
    })
    const source = element('code', { className: ['math-error'] }, [tex])
    return [display ? element('pre', { tabIndex: 0 }, [source]) : source]
  }
}

/** KaTeX prints a line for every character that its fonts lack, and has no option against it. */
function quietly<T>(run: () => T): T {
  const { warn } = console
  console.warn = () => {}
  try {
    return run()
  } finally {
    console.warn = warn
  }
}

/** The place of character `at` of the formula, or its beginning. */
function inside(job: Job, { tex, position }: Formula, at: number): Formula['position'] {
  const start = position?.start.offset
  if (!position || start === undefined) return position
  const from = job.source.slice(start, position.end?.offset).indexOf(tex)
  if (from < 0) return position
  return { start: { ...position.start, offset: start + from + at }, end: position.end }
}

async function fragment(html: string): Promise<ElementContent[]> {
  const { unified } = await import('unified')
  const { default: rehypeParse } = await import('rehype-parse')
  const root: Root = unified().use(rehypeParse, { fragment: true }).parse(html)
  return root.children.filter((node): node is Element => node.type === 'element').map(withoutPositions)
}

/** KaTeX's own line and column numbers would be taken for the document's. */
function withoutPositions(node: Element): Element {
  delete node.position
  for (const child of node.children) {
    if (child.type === 'element') withoutPositions(child)
    else delete child.position
  }
  return node
}
