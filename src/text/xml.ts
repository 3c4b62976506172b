// saxes behind a fence: XML of others (old sites, pictures) as a tree. Its traps: it reports faults through a handler and goes on, so the
// first one must be kept; it refuses control characters, which WordPress writes into its exports: they are taken out
// before. Entities of HTML that no one declared are read as what they mean.
import { SaxesParser } from 'saxes'

export interface XmlElement {
  /** With its prefix as written: `wp:post_id`. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** All text directly inside, CDATA sections with it. */
  readonly text: string
  /** Children and pieces of text in their order. */
  readonly content: readonly (XmlElement | string)[]
}

interface Open {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
  content: (XmlElement | string)[]
}

/** XML 1.0 holds no other characters; a lone `&` or an entity of HTML would end the parsing. */
function mended(text: string): string {
  return text
    .replace(/^\ufeff+/, '')
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/<!\[CDATA\[[\s\S]*?\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/gi, (found) =>
      found === '&' ? '&amp;' : found,
    )
    .replace(/&#(?:x([\da-f]+)|(\d+));/gi, (typed, hex, decimal) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code < 0x20 && code !== 9 && code !== 10 && code !== 13 ? '' : typed
    })
}

/**
 * The root element, or the reason in words why there is none. What stands before a fault is kept. `isStrict`: the text
 * is held against XML 1.0 as it is.
 */
export function parseXml(
  text: string,
  isStrict = false,
): { readonly root: XmlElement | null; readonly fault: string } {
  const top: Open = { name: '', attributes: {}, children: [], text: '', content: [] }
  const open: Open[] = [top]
  let fault = ''
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('error', (error) => {
    fault ||= error.message
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Open = { name, attributes: { ...attributes }, children: [], text: '', content: [] }
    open.at(-1)?.children.push(element)
    open.at(-1)?.content.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  const add = (piece: string): void => {
    const element = open.at(-1)
    if (!element) return
    element.text += piece
    element.content.push(piece)
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.write(isStrict ? text : mended(text)).close()
  return { root: top.children[0] ?? null, fault }
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** Text of the first child of that name, '' for none. */
export function childText(element: XmlElement, name: string): string {
  return element.children.find((child) => child.name === name)?.text ?? ''
}
