// Headings: ids that are stable and unique, a link to each, the table of contents. Ids are GitHub's rule on NFC
// text (Chinese stays), `{#id}` at the end of a heading sets one by hand; hand-made ids are given out first, so that
// an old address can be kept. The page's own h1 is the title: an h1 that repeats it goes, and where others stay
// all headings move down by one.
import GithubSlugger from 'github-slugger'
import type { Element, Root } from 'hast'
import { encodeFragment } from '../urls.js'
import type { Job, Position } from './job.js'
import { report } from './job.js'
import { addHeadingTargets, oldHeadingIds } from './old-anchors.js'
import { plainText } from './text.js'
import type { Heading } from './types.js'
import { element, type Parent } from './walk.js'

const custom = /\s*\{#([^\s{}]+)\}\s*$/

export const isHeading = (tagName: string): boolean => /^h[1-6]$/.test(tagName)

/** Takes note of a heading met on the walk; only those between blocks of the text itself are listed. */
export function collectHeading(job: Job, node: Element, ancestors: readonly Parent[]): void {
  const quoting = ancestors.some(
    (parent) =>
      parent.type === 'element' && /^(?:blockquote|aside|li|td|th|dd|details|figure)$/.test(parent.tagName),
  )
  job.headings.push({ node, listed: !quoting })
}

/** What scripts, styles and skip links of the theme look for: a stranger's heading must not stand in for it. */
const idsOfThePage = [
  'content',
  'demo',
  'recent',
  'undated',
  'of-posts',
  'of-projects',
  'of-related',
  'of-series',
]

export interface Headings {
  readonly toc: readonly Heading[]
  readonly first: string
}

/** Gives every collected heading its level, id and link; returns the table of contents. */
export function finishHeadings(job: Job, root: Root): Headings {
  const headings = job.headings
    .filter(({ node }) => node.properties['id'] !== 'footnote-label')
    .map(({ node, listed }) => ({ node, listed, wanted: takeCustomId(node), text: plainText(node) }))
  const first = headings.find(({ text }) => text !== '')?.text ?? ''
  const old = oldHeadingIds(
    job,
    headings.map(({ node }) => node),
  )
  const repeated = dropRepeatedTitle(job, root)
  const kept = headings.filter(({ node }) => node !== repeated)
  if (kept.some(({ node }) => node.tagName === 'h1'))
    for (const { node } of kept) node.tagName = `h${Math.min(6, Number(node.tagName[1]) + 1)}`

  const slugger = new GithubSlugger()
  const taken = job.config.trust === 'content-is-untrusted' ? [...job.ids, ...idsOfThePage] : [...job.ids]
  for (const id of taken.sort()) slugger.occurrences[id] = 0
  const byHand = new Map<Element, string>()
  for (const { node, wanted } of kept) {
    if (wanted === '') continue
    if (Object.hasOwn(slugger.occurrences, wanted)) warnOfTwice(job, wanted, node.position)
    else {
      slugger.occurrences[wanted] = 0
      byHand.set(node, wanted)
    }
  }
  const entries: { depth: number; id: string; text: string; children: Heading[] }[] = []
  const { from, to } = job.config.markdown.toc
  for (const { node, listed, wanted, text } of kept) {
    const id = byHand.get(node) ?? uniqueId(slugger, wanted || text)
    node.properties = { ...node.properties, id }
    node.children.push(
      element('a', { className: ['anchor'], href: `#${encodeFragment(id)}`, ariaLabel: job.words.anchor }),
    )
    const depth = Number(node.tagName[1])
    if (listed && depth >= from && depth <= to && text !== '') entries.push({ depth, id, text, children: [] })
  }
  addHeadingTargets(
    root,
    headings.map(({ node }, at) => ({ node, old: old[at] ?? '', gone: node === repeated })),
    new Set([...job.ids, ...kept.map(({ node }) => String(node.properties['id']))]),
  )
  return { toc: nest(entries), first }
}

/** A heading without any letter (`## ！！！`) still needs an id. */
function uniqueId(slugger: GithubSlugger, text: string): string {
  const slug = text.normalize('NFC').trim()
  const probe = new GithubSlugger().slug(slug).replace(/^-+$/, '')
  return slugger.slug(probe === '' ? 'section' : slug)
}

/** Cuts `{#id}` off the heading's end, or takes the id that raw HTML gave; '' for none. */
function takeCustomId(node: Element): string {
  const own = node.properties['id']
  if (typeof own === 'string' && own !== '') return own.normalize('NFC')
  const last = node.children.at(-1)
  const match = last?.type === 'text' ? custom.exec(last.value) : null
  if (!match || last?.type !== 'text' || (match[0] === last.value && node.children.length === 1)) return ''
  last.value = last.value.slice(0, match.index)
  return (match[1] ?? '').normalize('NFC')
}

function dropRepeatedTitle(job: Job, root: Root): Element | undefined {
  const first = root.children.find((node) => node.type === 'element')
  const title = job.meta.title.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (first?.type !== 'element' || first.tagName !== 'h1' || plainText(first) !== title) return undefined
  root.children.splice(root.children.indexOf(first), 1)
  return first
}

function warnOfTwice(job: Job, id: string, position: Position | undefined): void {
  report(job, {
    code: 'markdown/duplicate-id',
    what: `the id "${id}" stands twice in this document; this heading gets another one`,
    position,
    found: `{#${id}}`,
    fix: 'give each heading an id of its own',
  })
}

function nest(
  entries: readonly { depth: number; id: string; text: string; children: Heading[] }[],
): Heading[] {
  const top: Heading[] = []
  const open: { depth: number; children: Heading[] }[] = []
  for (const entry of entries) {
    while (open.length > 0 && open.at(-1)!.depth >= entry.depth) open.pop()
    ;(open.at(-1)?.children ?? top).push(entry)
    open.push(entry)
  }
  return top
}
