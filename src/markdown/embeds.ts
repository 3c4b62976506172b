// What a `::video` or `::embed` shows: a film of one's own as a player that loads nothing before it is asked to, anything
// else as a link with the address of its player beside it, for the theme's click-to-load. Never an iframe, and no picture
// that would have to be asked of the service.
import type { Element } from 'hast'
import { readHeader } from '../images/header.js'
import type { Directive } from './directives.js'
import { type Job, report } from './job.js'
import { finishAddress } from './links.js'
import { hrefFor, resolveTarget } from './targets.js'
import { element } from './walk.js'

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
    player: (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`,
  },
  {
    name: 'bilibili',
    id: /bilibili\.com\/(?:video\/|.*bvid=)(BV\w{8,12})/,
    page: (id) => `https://www.bilibili.com/video/${id}/`,
    player: (id) => `https://player.bilibili.com/player.html?bvid=${id}&autoplay=1`,
  },
  {
    name: 'vimeo',
    id: /vimeo\.com\/(?:video\/)?(\d{5,12})/,
    page: (id) => `https://vimeo.com/${id}`,
    player: (id) => `https://player.vimeo.com/video/${id}?dnt=1&autoplay=1`,
  },
]

const film = /\.(?:mp4|webm|ogv|mov|m4v)(?:[?#]|$)/i

function playerOf({ attributes }: Directive): Player | undefined {
  const address = attributes['url'] ?? attributes['src'] ?? ''
  for (const { name, id, page, player } of services) {
    const found = attributes[name] ?? id.exec(address)?.[1]
    if (found !== undefined && /^[\w-]+$/.test(found))
      return { service: name, page: page(found), player: player(found) }
  }
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const { href } = new URL(address)
  return { service: film.test(href) ? 'film' : 'page', page: href, player: href }
}

/** The figure, or undefined where the directive does not say what to show. */
export function embedOf(job: Job, directive: Directive): Element | undefined {
  const { attributes, label } = directive
  const title = label || attributes['title'] || ''
  const src = attributes['src'] ?? ''
  const poster = attributes['poster'] ?? ''
  if (directive.name === 'video' && film.test(src) && !/^(?:[a-z]+:)?\/\//i.test(src)) {
    const caption = attributes['caption'] || title
    return element('figure', { className: ['embed', 'embed-own'] }, [
      element('video', { controls: true, preload: 'none', src, ...(poster && { poster }) }),
      ...(caption ? [element('figcaption', {}, [caption])] : []),
    ])
  }
  const player = playerOf(directive)
  if (!player) return undefined
  const picture = poster === '' ? undefined : posterOf(job, directive, poster)
  const words = title || (directive.name === 'video' ? job.words.video : job.words.embed)
  return element('figure', { className: ['embed'], dataEmbed: player.service, dataSrc: player.player }, [
    element('a', { href: player.page }, picture ? [picture, element('span', {}, [words])] : [words]),
    ...(attributes['caption'] ? [element('figcaption', {}, [attributes['caption']])] : []),
  ])
}

/** The picture on what waits for a click: a file of ours, for one of theirs would be asked for without a click. */
function posterOf(job: Job, { position }: Directive, address: string): Element | undefined {
  const target = resolveTarget(job, address)
  const image = element('img', { src: address, alt: '', loading: 'lazy', decoding: 'async' })
  if (target.kind === 'external' || target.kind === 'unsafe') {
    report(job, {
      code: 'markdown/poster-elsewhere',
      what: 'a poster from elsewhere would be loaded before the reader has clicked; it is left out',
      position,
      found: address,
      fix: 'save the picture beside this document and write its name',
    })
    return undefined
  }
  if (target.kind === 'file') {
    const size = readHeader(job.context.bytes(target.src))
    const sides = size ? { width: size.width, height: size.height } : {}
    return { ...image, properties: { ...image.properties, ...sides, src: hrefFor(job, target) } }
  }
  if (position) image.position = { start: { ...position.start }, end: { ...position.start, ...position.end } }
  finishAddress(job, image, 'src')
  delete image.position
  return image
}
