// Content that we make ourselves (code, formulas, directives) must neither be parsed again with the author's raw
// HTML nor be cleaned as if a stranger had written it. While that happens an empty element stands in its place;
// afterwards it is filled. Must never be asked for a number that was not given out: such elements stay as they are.
import type { Element, ElementContent } from 'hast'
import type { Fill, Job } from './job.js'
import { attribute, element } from './walk.js'

/** The empty element for `fill`: a `div` between blocks, a `span` within a line. */
export function reserve(job: Job, tagName: 'div' | 'span', fill: Fill): Element {
  job.fills.push(fill)
  return element(tagName, { dataSlot: String(job.fills.length - 1) })
}

/** Makes all contents, one after another, so that Problems come in document order. */
export async function makeFills(job: Job): Promise<(readonly ElementContent[] | undefined)[]> {
  const made: (readonly ElementContent[])[] = []
  for (const fill of job.fills) made.push(await fill())
  return made
}

/** What stands in this element's place, undefined where it is no placeholder of ours. */
export function filled(
  node: Element,
  made: (readonly ElementContent[] | undefined)[],
): readonly ElementContent[] | undefined {
  const number = attribute(node, 'dataSlot')
  if (number === '') return undefined
  // An author's own `data-slot` means nothing; nor may one content stand in two places.
  delete node.properties['dataSlot']
  if (!/^\d+$/.test(number) || node.children.length > 0) return undefined
  const content = made[Number(number)]
  made[Number(number)] = undefined
  return content
}
