// Text that was most likely meant as something else: `##标题` without its blank, an image address with a blank in it, an
// unknown `::directive`. It is never changed, only reported, with its place and how to mend it.
import type { Paragraph, PhrasingContent } from 'mdast'
import { didYouMean } from '../errors.js'
import { directiveNames } from './directives.js'
import type { Job, Position } from './job.js'
import { report } from './job.js'

/** Two to six `#`, or one before a Han character alone on its line: `#标签` within a line is a hashtag. */
const headingLine = /^(?:#{2,6}(?![#\s!])|#(?=\p{sc=Han}))(?!.*\s#)[^\n]*$/u
const blankInImage = /!\[[^\]\n]*\]\((?!<)[^()\n"']*\S [^()\n"']*\.(?:png|jpe?g|gif|webp|svg|avif)\)/i
const directiveLine = /^::([A-Za-z][\w-]*)\{/

/** Looks at the lines of one paragraph; cheap where there is nothing to find. */
export function reportSuspects(job: Job, paragraph: Paragraph): void {
  const { position } = paragraph
  const start = position?.start.offset
  const end = position?.end.offset
  if (!position || start === undefined || end === undefined) return
  const source = job.source.slice(start, end)
  if (!/#|!\[|::/.test(source)) return
  let offset = start
  for (const line of source.split(/(?<=\n)|(?<=\r)(?!\n)/)) {
    const lead = /^[ \t>]*/.exec(line)?.[0].length ?? 0
    const text = line.slice(lead).trimEnd()
    const at = offset + lead
    if (startsText(paragraph.children, at)) reportLine(job, text, placeIn(position, at, at + text.length))
    const image = blankInImage.exec(text)
    if (image && isText(paragraph.children, at + image.index))
      report(job, {
        code: 'markdown/image-blank',
        what: 'an address with a blank in it is no image in Markdown, so this stays text',
        position: placeIn(position, at, at + text.length),
        found: image[0],
        fix: 'put the address between < and >, or write %20 for the blank',
      })
    offset += line.length
  }
}

function reportLine(job: Job, text: string, position: Position): void {
  if (headingLine.test(text)) {
    const marks = /^#+/.exec(text)?.[0] ?? '#'
    report(job, {
      code: 'markdown/heading-without-blank',
      what: 'a heading needs a blank after its #, so this line stays text',
      position,
      found: text,
      fix: `write "${marks} ${text.slice(marks.length)}", or \\${marks} where no heading is meant`,
    })
  }
  const name = directiveLine.exec(text)?.[1]
  if (name === undefined || directiveNames.includes(name)) return
  const near = didYouMean(name, directiveNames)
  report(job, {
    code: 'markdown/unknown-directive',
    what: `there is no directive "${name}"; the line is shown as typed`,
    position,
    found: `::${name}`,
    expected: directiveNames.map((known) => `::${known}`),
    fix: near ? `did you mean ::${near}?` : 'put the line between backticks where it is meant as text',
  })
}

const placeIn = (position: Position, start: number, end: number): Position => ({
  start: { ...position.start, offset: start },
  end: { offset: end },
})

/** Does plain text begin at this offset (and not code, a link, an escape)? */
function startsText(nodes: readonly PhrasingContent[], offset: number): boolean {
  return nodes.some((node) => {
    const start = node.position?.start.offset
    const end = node.position?.end.offset
    return node.type === 'text' && start !== undefined && end !== undefined && start <= offset && offset < end
  })
}

const isText = startsText
