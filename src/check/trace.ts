// From an element in a finished article back to the Markdown that made it. The document is made once more with a last
// plugin that looks at the tree: its elements still know where they came from, and they stand in the order in which the
// page shows them. Dear, so asked only for documents in which something was found.
import type { Root } from 'hast'
import type { Meta } from '../content/types.js'
import { positionAt } from '../errors.js'
import { createMarkdown } from '../markdown/body.js'
import type { BodyContext } from '../markdown/context.js'
import type { KeptPlace } from './kept.js'
import { type Tag, tokenize } from './tokens.js'

/** An element as both sides see it: those of one key stand in one order. */
interface Seen {
  readonly key: string
  readonly at: number
  readonly end: number
}

const keyAttributes = ['id', 'href', 'src', 'srcset', 'poster', 'data', 'alt'] as const

/** What an element of the page is known by. */
export function keyOfTag(tag: Tag): string {
  const values = keyAttributes.map((name) => tag.attributes.find((a) => a.name === name)?.value ?? '')
  return [tag.name, ...values].join('\0')
}

function keyOfNode(node: { tagName: string; properties: Readonly<Record<string, unknown>> }): string {
  const value = (name: string): string => {
    const found = node.properties[name === 'srcset' ? 'srcSet' : name]
    return Array.isArray(found)
      ? found.join(', ')
      : found === undefined || found === null
        ? ''
        : String(found)
  }
  return [node.tagName, ...keyAttributes.map(value)].join('\0')
}

/** Highlighting gives code its colours only; nothing that can be wrong. */
const plainHighlighter = {
  find: () => Promise.resolve(''),
  highlight: () => [],
  names: () => Promise.resolve([]),
}

/** Finds places of one document; `text` is its whole file. */
export interface Trace {
  /** `at` is the offset in `article` of a tag, of something within one, or of the text `found`. */
  find(article: string, at: number, found: string): KeptPlace
}

