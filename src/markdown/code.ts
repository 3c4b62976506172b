// Code blocks: `<figure class="code" data-language="Rust">` with a caption where a title is given, and
// `<pre tabindex="0"><code class="language-rust">` inside, highlighted into `hljs-*` classes at build time.
// Lines become elements only where marks or numbers were asked for. Must never fail over a language.
import type { ElementContent } from 'hast'
import type { Code } from 'mdast'
import { didYouMean } from '../errors.js'
import { diagramFigure, isDiagram } from './diagrams.js'
import { type Fence, readFence } from './fence.js'
import type { Job } from './job.js'
import { reportOnce } from './job.js'
import { type Highlighter, languageName } from './languages.js'
import { countLines, splitLines } from './lines.js'
import { element } from './walk.js'

/** The figure for one `code` node of the Markdown tree. */
export async function codeFigure(job: Job, node: Code, highlighter: Highlighter): Promise<ElementContent[]> {
  const fence = readFence(node.lang, node.meta)
  if (isDiagram(fence)) return diagramFigure(job, node, fence)
  job.seen.add('code')
  const code = fence.diff
    ? undiff(node.value)
    : { text: node.value, added: fence.added, removed: fence.removed }
  const name = await highlighter.find(fence.language)
  if (name === undefined) await warnOfLanguage(job, node, fence.language, highlighter)

  const numbers = (fence.numbers ?? job.config.markdown.lineNumbers) && code.text !== ''
  const tree = highlighter.highlight(name ?? '', code.text)
  const classes = (line: number): string[] => [
    'line',
    ...(fence.marked.has(line) ? ['mark'] : []),
    ...(code.added.has(line) ? ['add'] : []),
    ...(code.removed.has(line) ? ['del'] : []),
  ]
  const wantsLines = numbers || fence.diff || fence.marked.size + fence.added.size + fence.removed.size > 0
  const content = wantsLines
    ? splitLines(tree).map((line, i) => element('span', { className: classes(i + 1) }, line))
    : tree
  return [
    element('figure', figureProperties(fence, numbers, code.text), [
      ...(fence.title ? [element('figcaption', {}, [fence.title])] : []),
      element('pre', { tabIndex: 0 }, [
        element(
          'code',
          fence.language ? { className: [`language-${fence.language}`] } : {},
          // As plain remark: the code ends with a line break.
          wantsLines || code.text === '' ? content : [...content, { type: 'text', value: '\n' }],
        ),
      ]),
    ]),
  ]
}

function figureProperties(fence: Fence, numbers: boolean, code: string): Record<string, string | string[]> {
  const name = languageName(fence.language)
  return {
    className: ['code'],
    ...(name && { dataLanguage: name }),
    // The count lets the style sheet make the gutter as wide as the largest number.
    ...(numbers && { dataLineNumbers: String(countLines(code)) }),
  }
}

/** ```` ```diff-js ````: takes the first character off each line and says which lines came and went. */
function undiff(text: string): { text: string; added: Set<number>; removed: Set<number> } {
  const added = new Set<number>()
  const removed = new Set<number>()
  const lines = text.split('\n').map((line, i) => {
    if (line.startsWith('+')) added.add(i + 1)
    else if (line.startsWith('-')) removed.add(i + 1)
    return /^[+\- ]/.test(line) ? line.slice(1) : line
  })
  return { text: lines.join('\n'), added, removed }
}

async function warnOfLanguage(
  job: Job,
  node: Code,
  language: string,
  highlighter: Highlighter,
): Promise<void> {
  if (job.seen.has(`language ${language}`)) return
  const near = didYouMean(language, await highlighter.names())
  reportOnce(job, `language ${language}`, {
    code: 'markdown/unknown-language',
    what: `the highlighter does not know the language "${language}"; the code is shown plain`,
    // The fence is the first line: the same word may stand in the code as well.
    position: node.position && { start: node.position.start, end: endOfFirstLine(job, node) },
    found: language,
    fix: near ? `write ${near}` : 'write text where the code shall stay plain',
  })
}

function endOfFirstLine(job: Job, node: Code): { offset: number | undefined } {
  const start = node.position?.start.offset
  if (start === undefined) return { offset: undefined }
  const end = job.source.slice(start).search(/[\r\n]/)
  return { offset: end < 0 ? job.source.length : start + end }
}
