// ```` ```mermaid ````: the source as code, which the theme's script draws in the reader's browser when it comes near.
// Without scripts, in feeds and where the drawing fails, the source stays. Must never fail over what is drawn.
import type { ElementContent } from 'hast'
import type { Code } from 'mdast'
import type { Fence } from './fence.js'
import type { Job } from './job.js'
import { reportOnce } from './job.js'
import { element } from './walk.js'

/** Is the block of code the source of a diagram? */
export const isDiagram = ({ language }: Fence): boolean => language === 'mermaid'

/** The figure for one such block; says once a document where what draws it is not installed. */
export function diagramFigure(job: Job, node: Code, { title }: Fence): ElementContent[] {
  job.seen.add('diagram')
  if (!job.context.hasPackage('mermaid'))
    reportOnce(job, 'no mermaid', {
      code: 'markdown/no-mermaid',
      what: 'the package that draws diagrams is not installed, so readers see the source of this one',
      position: node.position,
      found: 'mermaid',
      fix: 'npm install mermaid',
    })
  return [
    element('figure', { className: ['diagram'], dataDiagram: 'mermaid' }, [
      element('pre', { tabIndex: 0 }, [
        element('code', { className: ['language-mermaid'] }, [`${node.value}\n`]),
      ]),
      ...(title ? [element('figcaption', {}, [title])] : []),
    ]),
  ]
}
