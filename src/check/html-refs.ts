// Which addresses an element names, and what for. One list for the whole of HTML: who adds an element adds it here.

import { refsInCss } from './css.js'
import type { Ref, RefKind } from './facts.js'
import { type Attribute, type Tag, valueIn } from './tokens.js'

/** Attributes that hold one address, by element; `*` for any. */
const single: Readonly<Record<string, Readonly<Record<string, RefKind>>>> = {
  a: { href: 'link' },
  area: { href: 'link' },
  img: { src: 'image' },
  input: { src: 'image' },
  image: { href: 'image', 'xlink:href': 'image' },
  use: { href: 'image', 'xlink:href': 'image' },
  video: { src: 'load', poster: 'image' },
  audio: { src: 'load' },
  source: { src: 'load' },
  track: { src: 'load' },
  embed: { src: 'load' },
  object: { data: 'load' },
  iframe: { src: 'load' },
  script: { src: 'load' },
  form: { action: 'link' },
  button: { formaction: 'link' },
  q: { cite: 'link' },
  blockquote: { cite: 'link' },
  ins: { cite: 'link' },
  del: { cite: 'link' },
}

const relKinds: readonly (readonly [RegExp, RefKind])[] = [
  [/\bcanonical\b/i, 'canonical'],
  [/\b(?:stylesheet|icon|apple-touch-icon|mask-icon|preload|modulepreload|prefetch|manifest)\b/i, 'load'],
  [/\b(?:alternate|prev|next|author|license|search|help|up|first|last)\b/i, 'link'],
]

const cards = new Set([
  'og:image',
  'og:image:url',
  'og:image:secure_url',
  'twitter:image',
  'twitter:image:src',
])

/** Every address in the attributes of `tag`, in their order. */
export function refsOfTag(tag: Tag): Ref[] {
  const refs: Ref[] = []
  const add = (kind: RefKind, to: string, at: number): void => void refs.push({ kind, to, at })
  const known = single[tag.name]
  for (const { name, value, at } of tag.attributes) {
    const kind = known?.[name]
    if (kind) add(kind, value, at)
    else if (name === 'srcset' || name === 'imagesrcset')
      for (const to of candidatesOf(value)) add('srcset', to, at)
    else if (name === 'style') refs.push(...refsInCss(value).map((ref) => ({ ...ref, at })))
    else if (name === 'data-module') add('load', value, at)
  }
  if (tag.name === 'link') linkRef(tag, add)
  if (tag.name === 'meta') metaRef(tag, add)
  return refs
}

type Add = (kind: RefKind, to: string, at: number) => void

const attributeOf = (tag: Tag, name: string): Attribute | undefined =>
  tag.attributes.find((attribute) => attribute.name === name)

function linkRef(tag: Tag, add: Add): void {
  const href = attributeOf(tag, 'href')
  const rel = valueIn(tag, 'rel') ?? ''
  const kind = relKinds.find(([pattern]) => pattern.test(rel))?.[1]
  if (href && kind) add(kind, href.value, href.at)
}

function metaRef(tag: Tag, add: Add): void {
  const content = attributeOf(tag, 'content')
  if (!content) return
  const name = (valueIn(tag, 'property') ?? valueIn(tag, 'name') ?? '').toLowerCase()
  if (cards.has(name)) add('card', content.value, content.at)
  else if (name === 'og:url') add('canonical', content.value, content.at)
  const to = refreshOf(tag)
  if (to !== '') add('redirect', to, content.at)
}

/** Where `<meta http-equiv="refresh">` leads, '' for elsewhere. */
export function refreshOf(tag: Tag): string {
  if (tag.name !== 'meta' || valueIn(tag, 'http-equiv')?.toLowerCase() !== 'refresh') return ''
  return /^[\d.\s]*[;,]\s*(?:url\s*=\s*)?(['"]?)(.+?)\1\s*$/i.exec(valueIn(tag, 'content') ?? '')?.[2] ?? ''
}

/** The addresses of a `srcset` (html.spec.whatwg.org, 4.8.4.2): a comma ends one only before or after a blank. */
export function candidatesOf(srcset: string): string[] {
  const found: string[] = []
  let rest = srcset
  for (;;) {
    rest = rest.replace(/^[\s,]+/, '')
    const [to = ''] = /^\S+/.exec(rest) ?? []
    if (to === '') return found
    rest = rest.slice(to.length)
    const bare = to.replace(/,+$/, '')
    if (bare !== '') found.push(bare)
    // Without a comma at its end it has a descriptor: width, density, perhaps in parentheses.
    if (bare === to) rest = rest.replace(/^(?:[^,(]|\([^)]*\)?)*/, '')
  }
}
