// Our changes to the Markdown tree, in one walk: where lines of Chinese meet, where bare URLs end, what looks like a slip.
// Runs before the plugins' own remark transformers. Recursive: `limits.ts` bounds the depth of what comes here.
import type { Nodes, PhrasingContent, Root } from 'mdast'
import { cutAutolinks } from './autolinks.js'
import { keepTitleLine } from './callouts.js'
import type { Job } from './job.js'
import { breakLines, joinLines } from './softbreak.js'
import { reportSuspects } from './suspects.js'

/** `cjk`: the document holds wide text at all; without it no rule for Chinese may change a thing. */
export function transformProse(job: Job, root: Root, cjk: boolean): void {
  const { hardBreaks } = job.config.markdown
  const hasUrl = cjk && /https?:\/\/|www\./i.test(job.source)
  if (job.source.includes('\r')) unifyLineEnds(root)
  const enter = (node: Nodes): void => {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      if (node.type === 'paragraph') reportSuspects(job, node)
      if (hasUrl) cutAll(node.children, job.source)
      if (hardBreaks) breakLines(node.children)
      else if (cjk) joinLines(node.children)
    } else if ('children' in node) {
      if (node.type === 'blockquote') keepTitleLine(node)
      node.children.forEach(enter)
    }
  }
  enter(root)
}

/** The same document gives the same page on Windows: values hold `\n` alone, offsets stay those of the file. */
function unifyLineEnds(node: Nodes): void {
  if ('value' in node) node.value = node.value.replace(/\r\n?/g, '\n')
  else if ('children' in node) node.children.forEach(unifyLineEnds)
}

function cutAll(nodes: PhrasingContent[], source: string): void {
  for (const node of nodes)
    if ('children' in node && node.type !== 'link' && node.type !== 'linkReference')
      cutAll(node.children, source)
  cutAutolinks(nodes, source)
}
