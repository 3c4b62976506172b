// The public names: what `import … from 'inkstone'` gives. A test fixes this list.
import type { UserConfig } from './config/user.js'

/** Types the configuration; returns it as it is. */
export function defineConfig(config: UserConfig): UserConfig {
  return config
}

export type { SiteConfig } from './config/types.js'
export type { UserConfig } from './config/user.js'
export type { Meta } from './content/types.js'
export type { Problem } from './errors.js'
export type { Json } from './json.js'
export type { Page, PagesOf } from './pages/page.js'
export type { Plugin } from './plugin.js'
export type { Index, PostView, Query, SiteView } from './site/types.js'
