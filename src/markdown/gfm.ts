// What GFM's tables, task lists and footnotes need beyond remark's output: a table scrolls in a box of its own that the
// keyboard reaches, a task's box says what it is, ids are written as they are read. No attribute that HTML has retired.
import type { Element } from 'hast'
import type { Job } from './job.js'
import { decodeId } from './links.js'
import { attribute, element, hasClass, type Parent } from './walk.js'

/** For `table`: the box around it; a table within a table gets none. */
export function tableBox(job: Job, table: Element, ancestors: readonly Parent[]): Element | undefined {
  if (ancestors.some((parent) => parent.type === 'element' && parent.tagName === 'table')) return undefined
  job.tables++
  const label = job.words.table(job.tables)
  return element('div', { className: ['table'], role: 'region', ariaLabel: label, tabIndex: 0 }, [table])
}

/** For `td` and `th`: `align` is a class now. */
export function finishCell(node: Element): void {
  const align = attribute(node, 'align')
  if (!/^(?:left|right|center)$/.test(align)) return
  delete node.properties['align']
  const classes = node.properties['className']
  node.properties['className'] = [...(Array.isArray(classes) ? classes : []), `align-${align}`]
}

/** For `input`: a task's box is named by its state, since no label stands beside it. */
export function finishTask(job: Job, node: Element, ancestors: readonly Parent[]): void {
  const inTask = ancestors.some((parent) => parent.type === 'element' && hasClass(parent, 'task-list-item'))
  if (!inTask || node.properties['type'] !== 'checkbox') return
  node.properties['ariaLabel'] = node.properties['checked'] ? job.words.done : job.words.open
}

/** For any element with an id: remark-rehype percent-encodes those of footnotes. */
export function finishId(job: Job, node: Element): void {
  const id = attribute(node, 'id')
  if (id === '') return
  const plain = /^fn(?:ref)?-/.test(id) ? decodeId(id) : id
  if (plain !== id) node.properties['id'] = plain
  job.ids.add(plain)
}
