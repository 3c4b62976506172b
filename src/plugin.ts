// What a plugin may do: a plain object of pure functions, every slot optional. There are no hooks and no bus:
// each slot is called by the floor that owns it, in the order of `plugins` in site.config.ts.
import type { PluggableList } from 'unified'
import type { MetaSlot } from './content/meta-slots.js'
import type { Meta } from './content/types.js'
import type { Page, PagesOf } from './pages/page.js'
import type { Finish } from './render/finish.js'
import type { Query } from './site/types.js'

export interface Plugin {
  readonly name: string
  /** Any remark plugins, async ones too; run after ours, before the tree becomes HTML. */
  readonly remark?: PluggableList
  readonly rehype?: PluggableList
  /** After checking, before the index. Must not look at anything but its argument. */
  readonly meta?: (meta: Meta) => Meta
  readonly queries?: Readonly<Record<string, Query>>
  /** The open door: any file at any URL. */
  readonly pages?: PagesOf
  /** Filters for templates. */
  readonly filters?: Readonly<Record<string, (...args: never[]) => unknown>>
  /** Last touch on a page's text. */
  readonly finish?: (html: string, page: Page) => string
}

/** The slots of all plugins, gathered in order. */
export interface Slots {
  readonly remark: PluggableList
  readonly rehype: PluggableList
  readonly meta: readonly MetaSlot[]
  readonly queries: Readonly<Record<string, Query>>
  readonly pages: readonly { readonly name: string; readonly pages: PagesOf }[]
  readonly filters: Readonly<Record<string, (...args: never[]) => unknown>>
  readonly finish: readonly Finish[]
}

/** Gathers each slot of `plugins` into one list; later queries and filters win over earlier ones of that name. */
export function gatherSlots(plugins: readonly Plugin[]): Slots {
  return {
    remark: plugins.flatMap((p) => p.remark ?? []),
    rehype: plugins.flatMap((p) => p.rehype ?? []),
    meta: plugins.flatMap(({ name, meta }) => (meta ? [{ name, meta }] : [])),
    queries: Object.assign({}, ...plugins.map((p) => p.queries ?? {})),
    pages: plugins.flatMap((p) => (p.pages ? { name: p.name, pages: p.pages } : [])),
    filters: Object.assign({}, ...plugins.map((p) => p.filters ?? {})),
    finish: plugins.flatMap(({ name, finish }) => (finish ? [{ name, finish }] : [])),
  }
}
