// Which element may stand in which (html.spec.whatwg.org, 4 and 13.1.2), as far as a mistake changes what readers see:
// tags that close nothing or are never closed, blocks in words, links in links, parts without their whole.
// Everything inside SVG and MathML is only counted.

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

export const voids = words('area base br col embed hr img input link meta param source track wbr')
/** Their end tag may be left out. */
const optional = words(
  'li dt dd p rt rp optgroup option colgroup caption thead tbody tfoot tr td th html head body',
)
/** A start tag of these ends an open paragraph. */
const blocks = words(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul',
)
/** They hold words only, and a block in them is shown or read out wrongly; in `<span>` or `<b>` it harms nobody. */
const phrasing = words('h1 h2 h3 h4 h5 h6 button pre label legend')
/** Their own content model is that of what they stand in. */
const transparent = words(
  'a ins del map object video audio noscript canvas slot span em strong b i u s small code kbd samp var mark abbr data dfn cite q sub sup time bdi bdo font',
)
const flowOnly = words([...blocks].filter((name) => name !== 'summary' && name !== 'figcaption').join(' '))
const fences = words('table caption td th button object template applet marquee')

/** Part → where it may stand. */
const homes: Readonly<Record<string, ReadonlySet<string>>> = {
  li: words('ul ol menu template'),
  dt: words('dl div template'),
  dd: words('dl div template'),
  tr: words('table thead tbody tfoot template'),
  td: words('tr template'),
  th: words('tr template'),
  thead: words('table template'),
  tbody: words('table template'),
  tfoot: words('table template'),
  caption: words('table template'),
  colgroup: words('table template'),
  col: words('colgroup table template'),
  figcaption: words('figure template'),
  legend: words('fieldset template'),
  summary: words('details template'),
  option: words('select datalist optgroup template'),
  optgroup: words('select template'),
  source: words('picture audio video template'),
  track: words('audio video template'),
}
/** Whole → its only parts. */
const parts: Readonly<Record<string, ReadonlySet<string>>> = {
  ul: words('li script template'),
  ol: words('li script template'),
  menu: words('li script template'),
  dl: words('dt dd div script template'),
  table: words('caption colgroup col thead tbody tfoot tr script template'),
  tr: words('td th script template'),
  picture: words('source img script template'),
}
/** What a start tag ends that was left open, and where looking for it stops. */
const closes: Readonly<Record<string, readonly [ended: ReadonlySet<string>, until: ReadonlySet<string>]>> = {
  li: [words('li'), words('ul ol menu')],
  dt: [words('dt dd'), words('dl')],
  dd: [words('dt dd'), words('dl')],
  tr: [words('tr td th'), words('table thead tbody tfoot')],
  td: [words('td th'), words('tr')],
  th: [words('td th'), words('tr')],
  thead: [words('caption colgroup thead tbody tfoot tr td th'), words('table')],
  tbody: [words('caption colgroup thead tbody tfoot tr td th'), words('table')],
  tfoot: [words('caption colgroup thead tbody tfoot tr td th'), words('table')],
  option: [words('option'), words('select datalist optgroup')],
  optgroup: [words('option optgroup'), words('select')],
  rt: [words('rt rp'), words('ruby')],
  rp: [words('rt rp'), words('ruby')],
}

export interface Nesting {
  open(name: string, at: number, selfClosing: boolean): void
  close(name: string, at: number): void
  /** Of what is open, from the outermost. */
  inside(names: ReadonlySet<string>): boolean
  end(): void
}

/** `report(code, at, found, more)` with the tag that is wrong and the one that it concerns. */
export function watchNesting(
  report: (code: string, at: number, found: string, more?: string) => void,
): Nesting {
  const stack: { readonly name: string; readonly at: number }[] = []
  const counts = new Map<string, number>()
  let foreign = 0
  const push = (name: string, at: number): void => {
    stack.push({ name, at })
    counts.set(name, (counts.get(name) ?? 0) + 1)
    if (name === 'svg' || name === 'math') foreign++
  }
  const pop = (): { readonly name: string; readonly at: number } | undefined => {
    const last = stack.pop()
    if (last) counts.set(last.name, (counts.get(last.name) ?? 1) - 1)
    if (last?.name === 'svg' || last?.name === 'math') foreign--
    return last
  }
  const isOpen = (name: string): boolean => (counts.get(name) ?? 0) > 0
  /** Ends everything down to and including the entry at `depth`. */
  const cut = (depth: number): void => {
    while (stack.length > depth + 1) {
      const left = pop()
      if (left && !optional.has(left.name)) report('html/unclosed', left.at, left.name)
    }
    pop()
  }
  const implied = (name: string): void => {
    const rule = closes[name]
    if (rule)
      for (let depth = stack.length - 1; depth >= 0; depth--) {
        const open = stack[depth]?.name ?? ''
        if (rule[1].has(open)) break
        if (rule[0].has(open)) {
          cut(depth)
          if (name !== 'tr' && !/^t(?:head|body|foot)$/.test(name)) break
        }
      }
    if (!blocks.has(name) || !isOpen('p')) return
    for (let depth = stack.length - 1; depth >= 0; depth--) {
      const open = stack[depth]?.name ?? ''
      if (fences.has(open)) return
      if (open === 'p') {
        cut(depth)
        return
      }
    }
  }
  const place = (name: string, at: number): void => {
    const parent = stack.at(-1)?.name ?? ''
    const home = homes[name]
    if (home && !home.has(parent))
      report('html/wrong-place', at, name, [...home].filter((n) => n !== 'template').join(', '))
    else if (parts[parent]?.has(name) === false) report('html/wrong-child', at, name, parent)
    if (name === 'a' && isOpen('a')) report('html/nested', at, 'a', 'a')
    if ((name === 'button' || name === 'select' || name === 'textarea') && (isOpen('a') || isOpen('button')))
      report('html/nested', at, name, isOpen('a') ? 'a' : 'button')
    if (name === 'a' && isOpen('button')) report('html/nested', at, 'a', 'button')
    if (name === 'form' && isOpen('form')) report('html/nested', at, 'form', 'form')
    if (!flowOnly.has(name)) return
    for (let depth = stack.length - 1; depth >= 0; depth--) {
      const open = stack[depth]?.name ?? ''
      if (transparent.has(open)) continue
      if (phrasing.has(open)) report('html/block-in-words', at, name, open)
      return
    }
  }

  return {
    open(name, at, selfClosing) {
      if (foreign > 0) {
        if (!selfClosing) push(name, at)
        return
      }
      implied(name)
      place(name, at)
      if (!voids.has(name) && !(selfClosing && (name === 'svg' || name === 'math'))) push(name, at)
    },
    close(name, at) {
      if (isOpen(name)) {
        for (let depth = stack.length - 1; depth >= 0; depth--)
          if (stack[depth]?.name === name) {
            cut(depth)
            return
          }
      }
      report(voids.has(name) ? 'html/void-end-tag' : 'html/stray-end-tag', at, name)
    },
    inside: (names) => {
      for (const name of names) if (isOpen(name)) return true
      return false
    },
    end() {
      for (const { name, at } of stack) if (!optional.has(name)) report('html/unclosed', at, name)
    },
  }
}
