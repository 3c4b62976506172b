// What a post's card says, in the words of the post's language.
import type { CardFields } from '../cards/types.js'
import type { SiteConfig } from '../config/types.js'
import type { Meta } from '../content/types.js'
import { sealOf } from '../text/seal.js'
import { formatDate } from './filters.js'
import { dictionaryOf, wordsFor } from './words.js'

export type CardPost = Pick<Meta, 'kind' | 'cover' | 'title' | 'date' | 'tags' | 'lang'>

/** Undefined for what gets none: who has a cover, and what is no post. */
export function cardFieldsOf(post: CardPost, config: SiteConfig): CardFields | undefined {
  if (!config.cards || post.kind !== 'post' || post.cover !== '' || post.title === '') return undefined
  const words = wordsFor(dictionaryOf(post.lang) ? post.lang : config.language, config.language)
  return {
    title: post.title,
    site: config.title,
    seal: sealOf(config.title),
    date: formatDate(post.date, 'long', words),
    tags: [...post.tags],
  }
}
