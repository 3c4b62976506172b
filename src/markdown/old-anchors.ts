// Old ids as hidden targets beside ours, where the site says whose they were: of headings, of footnotes and of the
// place where the excerpt ends. They are seen by nobody and stand in no list; an id that is there already is left.
import type { Element, ElementContent, Root } from 'hast'
import type { AnchorRule } from '../config/types.js'
import type { Job } from './job.js'
import { oldIds } from './old-slugs.js'
import { plainText } from './text.js'
import { attribute, element } from './walk.js'

export const aliasClass = 'alias'

/** Whose ids this document had; `none` for a site without, and for documents newer than the last old one. */
export function ruleFor({ config, meta }: Job): AnchorRule {
  const { like, before } = config.markdown.anchors
  if (before !== '' && meta.date !== null && meta.date.slice(0, 10) >= before.slice(0, 10)) return 'none'
  return like
}

/** An empty element that a link can lead to. */
const target = (id: string): Element => element('span', { id, className: [aliasClass] })

/** Headings as they were met, the repeated title with them: it had an id and a number, too. */
export function oldHeadingIds(job: Job, headings: readonly Element[]): readonly string[] {
  const rule = ruleFor(job)
  if (rule === 'none') return headings.map(() => '')
  return oldIds(
    rule,
    headings.map((node) => ({ raw: rawText(job, node), text: plainText(node) })),
  )
}

/** What stands between `#` and the line's end, or above the line of a setext heading. */
function rawText(job: Job, node: Element): string {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  if (start === undefined || end === undefined) return ''
  const source = job.source.slice(start, end)
  if (source.startsWith('<')) return ''
  return source
    .replace(/^ {0,3}#{1,6}[ \t]*/, '')
    .replace(/\r?\n[ \t>]*(?:=+|-+)[ \t]*$/, '')
    .replace(/[ \t]+#+[ \t]*$/, '')
    .replace(/\s*\{#[^\s{}]+\}\s*$/, '')
    .trim()
}

/** Puts old ids in front of headings; the repeated title's stands where the text begins. */
export function addHeadingTargets(
  root: Root,
  headings: readonly { readonly node: Element; readonly old: string; readonly gone: boolean }[],
  taken: ReadonlySet<string>,
): void {
  const used = new Set(taken)
  for (const { node, old, gone } of headings) {
    if (old === '' || used.has(old)) continue
    used.add(old)
    if (gone) root.children.unshift(target(old))
    else node.children.unshift(target(old))
  }
}

/** How each program named what a footnote's number leads to and back from; `#` is the footnote's name. */
const footnotes: Readonly<Record<AnchorRule, readonly [note: string, reference: string] | null>> = {
  none: null,
  blackfriday: ['fn:#', 'fnref:#'],
  goldmark: ['fn:#', 'fnref:#'],
  hexo: ['fn:#', 'fnref:#'],
  kramdown: ['fn:#', 'fnref:#'],
  'kramdown-ascii': ['fn:#', 'fnref:#'],
  'markdown-it': ['fn#', 'fnref#'],
  zola: ['#', 'fr-#-1'],
}
/** The id at the place where the excerpt ends. */
const moreIds: Partial<Record<AnchorRule, string>> = { hexo: 'more', zola: 'continue-reading' }

/** Footnotes' old ids and that of the mark; `root` is finished, its mark still in it. */
export function addOtherTargets(job: Job, root: Root): void {
  const rule = ruleFor(job)
  const names = footnotes[rule]
  const more = moreIds[rule]
  if (names === null) return
  const numbered = rule === 'goldmark' || rule === 'markdown-it'
  let notes = 0
  const numbers = new Map<string, number>()
  const add = (node: Element, parent: ElementContent[], at: number): number => {
    const [, back, name = ''] = /^fn(ref)?-(.+)$/.exec(attribute(node, 'id')) ?? []
    if (name === '') return 0
    const isReference = back !== undefined
    if (isReference && !numbers.has(name)) numbers.set(name, ++notes)
    const pattern = names[isReference ? 1 : 0]
    const id = pattern.replace('#', numbered ? String(numbers.get(name) ?? name) : name)
    if (job.ids.has(id)) return 0
    job.ids.add(id)
    if (isReference) parent.splice(at, 0, target(id))
    else node.children.unshift(target(id))
    return isReference ? 1 : 0
  }
  const enter = (children: ElementContent[]): void => {
    for (let i = 0; i < children.length; i++) {
      const child = children[i]!
      if (child.type === 'comment' && more !== undefined && !job.ids.has(more)) {
        job.ids.add(more)
        children.splice(i + 1, 0, target(more))
        i++
      } else if (child.type === 'element') {
        i += add(child, children, i)
        enter(child.children)
      }
    }
  }
  // A root holds no doctype here: this is a piece of a page.
  enter(root.children as ElementContent[])
}
