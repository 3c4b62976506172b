// Is the tree that the fast parser made the very one that remark would have made? The two agree on nearly all of GFM; this
// file knows the rest: constructs on which they were found to differ, and what documents mean beyond GFM here (Chinese
// beside emphasis and bare URLs, formulas). It must never say yes wrongly: unsure is no. `test/markdown/parsers.test.ts`
// holds it against remark.
import type { Definition, Html, Link, ListItem, Nodes, PhrasingContent, Root } from 'mdast'
import { emphasisReadsAlike } from './emphasis.js'
import { hasEndlessRun } from './limits.js'

/** Of which syntax beyond GFM the document may make use. */
export interface Beyond {
  readonly cjk: boolean
  readonly math: boolean
  readonly directives: boolean
}

/** Quotes and lists that a line may begin with. */
const prefix = '^[ \\t>]*(?:(?:[-+*]|\\d{1,9}[.)])[ \\t]+[> \\t]*)*'
/** A row of a table's rule that may as well be a list or a heading: `- |`. */
const shortRule = new RegExp(`${prefix}:?-:?[ \\t]*\\|`, 'm')
/** An item whose text, if any, begins on another line. */
const emptyItem = new RegExp(`${prefix}(?:[-+*]|\\d{1,9}[.)])[ \\t]*$`, 'm')
/** A line of marks below a task: is it a list, a heading, a table? */
const ruleBelowTask = /\[[ xX]\][^\r\n]*(?:\r\n?|\n)[ \t>]*[-:|=][-:|= \t]*(?:[\r\n]|$)/
/** A formula's fence, which wins over code that began in the line above. */
const mathFence = new RegExp(`${prefix}\\$\\$`, 'm')

/** Two lines of a quotation with nothing in them, which make a list before them loose or do not. */
const emptyQuotes = /^[ \t]*>[> \t]*(?:\r\n?|\n)[ \t]*>[> \t]*(?:[\r\n]|$)/m

/**
 * A text of satteri's with more than 32,768 pieces, two for each character reference, overruns its memory: it aborts the process,
 * or gives nonsense. Counted in the whole document, so that no text in it can have so many.
 */
const mostReferences = 10_000

function hasManyReferences(source: string): boolean {
  if (source.length <= mostReferences) return false
  let count = 0
  for (let at = source.indexOf('&'); at >= 0; at = source.indexOf('&', at + 1)) count++
  return count > mostReferences
}

/** Refused by the text alone: there is no need to try. */
export function mayReadAlike(source: string, { math, directives }: Beyond): boolean {
  // `limits.ts` refuses such a run where it knows it for text; here it would end the process: the parser's own stack overruns.
  if (hasManyReferences(source) || hasEndlessRun(source)) return false
  if (directives || (math && mathFence.test(source))) return false
  return ![/[\0\ufeff]|!\[\^/, shortRule, ruleBelowTask, emptyItem, emptyQuotes].some((form) =>
    form.test(source),
  )
}

/** `tree` is what the fast parser made of `source`. */
export function readsAlike(source: string, tree: Root, beyond: Beyond): boolean {
  const enter = (node: Nodes, parent: Nodes): boolean => {
    switch (node.type) {
      case 'text':
        if (beyond.math && node.value.includes('$')) return false
        return !(parent.type === 'link' ? /\\/ : address).test(node.value)
      case 'paragraph':
      case 'heading':
      case 'tableCell':
        return isPlainContent(source, node) && inside(node)
      case 'link':
        return isPlainLink(source, node) && inside(node)
      case 'listItem':
        return isPlainItem(source, node) && inside(node)
      case 'html':
        if (isEndedByOther(node)) return false
        return (
          parent.type === 'root' ||
          (isWholeHtml(node) && !isOpenText(node) && !strangeValue.test(node.value.replace(quoted, '""')))
        )
      case 'code':
        // Blanks that are no ASCII beside the name of the language.
        return !/[^\S\t ]/.test(firstLine(sliceOf(source, node)))
      case 'definition':
        return isPlainDefinition(source, node)
      case 'footnoteDefinition':
        return isFollowedBy(source, node.children.at(-1) ?? node, '\\[\\^') && inside(node)
      case 'tableRow':
        return !sliceOf(source, node).startsWith('<') && inside(node)
      case 'image':
      case 'imageReference':
      case 'footnoteReference':
        return !(beyond.math ? /\\[\r\n]|\$/ : /\\[\r\n]/).test(sliceOf(source, node))
      default:
        return inside(node)
    }
  }
  const inside = (node: Nodes): boolean =>
    !('children' in node) || node.children.every((child) => enter(child, node))
  return inside(tree) && emphasisReadsAlike(source, tree, beyond.cjk)
}

const sliceOf = (source: string, node: Nodes): string =>
  source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? source.length)

const firstLine = (text: string): string => text.split(/[\r\n]/, 1)[0] ?? ''

/** What may be a bare address. Those that were seen are links by now; the others are doubtful. */
const address = /https?:\/\/|www\.|[\w.+-]@[\w-]/i

