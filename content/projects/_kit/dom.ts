// Builds elements without strings of HTML: text can only ever become text. There is no way in here to set
// innerHTML or an inline event handler, and there must be none.

export type Child = Node | string | number | null | undefined | false | readonly Child[]

/**
 * Attributes as in HTML. `true` writes an empty attribute, `false`, `null` and `undefined` leave it out.
 * `on` takes listeners. Names that begin with `on` are refused: those would be code in a string.
 */
export interface Attributes {
  readonly [name: string]: string | number | boolean | null | undefined | Listeners
  readonly on?: Listeners
}
export type Listeners = {
  readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void
}

const svgNamespace = 'http://www.w3.org/2000/svg'

function fill(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      for (const [type, listener] of Object.entries(value as Listeners))
        element.addEventListener(type, listener as EventListener)
    } else if (/^on/i.test(name)) throw new Error(`attribute ${name}: pass listeners in "on"`)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, String(value))
  }
  append(element, ...children)
}

/** Appends children; lists are flattened, `null`, `undefined` and `false` are skipped. */
export function append(parent: Node, ...children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue
    // `Array.isArray` does not narrow a readonly array out of a union.
    if (Array.isArray(child)) append(parent, ...(child as readonly Child[]))
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)))
  }
}

/** An HTML element: `h('p', { class: 'note' }, 'text', h('b', {}, 'bold'))`. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  fill(element, attributes, children)
  return element
}

/** An SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(svgNamespace, tag)
  fill(element, attributes, children)
  return element
}

/** Replaces all children of `parent`. */
export function replace(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren()
  append(parent, ...children)
}

/** A labelled form control: `<label class="field"><span>名称</span><input …></label>`. */
export function field(label: string, control: HTMLElement, className = 'field'): HTMLLabelElement {
  return h('label', { class: className }, h('span', {}, label), control)
}

/** A real button (never submits a form by accident). */
export function button(label: Child, run: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return h('button', { type: 'button', ...attributes, on: { click: run } }, label)
}
