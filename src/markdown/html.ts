// Raw HTML in a document: kept (`allow`), cleaned (`sanitize`) or shown as text (`escape`). Comments never reach the
// output in any of the three; only the first `more` mark lives on until the excerpt is cut. rehype-raw costs
// as much as a third of the parser: it runs only where there is raw HTML, and is what keeps a stray `</div>` of
// a post from closing the page's own elements.
import type { ElementContent, Root } from 'hast'
import type { Html, Parents } from 'mdast'
import type { Job } from './job.js'
import { report, reportOnce } from './job.js'
import { element } from './walk.js'

const comment = /<!--(?:>|->|[\s\S]*?(?:-->|$))/g
const moreMark = /^\s*more\s*$/i

/** Is this comment's text the mark at which the excerpt ends? `more`, ` more `, `MORE`, and Hexo's ` ?more ?`. */
export function isMoreMark(value: string): boolean {
  return moreMark.test(value.replace(/^\s*\?|\?\s*$/g, ''))
}

const blockParents = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition'])

/** One `html` node of the Markdown tree as hast; remark-rehype's handler with the site's policy. */
export function htmlToHast(job: Job, node: Html, parent: Parents | undefined): ElementContent[] {
  const comments = node.value.match(comment) ?? []
  const rest = comments.length > 0 ? node.value.replace(comment, '') : node.value
  if (comments.some((text) => !text.endsWith('>')))
    report(job, {
      code: 'markdown/unclosed-comment',
      what: 'this comment is never closed, so everything behind it is hidden',
      position: node.position,
      found: '<!--',
      fix: 'write --> where the comment ends',
    })
  if (rest.trim() === '') {
    const mark = comments.find((text) => isMoreMark(text.replace(/^<!--|-->$/g, '')))
    return mark ? [{ type: 'comment', value: 'more' }] : []
  }
  if (job.config.markdown.html === 'escape') {
    const text: ElementContent = { type: 'text', value: rest.trim() }
    return [blockParents.has(parent?.type ?? 'root') ? element('p', {}, [text]) : text]
  }
  warnOfHtml(job, node)
  job.seen.add('raw')
  return [{ type: 'raw', value: node.value }]
}

const script = /<script[\s>/]/i
const tag = /<([A-Za-z][^\s/>]*)/g

function warnOfHtml(job: Job, node: Html): void {
  const { value, position } = node
  if (script.test(value))
    reportOnce(job, 'script', {
      code: 'markdown/script',
      what:
        job.config.markdown.html === 'sanitize'
          ? 'a script in the text was removed'
          : "the text holds a script; it is kept and runs in the reader's browser",
      position,
      found: script.exec(value)?.[0] ?? '<script',
      fix:
        job.config.markdown.html === 'sanitize'
          ? 'remove it from the text'
          : "remove it, or set markdown.html to 'sanitize' if this text is not your own",
    })
  for (const [found, name = ''] of value.matchAll(tag)) {
    // A hyphen makes a custom element; `<T>` and `<String>` are nearly always code that lost its backticks.
    if (isElementName(name)) continue
    if (job.seen.has(`tag ${name}`)) continue
    job.seen.add(`tag ${name}`)
    report(job, {
      code: 'markdown/unknown-html',
      what: `there is no HTML element "${name}", so browsers show nothing for it`,
      position,
      found,
      fix: `write \`${found}>\` between backticks, or &lt;${name}>`,
    })
  }
}

/** Is it the name of an element of HTML, SVG or MathML, or may it be a custom element's? `T` and `String` are none. */
export function isElementName(name: string): boolean {
  return name.includes('-') || name.includes(':') || knownTags.has(name.toLowerCase())
}

/** Parses raw HTML into the tree, where there is any, and cleans it where the site says so. */
export async function parseRawHtml(job: Job, tree: Root, file: object): Promise<Root> {
  let root = tree
  if (job.seen.has('raw')) {
    const { default: rehypeRaw } = await import('rehype-raw')
    // The type of rehype-raw's transformer wants unified's file; it is the one that unified has handed to us.
    root = rehypeRaw()(root, file as never) as Root
  }
  if (job.config.markdown.html !== 'sanitize') return root
  const { default: rehypeSanitize, defaultSchema } = await import('rehype-sanitize')
  return rehypeSanitize(cleanSchema(defaultSchema))(root) as Root
}

type Schema = typeof import('rehype-sanitize').defaultSchema

/** GitHub's rules, with our placeholders and footnotes let through and the author's other ids left out. */
function cleanSchema(github: Schema): Schema {
  const everywhere = (github.attributes?.['*'] ?? []).filter((name) => name !== 'id' && name !== 'name')
  return {
    ...github,
    allowComments: true,
    clobber: [],
    // With their text, which nobody wrote to be read.
    strip: ['script', 'style'],
    tagNames: [
      ...(github.tagNames ?? []),
      ...['abbr', 'cite', 'dfn', 'figure', 'figcaption', 'mark', 'small', 'time', 'u', 'wbr', 'bdi', 'bdo'],
    ],
    // `links.ts` judges these after us, and reports what it removes.
    protocols: { ...github.protocols, href: null },
    attributes: {
      ...github.attributes,
      '*': [...everywhere, ['id', /^fn(?:ref)?-/, 'footnote-label']],
      div: ['dataSlot'],
      span: ['dataSlot'],
      h2: [['className', 'visually-hidden']],
      code: [],
    },
  }
}

const knownTags = new Set(
  (
    'a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br ' +
    'button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed ' +
    'fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe ' +
    'image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem meta ' +
    'meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q ' +
    'rb rbc rp rt rtc ruby s samp script search section select slot small source spacer span strike strong style sub ' +
    'summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp ' +
    'circle clippath defs ellipse fecolormatrix filter foreignobject g line lineargradient marker mask path pattern ' +
    'polygon polyline radialgradient rect stop symbol text textpath tspan use view desc animate animatetransform ' +
    'mi mn mo mrow msup msub mfrac msqrt mroot mtext mtable mtr mtd mover munder munderover msubsup mspace mstyle ' +
    'mpadded mphantom annotation semantics'
  ).split(' '),
)