export async function traceDocument(context: BodyContext, meta: Meta, text: string): Promise<Trace> {
  const nodes: Seen[] = []
  const visit = (tree: Root | Root['children'][number]): void => {
    if (tree.type === 'element') {
      const [at, end] = [tree.position?.start?.offset, tree.position?.end?.offset]
      nodes.push({ key: keyOfNode(tree), at: at ?? -1, end: end ?? -1 })
    }
    if ('children' in tree) tree.children.forEach(visit)
  }
  const recorder = () => (tree: Root) => visit(tree)
  const { makeBody } = createMarkdown({ ...context, rehype: [...context.rehype, recorder] }, plainHighlighter)
  await makeBody({ meta, text })
  const source = text.slice(meta.bodyOffset)
  const ofTree = (tags: readonly Placed[], index: number): Pick<Seen, 'at' | 'end'> | undefined => {
    const key = tags[index]?.key
    const before = tags.slice(0, index).filter((tag) => tag.key === key).length
    const node = nodes.filter((other) => other.key === key)[before]
    const name = key?.split('\0')[0] ?? ''
    if (!node || node.at < 0 || madeByMarkdown.has(name) || /[![<]/.test(source[node.at] ?? '')) return node
    // Raw HTML in the midst of words is said to begin with the words before it.
    const skip = source.slice(node.at).search(new RegExp(`<${name}\\b`, 'i'))
    return skip < 0 ? node : { at: node.at + skip, end: node.end }
  }
  return {
    find(article, at, found) {
      const tags = tagsOf(article)
      const index = tags.findLastIndex((tag) => tag.at <= at)
      const tag = tags[index]
      if (!tag) return null
      const node = verbatim(tags, index, source) ?? byWords(article, tag, source) ?? ofTree(tags, index)
      if (!node || node.at < 0) return null
      const own = source.slice(node.at, node.end < 0 ? undefined : node.end)
      // In the text behind the tag, or an end tag: as much of it as has no markup is looked for from there on.
      const words = /^(?:<\/[^>]*>|[^<&\n]{1,16})/.exec(article.slice(at))?.[0] ?? found
      const behind = at >= tag.end ? source.indexOf(words, node.at) - node.at : -1
      // Raw HTML may be said to begin where the block before it ends.
      const later = own.includes(found) || found.length < 3 ? -1 : source.indexOf(found, node.at) - node.at
      const [start, length] =
        later >= 0 && at < tag.end && at > tag.at
          ? [later, found.length]
          : behind < 0
            ? within(own, tag.attribute(at), found)
            : [behind, words.startsWith(found) ? found.length : words.length]
      const { line, column } = positionAt(text, meta.bodyOffset + node.at + start)
      return [line, column, length]
    },
  }
}

/** Elements that Markdown has signs for beside `!` and `[`. */
const madeByMarkdown = new Set(
  'p ul ol li table thead tbody tr th td blockquote h1 h2 h3 h4 h5 h6 em strong code pre del sup hr br input'.split(
    ' ',
  ),
)

/** A tag of raw HTML often stands in the source as it stands in the page: the n-th there is the n-th here. */
function verbatim(
  tags: readonly Placed[],
  index: number,
  source: string,
): Pick<Seen, 'at' | 'end'> | undefined {
  const raw = tags[index]?.raw ?? ''
  const places = source.split(raw).slice(0, -1)
  if (places.length === 0 || places.length !== tags.filter((tag) => tag.raw === raw).length) return undefined
  const before = tags.slice(0, index).filter((tag) => tag.raw === raw).length
  const at = places.slice(0, before + 1).join(raw).length
  return { at, end: at + raw.length }
}

/** A tag before words that stand in the source once, right behind the same tag. */
function byWords(article: string, tag: Placed, source: string): Pick<Seen, 'at' | 'end'> | undefined {
  const words = /^[^<&\n]{4,24}/.exec(article.slice(tag.end))?.[0] ?? ''
  const at = words === '' ? -1 : source.indexOf(tag.raw + words)
  if (at < 0 || source.indexOf(tag.raw + words, at + 1) >= 0) return undefined
  return { at, end: at + tag.raw.length }
}

interface Placed extends Seen {
  /** As it stands in the article. */
  readonly raw: string
  /** The attribute that holds the offset, '' for the tag itself. */
  attribute(at: number): string
}

function tagsOf(article: string): Placed[] {
  const tags: Placed[] = []
  tokenize(article, {
    open(tag) {
      const attribute = (at: number): string =>
        tag.attributes.find(
          (a, i) => a.at <= at && at < (tag.attributes[i + 1]?.at ?? tag.end) && at > tag.at,
        )?.name ?? ''
      tags.push({
        key: keyOfTag(tag),
        at: tag.at,
        end: tag.end,
        raw: article.slice(tag.at, tag.end),
        attribute,
      })
    },
    close() {},
    text() {},
    fault() {},
    doctype() {},
  })
  return tags
}

/** Where in an element's own source its address stands, and how long it is: the caret shall be under it. */
function within(source: string, attribute: string, found: string): readonly [start: number, length: number] {
  const firstLine = source.split(/[\r\n]/, 1)[0]?.length || 1
  if (attribute === '') return [0, firstLine]
  if (source.startsWith('<')) {
    const name = new RegExp(`\\s${attribute}\\s*=\\s*(["']?)`, 'i').exec(
      source.slice(0, source.indexOf('>') + 1),
    )
    if (!name) return [0, firstLine]
    const start = name.index + name[0].length
    const value = source.slice(start).split(name[1] === '' ? /[\s>]/ : (name[1] ?? '"'), 1)[0] ?? ''
    // A `srcset` and a style hold more than one.
    const part = found === '' ? -1 : value.indexOf(found)
    return part < 0 ? [start, value.split(/[\r\n]/, 1)[0]?.length || 1] : [start + part, found.length]
  }
  // The last one: a picture may stand in the words of a link.
  const mark = attribute === 'href' ? source.lastIndexOf('](') : source.indexOf('](')
  if (mark < 0) return [0, firstLine]
  const [lead = ''] = /^\]\(\s*<?/.exec(source.slice(mark)) ?? []
  const start = mark + lead.length
  const [address = ''] = /^[^\s>]*?(?=[\s>]|\)\s*$|\)\]|\)$|$)/.exec(source.slice(start)) ?? []
  return address === '' ? [0, firstLine] : [start, address.length]
}
