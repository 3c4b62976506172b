// Links between documents, checked when everything that exists is known: a body asks no other body.

import type { Url } from '../content/types.js'
import { didYouMean, frame, type Problem } from '../errors.js'
import type { Link } from '../markdown/types.js'
import { outPathOf } from '../urls.js'

/** What a link may lead to. */
export interface LinkTargets {
  /** Every path of the output. */
  readonly paths: ReadonlySet<string>
  /** Ids of elements in the text of the document at an address; undefined where there is none. */
  readonly anchorsAt: (url: Url) => ReadonlySet<string> | undefined
}

export interface LinksSource extends LinkTargets {
  /** Documents with links, in id order. */
  readonly documents: readonly {
    readonly file: string
    readonly url: Url
    readonly links: readonly Link[]
  }[]
  /** Source text, for the frame. */
  readonly text: (file: string) => string
}

/** Ids that the theme's templates give to every page. */
const themeAnchors = new Set(['', 'top', 'main', 'content', 'toc', 'comments'])

/** `a/index.html` → `/a/`; files of other kinds are not meant by a link to a page. */
const addressesOf = (path: string): readonly Url[] =>
  /(?:^|\/)index\.html$/.test(path) ? [`/${path.slice(0, -'index.html'.length)}`] : []

/** With or without the slash that a link may lack. */
const anchorsOf = (target: Url, anchorsAt: LinkTargets['anchorsAt']) =>
  anchorsAt(target) ?? anchorsAt(`${target}/`)

/** Of a link in the document at `own`; undefined for nothing. */
export function whatIsWrong(
  link: Pick<Link, 'url' | 'anchor'>,
  own: Url,
  { paths, anchorsAt }: LinkTargets,
): 'no page' | 'no anchor' | undefined {
  const target = link.url === '' ? own : link.url
  if (!paths.has(outPathOf(target)) && !paths.has(outPathOf(`${target}/`))) return 'no page'
  if (themeAnchors.has(link.anchor)) return undefined
  const anchors = anchorsOf(target, anchorsAt)
  return anchors && !anchors.has(link.anchor) ? 'no anchor' : undefined
}

/** One warning for each link to a page or anchor that does not exist. */
export function checkLinks({ documents, text, ...targets }: LinksSource): Problem[] {
  const { paths, anchorsAt } = targets
  // Comparing with every address of a very large site would cost more than the hint is worth.
  let known: readonly string[] | undefined
  const nearPages = (): readonly string[] => {
    known ??= paths.size > 5000 ? [] : [...paths].flatMap(addressesOf)
    return known
  }
  const problems: Problem[] = []
  for (const { file, url, links } of documents) {
    for (const link of links) {
      const target = link.url === '' ? url : link.url
      const warn = (code: string, what: string, near: string | undefined, mark = ''): void => {
        problems.push({
          severity: 'warning',
          code,
          what: near === undefined ? what : `${what}, did you mean "${near}"?`,
          file,
          line: link.line,
          column: link.column,
          frame: frame(text(file), link.line, link.column, link.text.length),
          found: link.text,
          fix: near === undefined ? 'correct the address or remove the link' : `write ${mark}${near}`,
        })
      }
      const wrong = whatIsWrong(link, url, targets)
      if (wrong === 'no page')
        warn('links/no-such-page', `there is no page at ${target}`, didYouMean(target, nearPages()))
      else if (wrong === 'no anchor')
        warn(
          'links/no-such-anchor',
          `there is no #${link.anchor} on ${target}`,
          didYouMean(link.anchor, [...(anchorsOf(target, anchorsAt) ?? [])].sort()),
          '#',
        )
    }
  }
  return problems
}
