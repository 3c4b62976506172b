// A strict XML parser's reading of a text as a small tree, for tests: any fault of form throws.
import { SaxesParser } from 'saxes'

export interface XmlElement {
  /** With the namespace instead of the prefix: `{http://www.w3.org/2005/Atom}link`, or bare without one. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** All text directly inside, CDATA included. */
  readonly text: string
}

interface Open {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
}

export function parseXml(text: string): XmlElement {
  if (!text.startsWith('<?xml version="1.0" encoding="utf-8"?>')) throw new Error('no XML declaration first')
  const parser = new SaxesParser({ xmlns: true })
  const stack: Open[] = []
  let root: XmlElement | undefined
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {}
    for (const attribute of Object.values(tag.attributes)) attributes[attribute.name] = attribute.value
    stack.push({ name: tag.uri ? `{${tag.uri}}${tag.local}` : tag.local, attributes, children: [], text: '' })
  })
  const addText = (data: string) => {
    const open = stack.at(-1)
    if (open) open.text += data
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const closed = stack.pop()
    if (!closed) return
    if (stack.length === 0) root = closed
    else stack.at(-1)?.children.push(closed)
  })
  parser.write(text).close()
  if (!root) throw new Error('no root element')
  return root
}

/** The children of this name. */
export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name)

/** The text of the only child of this name; undefined where there is none or more than one. */
export function textIn(element: XmlElement, name: string): string | undefined {
  const [child, more] = childrenOf(element, name)
  return more ? undefined : child?.text
}
