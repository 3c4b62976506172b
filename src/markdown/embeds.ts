// What a `::video` or `::embed` shows: a film of one's own as a player that loads nothing before it is asked to, anything
// else as a link with the address of its player beside it, for the theme's click-to-load. Never an iframe.
import type { Element } from 'hast'
import type { Directive } from './directives.js'
import { element } from './walk.js'
import type { Words } from './words.js'

interface Player {
  readonly service: string
  readonly page: string
  /** What a click loads. */
  readonly player: string
}

const services: readonly {
  name: string
  id: RegExp
  page: (id: string) => string
  player: (id: string) => string
}[] = [
  {
    name: 'youtube',
    id: /(?:youtube(?:-nocookie)?\.com\/(?:watch\?(?:.*&)?v=|embed\/|shorts\/)|youtu\.be\/)([\w-]{6,20})/,
    page: (id) => `https://www.youtube.com/watch?v=${id}`,
    player: (id) => `https://www.youtube-nocookie.com/embed/${id}`,
  },
  {
    name: 'bilibili',
    id: /bilibili\.com\/(?:video\/|.*bvid=)(BV\w{8,12})/,
    page: (id) => `https://www.bilibili.com/video/${id}/`,
    player: (id) => `https://player.bilibili.com/player.html?bvid=${id}&autoplay=0`,
  },
  {
    name: 'vimeo',
    id: /vimeo\.com\/(?:video\/)?(\d{5,12})/,
    page: (id) => `https://vimeo.com/${id}`,
    player: (id) => `https://player.vimeo.com/video/${id}`,
  },
]

function playerOf({ attributes }: Directive): Player | undefined {
  const address = attributes['url'] ?? attributes['src'] ?? ''
  for (const { name, id, page, player } of services) {
    const found = attributes[name] ?? id.exec(address)?.[1]
    if (found !== undefined && /^[\w-]+$/.test(found))
      return { service: name, page: page(found), player: player(found) }
  }
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const { href } = new URL(address)
  return { service: 'page', page: href, player: href }
}

const film = /\.(?:mp4|webm|ogv|mov|m4v)(?:[?#]|$)/i

/** The figure, or undefined where the directive does not say what to show. */
export function embedOf(directive: Directive, words: Words): Element | undefined {
  const { attributes, label } = directive
  const title = label || attributes['title'] || ''
  const src = attributes['src'] ?? ''
  if (directive.name === 'video' && film.test(src) && !/^(?:[a-z]+:)?\/\//i.test(src)) {
    const poster = attributes['poster']
    return element('figure', { className: ['embed', 'embed-own'] }, [
      element('video', { controls: true, preload: 'none', src, ...(poster && { poster }) }),
      ...(title ? [element('figcaption', {}, [title])] : []),
    ])
  }
  const player = playerOf(directive)
  if (!player) return undefined
  return element('figure', { className: ['embed'], dataEmbed: player.service, dataSrc: player.player }, [
    element('a', { href: player.page }, [title || (directive.name === 'video' ? words.video : words.embed)]),
  ])
}
