// SVG of strangers: a picture in an `<img>`, but a document with scripts as soon as somebody opens its address. It is read
// as XML and written anew from a list of what pictures consist of; whatever is not on it is left out. Must never let
// anything through because it is unknown.
import { parseXml, type XmlElement } from '../text/xml.js'

const elements = new Set(
  (
    'svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath image style ' +
    'linearGradient radialGradient stop clipPath mask pattern marker filter switch view feBlend feColorMatrix ' +
    'feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow ' +
    'feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight ' +
    'feSpecularLighting feSpotLight feTile feTurbulence'
  ).split(' '),
)
/** Names of SVG 2 have no other letters; `href` is judged by itself, `on…` runs code. */
const attribute = /^(?!on)[a-z][A-Za-z-]*\d?$/
const reference = /^#[^\s"'<>]*$/
const raster = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*$/

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? '')

/** Styles and values may point into the picture itself, and nowhere else. */
function isHarmless(css: string): boolean {
  const rest = css.replace(/url\(\s*(["']?)#[^"')\s]*\1\s*\)/gi, '')
  return !/url\s*\(|@import|@namespace|javascript:|expression\s*\(|[\\<]|\/\*/i.test(rest)
}

export interface CleanSvg {
  readonly text: string
  /** What was left out, each once: `<script>`, `onload`. */
  readonly removed: readonly string[]
}

/** The picture without anything that runs or that is fetched. What is no SVG becomes an empty picture. */
export function cleanSvg(text: string): CleanSvg {
  const removed = new Set<string>()
  const { root, fault } = parseXml(text)
  if (root?.name !== 'svg' || fault !== '')
    return { text: '<svg xmlns="http://www.w3.org/2000/svg"/>\n', removed: [fault || 'all of it'] }
  const attributesOf = (element: XmlElement): string =>
    Object.entries(element.attributes)
      .filter(([name, value]) => {
        if (/^xmlns(?::|$)/.test(name)) return false
        const isLink = name === 'href' || name === 'xlink:href'
        const may = isLink
          ? reference.test(value.trim()) || (element.name === 'image' && raster.test(value.trim()))
          : (attribute.test(name) || name === 'xml:space') && isHarmless(value)
        if (!may) removed.add(name)
        return may
      })
      .map(([name, value]) => ` ${name.replace('xlink:', '')}="${escaped(value)}"`)
      .join('')
  const write = (element: XmlElement, depth: number): string => {
    if (
      !elements.has(element.name) ||
      depth > 200 ||
      (element.name === 'style' && !isHarmless(element.text))
    ) {
      removed.add(`<${element.name}>`)
      return ''
    }
    const inside = element.content
      .map((part) => (typeof part === 'string' ? escaped(part) : write(part, depth + 1)))
      .join('')
    const space = depth === 0 ? ' xmlns="http://www.w3.org/2000/svg"' : ''
    return `<${element.name}${space}${attributesOf(element)}${inside === '' ? '/>' : `>${inside}</${element.name}>`}`
  }
  return { text: `${write(root, 0)}\n`, removed: [...removed].sort() }
}
