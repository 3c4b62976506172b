// What an author may write in site.config.ts: every key optional, documented in `types.ts`.
import type { Plugin } from '../plugin.js'
import type { Author, SiteConfig } from './types.js'

type Simple = string | number | boolean | null | undefined
/** Every key optional, all the way down; lists and records stay what they are. */
type Optional<T> = T extends Simple | readonly unknown[]
  ? T
  : { readonly [K in keyof T]?: Optional<T[K]> | undefined }

export type UserConfig = Optional<Omit<SiteConfig, 'basePath' | 'author' | 'search'>> & {
  readonly search?: boolean | Optional<Exclude<SiteConfig['search'], false>>
  /** A name, or more. */
  readonly author?: string | Partial<Author>
  /** Called in this order; see `Plugin`. */
  readonly plugins?: readonly Plugin[]
}
