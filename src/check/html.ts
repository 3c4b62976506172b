// One page of HTML as Facts: what it refers to, its ids, and everything that is wrong with it by itself.

import { refsInCss } from './css.js'
import type { Facts, Head, Issue, Ref } from './facts.js'
import { refreshOf, refsOfTag } from './html-refs.js'
import { leftoversIn } from './leftovers.js'
import { type Nesting, watchNesting } from './nesting.js'
import { type Tag, tokenize, valueIn } from './tokens.js'

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '))
/** What stands in these is an example, a program or a formula. */
const verbatim = set('code pre kbd samp var tt script style textarea math svg noscript')
const obsolete = set(
  'acronym applet basefont big blink center dir font frame frameset marquee nobr noframes spacer strike tt xmp',
)
/** The tokenizer's findings that change nothing for readers, or are told in better words by another rule. */
const harmless = set('non-void-html-element-start-tag-with-trailing-solidus end-tag-with-trailing-solidus')
/** Ids that an attribute names; all must be there. */
const namesIds = set('for aria-labelledby aria-describedby aria-controls aria-owns aria-details headers')

/** Everything that a page needs before it is a page; `isPiece`: a part of one, such as a feed's content. */
export function readHtml(html: string, isPiece = false): Omit<Facts, 'size'> & { readonly head: Head } {
  const refs: Ref[] = []
  const issues: Issue[] = []
  const ids = new Set<string>()
  const real = new Set<string>()
  const old = new Set<string>()
  const wanted: { readonly id: string; readonly at: number; readonly by: string }[] = []
  const head = { title: '', description: '', canonical: '', refresh: '', noindex: false, base: '' }
  const seen = { title: 0, canonical: 0, main: 0, doctype: false, html: false }
  let level = 0
  let inside = ''
  const report = (code: string, at: number, found: string, more?: string): void =>
    void issues.push({ code, at, found, ...(more !== undefined && { more }) })
  const nesting: Nesting = watchNesting(report)

  const meta = (tag: Tag): void => {
    const content = valueIn(tag, 'content') ?? ''
    const name = valueIn(tag, 'name')?.toLowerCase()
    if (name === 'description') head.description = content
    if (name === 'robots' && /\bno(?:index|ne)\b/i.test(content)) head.noindex = true
    head.refresh ||= refreshOf(tag)
  }

  const attributes = (tag: Tag): void => {
    for (const { name, value, at } of tag.attributes) {
      if (name === 'id' || (name === 'name' && tag.name === 'a')) {
        if (name === 'id' && (value === '' || /\s/.test(value))) report('html/bad-id', at, value)
        // An old `<a name>` beside an id of the same name leads to the same place.
        if (value !== '' && real.has(value) && name === 'id') report('check/duplicate-id', at, value)
        if (name === 'id') real.add(value)
        ids.add(value)
      } else if (namesIds.has(name))
        for (const id of value.split(/\s+/)) if (id !== '') wanted.push({ id, at, by: name })
      for (const found of leftoversIn(value, name)) report('check/leftover', at, found, `${name}="${value}"`)
    }
  }

  const image = (tag: Tag): void => {
    const isHidden =
      valueIn(tag, 'aria-hidden') === 'true' || /^(?:presentation|none)$/.test(valueIn(tag, 'role') ?? '')
    const alt = valueIn(tag, 'alt')
    const src = valueIn(tag, 'src') ?? ''
    if (isHidden || valueIn(tag, 'aria-label') || valueIn(tag, 'aria-labelledby')) return
    if (alt === undefined) report('check/missing-alt', tag.at, src)
    // An author who writes `![](x.png)` has said nothing; one who writes `alt=""` means decoration.
    else if (alt.trim() === '' && !nesting.inside(new Set(['figure']))) report('check/empty-alt', tag.at, src)
  }

  const heading = (tag: Tag): void => {
    const depth = Number(tag.name[1])
    if (level > 0 && depth > level + 1) report('check/heading-skip', tag.at, tag.name, `h${level}`)
    level = depth
  }

  tokenize(html, {
    open(tag) {
      nesting.open(tag.name, tag.at, tag.selfClosing)
      inside = tag.name
      refs.push(...refsOfTag(tag))
      attributes(tag)
      // Once a page: where there is one there are hundreds.
      if (obsolete.has(tag.name) && !old.has(tag.name)) report('html/obsolete', tag.at, tag.name)
      if (obsolete.has(tag.name)) old.add(tag.name)
      switch (tag.name) {
        case 'html':
          seen.html = true
          if (!valueIn(tag, 'lang')) report('html/no-lang', tag.at, 'html')
          break
        case 'title':
          if (!nesting.inside(new Set(['svg']))) seen.title++
          break
        case 'base':
          head.base ||= valueIn(tag, 'href') ?? ''
          break
        case 'link':
          if (/\bcanonical\b/i.test(valueIn(tag, 'rel') ?? '')) {
            head.canonical = valueIn(tag, 'href') ?? ''
            if (++seen.canonical > 1) report('html/two-canonicals', tag.at, 'canonical')
          }
          break
        case 'meta':
          meta(tag)
          break
        case 'main':
          if (++seen.main > 1 && valueIn(tag, 'hidden') === undefined)
            report('html/two-mains', tag.at, 'main')
          break
        case 'img':
          image(tag)
          break
        case 'h1':
        case 'h2':
        case 'h3':
        case 'h4':
        case 'h5':
        case 'h6':
          heading(tag)
          break
        default:
      }
    },
    close(name, at) {
      nesting.close(name, at)
      inside = ''
    },
    text(text, at) {
      if (inside === 'title' && seen.title === 1 && head.title === '')
        head.title = text.trim().replace(/\s+/g, ' ')
      if (inside === 'style') refs.push(...refsInCss(text, at))
      if (nesting.inside(verbatim)) return
      for (const found of leftoversIn(text))
        report('check/leftover', at + text.indexOf(found), found, around(text, found))
    },
    fault(name, at) {
      if (!harmless.has(name) && !(isPiece && name === 'missing-doctype'))
        report('html/parse-error', at, name)
    },
    doctype() {
      seen.doctype = true
    },
  })
  nesting.end()
  for (const { id, at, by } of wanted) if (!ids.has(id)) report('html/missing-reference', at, id, by)
  if (!isPiece && head.refresh === '') {
    if (!seen.doctype) report('html/no-doctype', 0, '')
    if (head.title === '') report('html/no-title', 0, '')
  }
  ids.delete('')
  return { refs, ids: [...ids], issues: issues.sort((a, b) => a.at - b.at), head }
}

/** A few letters on both sides: enough to find whether an author wrote them. */
function around(text: string, found: string): string {
  const at = text.indexOf(found)
  return text.slice(Math.max(0, at - 8), at + found.length + 8).trim()
}