/** An address of a plain form, ending where nobody would have it longer or shorter. */
const bareUrl =
  /^https?:\/\/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d+)?(?:[/?#][\w/.?=%#+&,:~-]*)?$/i

const isBare = (source: string, link: Link): boolean =>
  !/[<[]/.test(source.charAt(link.position?.start.offset ?? source.length))

function isPlainLink(source: string, link: Link): boolean {
  if (!isBare(source, link)) return true
  const [text] = link.children
  const start = link.position?.start.offset
  const end = link.position?.end.offset
  return (
    start !== undefined &&
    end !== undefined &&
    text?.type === 'text' &&
    bareUrl.test(text.value) &&
    !/[\w*~[\]/\\@.+-]/.test(source.charAt(start - 1)) &&
    /^(?:[.,:;!?)"']*(?:\s|$))/.test(source.slice(end, end + 4))
  )
}

/** Nothing at which both parsers look differently: see the cases of the differential test. */
function isPlainContent(
  source: string,
  node: Nodes & { readonly children: readonly PhrasingContent[] },
): boolean {
  const text = sliceOf(source, node)
  // What looks like a definition, or like a table's rule below a line, and became none.
  if (/^\[[^\]]*\]:/.test(text) || lineLike(node.type === 'heading').test(text)) return false
  // Two kinds of marks side by side, one of them escaped perhaps.
  if (/\*_|_\*|\*~|~\*|_~|~_|\\[*_~][*_~]|[*_~]\\[*_~]/.test(text)) return false
  // A bare address within brackets that are no link's.
  return !(
    hasWithin(node, (child) => child.type === 'link' && isBare(source, child)) &&
    hasWithin(node, (child) => child.type === 'text' && /[[\]]/.test(child.value))
  )
}

/** A table's rule; the line below a heading of two lines is none unless it has more than dashes. */
const lineLike = (isHeading: boolean): RegExp =>
  isHeading ? /[\r\n][ \t>]*-*[|:][-|: \t]*(?:[\r\n]|$)/ : /[\r\n][ \t>]*[|:-][-|: \t]*(?:[\r\n]|$)/

const hasWithin = (node: Nodes, is: (child: Nodes) => boolean): boolean =>
  'children' in node && node.children.some((child) => is(child) || hasWithin(child, is))

/** On a line of its own, with a blank line or the next definition below it. */
function isPlainDefinition(source: string, node: Definition): boolean {
  return (
    /^\[[^[\]\\\r\n]*\]:[ \t]*[^\r\n]*$/.test(sliceOf(source, node)) &&
    isFollowedBy(source, node, '\\[[^\\]\\r\\n]*\\]:[ \\t]*\\S')
  )
}

/** Is the next line blank, or does it begin with `form`? */
function isFollowedBy(source: string, node: Nodes, form: string): boolean {
  const end = node.position?.end.offset ?? 0
  const next = new RegExp(`^[ \\t]*(?:$|(?:\\r\\n|\\r(?!\\n)|\\n)[ \\t>]*(?:[\\r\\n]|$|${form}))`)
  return next.test(source.slice(end, end + 2000))
}

/** A task is its box and a paragraph of text on the same line; brackets without one are doubtful. */
function isPlainItem(source: string, item: ListItem): boolean {
  const [first] = item.children
  if (typeof item.checked !== 'boolean') return !first || !/^\[[ \t\r\nxX]\]/.test(sliceOf(source, first))
  return (
    first?.type === 'paragraph' &&
    first.children[0]?.type === 'text' &&
    /\[[ xX]\][ \t]+\S/.test(firstLine(sliceOf(source, item)))
  )
}

const quoted = /"[^"]*"|'[^']*'/g
/** Without quotes, a value may hold none of these (CommonMark, section 6.6): such a tag is text. */
const strangeValue = /=\s*[^\s"'>][^\s>]*["'=<`]/

/** In quotes and lists, what begins as a comment or an instruction must end as one. */
const isWholeHtml = ({ value }: Html): boolean =>
  !/^<[!?]/.test(value) || /^<!--(?!-?>)[^\r\n]*-->[ \t]*$/.test(value)

/** What only its own closing tag ends (CommonMark, section 4.6, start condition 1), and what has none: blank lines are part of it. */
const isOpenText = ({ value }: Html): boolean =>
  /^<(?:script|pre|style|textarea)(?![\w-])/i.test(value) && !/<\/(?:script|pre|style|textarea)>/i.test(value)

/** It may be ended by the closing tag of another of them, too: the fast parser waits for its own. */
function isEndedByOther({ value }: Html): boolean {
  const name = /^<(script|pre|style|textarea)(?![\w-])/i.exec(value)?.[1]?.toLowerCase()
  if (name === undefined) return false
  return [...value.matchAll(/<\/(script|pre|style|textarea)>/gi)].some(
    ([, end]) => end?.toLowerCase() !== name,
  )
}
