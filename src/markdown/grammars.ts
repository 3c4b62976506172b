// The grammars of highlight.js, compiled by itself and read by `colouring.ts`, which runs them quicker than it does.
// Traps: its interface has no word for a compiled grammar. `highlight` compiles one within the object that
// `getLanguage` gives, and what it puts there is written down here; with another version of the package
// `test/markdown/colouring.test.ts` says whether it is still so. Common constants are frozen, so instances share nothing.
// Registering a grammar makes all of its rules (half a millisecond), so that is done when one is asked for. `__emitTokens`
// stands for a grammar that reads code by itself: with it `highlight` compiles and runs nothing.
import type { LanguageFn } from 'highlight.js'
import HighlightJs from 'highlight.js/lib/core'

/** What a grammar's own code is asked about a match, and what it may say: that it is none. */
export interface Reply {
  readonly data: Record<string, unknown>
  readonly isMatchIgnored: boolean
  ignoreMatch(): void
}
export type Ask = (match: RegExpMatchArray, reply: Reply) => void

/** Classes for the whole match, or for its groups by number. */
export interface MatchScope {
  readonly _wrap?: string
  readonly _multi?: boolean
  readonly _emit?: Readonly<Record<number, boolean>>
  readonly [group: number]: string | undefined
}

/** One regular expression for all that may come in a mode; `matchIndexes` tells what by its first group. */
export interface JoinedRules {
  readonly matcherRe: RegExp
  readonly matchIndexes: Readonly<Record<number, { type: 'begin' | 'end' | 'illegal'; rule?: CompiledMode }>>
}

/** A mode as highlight.js compiles it; only what is read. */
export interface CompiledMode {
  readonly scope?: string
  readonly beginScope?: MatchScope
  readonly endScope?: MatchScope
  /** Words with their scope and how much they tell of the language. */
  readonly keywords?: Readonly<Record<string, readonly [scope: string, relevance: number]>>
  readonly keywordPatternRe: RegExp
  readonly endRe?: RegExp
  readonly skip?: boolean
  readonly excludeBegin?: boolean
  readonly returnBegin?: boolean
  readonly excludeEnd?: boolean
  readonly returnEnd?: boolean
  readonly endsParent?: boolean
  readonly endsWithParent?: boolean
  readonly starts?: CompiledMode
  /** A list: whichever of these the text is most like. */
  readonly subLanguage?: string | readonly string[]
  readonly __beforeBegin?: Ask | null
  readonly 'on:begin'?: Ask
  readonly 'on:end'?: Ask
  /** What its own code remembers of its last match. */
  data?: Record<string, unknown>
  /** `getMatcher(n)`: of its rules from the n-th on; `count`: how many of them begin a mode. */
  readonly matcher: { readonly count: number; getMatcher(from: number): JoinedRules }
}

export interface Grammar extends CompiledMode {
  readonly case_insensitive?: boolean
  readonly classNameAliases: Readonly<Record<string, string>>
}

export interface Grammars {
  /** A grammar's own name for it or one of its aliases, in any case; undefined where there is none. */
  find(name: string): string | undefined
  names(): readonly string[]
  /** Of one that `find` named. */
  compiled(name: string): Grammar
}

/** `aliases`: each name's, separated by blanks. Without them every grammar is made at once, to hear its own. */
export function openGrammars(
  grammars: Readonly<Record<string, LanguageFn>>,
  aliases?: Readonly<Record<string, string>>,
): Grammars {
  const engine = HighlightJs.newInstance()
  const names = new Map<string, string>()
  const compiled = new Map<string, Grammar>()
  for (const name of Object.keys(grammars)) {
    if (!aliases) engine.registerLanguage(name, grammars[name]!)
    const own = aliases ? aliases[name]?.split(' ') : engine.getLanguage(name)?.aliases
    for (const alias of own ?? []) names.set(alias.toLowerCase(), name)
  }
  // A name goes before what is only an alias.
  for (const name of Object.keys(grammars)) names.set(name, name)
  return {
    find: (name) => names.get(name.toLowerCase()),
    names: () => Object.keys(grammars),
    compiled(name) {
      const known = compiled.get(name)
      if (known) return known
      if (!engine.getLanguage(name)) engine.registerLanguage(name, grammars[name]!)
      const language = engine.getLanguage(name)!
      Object.assign(language, { __emitTokens() {} })
      engine.highlight('', { language: name })
      // As it lies there now: see the top.
      const grammar = language as unknown as Grammar
      compiled.set(name, grammar)
      return grammar
    },
  }
}
