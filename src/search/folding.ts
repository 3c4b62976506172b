// What the options of search need beside our own code, loaded where one of them is on.
import type { SiteConfig } from '../config/types.js'
import type { Folding } from './entry.js'

/** The tables that `config.search` asks for. */
export async function loadFolding({ search }: SiteConfig): Promise<Folding> {
  if (!search) return {}
  return {}
}
