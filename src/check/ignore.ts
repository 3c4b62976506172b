// What the author knows better: `check.ignore` in the configuration.
import type { SiteConfig } from '../config/types.js'

export type Ignores = (code: string, texts: readonly string[]) => boolean

/** `*` stands for any text. */
function patternOf(glob: string): RegExp {
  return new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '[^]*?')}$`)
}

/** `texts`: the address as found and as it is meant, the page's address, the source file. */
export function makeIgnores({ check }: SiteConfig): Ignores {
  const rules = check.ignore.map(({ code, at }) => ({ code: patternOf(code), at: patternOf(at) }))
  return (code, texts) =>
    rules.some((rule) => rule.code.test(code) && texts.some((text) => rule.at.test(text)))
}
