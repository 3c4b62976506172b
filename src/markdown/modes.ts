// A grammar's modes with all that running them asks for, each in the same form and looked up once: modes themselves have
// every form that their authors gave them, and reading those is what costs.
import type { Ask, CompiledMode, Grammar, MatchScope, Reply } from './grammars.js'

/** What may come next in a mode: a regular expression, and for each of its alternatives the group that tells it. */
export interface Rules {
  readonly pattern: RegExp
  readonly groups: readonly number[]
  readonly types: readonly ('begin' | 'end' | 'illegal')[]
  /** The mode that an alternative begins. */
  readonly modes: readonly (Mode | undefined)[]
}

export interface Mode {
  readonly grammar: Grammar
  readonly compiled: CompiledMode
  readonly scope: string | undefined
  readonly beginWrap: string | undefined
  readonly beginGroups: MatchScope | undefined
  readonly endWrap: string | undefined
  readonly endGroups: MatchScope | undefined
  readonly keywords: CompiledMode['keywords']
  readonly word: RegExp
  /** Its end, looked for only where the text begins. */
  readonly end: RegExp | undefined
  readonly asksAtBegin: readonly Ask[]
  readonly asksAtEnd: readonly Ask[]
  /** Do its beginning and its end want the groups of their match? */
  readonly beginsWithGroups: boolean
  readonly endsWithGroups: boolean
  readonly subLanguage: CompiledMode['subLanguage']
  readonly skip: boolean
  readonly excludeBegin: boolean
  readonly returnBegin: boolean
  readonly excludeEnd: boolean
  readonly returnEnd: boolean
  readonly endsParent: boolean
  readonly endsWithParent: boolean
  /** How many alternatives begin a mode. */
  readonly count: number
  /** Rules from the n-th alternative on, made when they are asked for; empty where there are none. */
  readonly rules: (Rules | undefined)[]
}

/** A mode that was begun, within others. */
export interface Frame {
  readonly mode: Mode
  readonly parent: Frame | undefined
}

export type ModesOf = (grammar: Grammar, compiled: CompiledMode) => Mode

/** A class as the grammar's author would have it. */
export const scopeIn = (grammar: Grammar, scope: string): string => grammar.classNameAliases[scope] ?? scope

/** Remembers a mode as long as its grammar lives. */
export function rememberModes(): ModesOf {
  const known = new WeakMap<CompiledMode, Mode>()
  return (grammar, compiled) => {
    const before = known.get(compiled)
    if (before) return before
    const mode = modeOf(grammar, compiled)
    known.set(compiled, mode)
    return mode
  }
}

function modeOf(grammar: Grammar, compiled: CompiledMode): Mode {
  const { scope, beginScope, endScope, endRe, endsWithParent, starts } = compiled
  const asksAtBegin = [compiled.__beforeBegin, compiled['on:begin']].filter((ask) => ask != null)
  const asksAtEnd = compiled['on:end'] ? [compiled['on:end']] : []
  return {
    grammar,
    compiled,
    scope: scope ? scopeIn(grammar, scope) : undefined,
    beginWrap: beginScope?._wrap ? scopeIn(grammar, beginScope._wrap) : undefined,
    beginGroups: beginScope?._multi ? beginScope : undefined,
    endWrap: endScope?._wrap || undefined,
    endGroups: endScope?._multi ? endScope : undefined,
    keywords: compiled.keywords,
    word: compiled.keywordPatternRe,
    end: endRe && new RegExp(endRe.source, `${endRe.flags}y`),
    asksAtBegin,
    asksAtEnd,
    beginsWithGroups: asksAtBegin.length > 0 || Boolean(beginScope?._multi),
    // What is around may want them, and what starts where this ends.
    endsWithGroups: asksAtEnd.length > 0 || Boolean(endScope?._multi || endsWithParent || starts),
    subLanguage: compiled.subLanguage,
    skip: Boolean(compiled.skip),
    excludeBegin: Boolean(compiled.excludeBegin),
    returnBegin: Boolean(compiled.returnBegin),
    excludeEnd: Boolean(compiled.excludeEnd),
    returnEnd: Boolean(compiled.returnEnd),
    endsParent: Boolean(compiled.endsParent),
    endsWithParent: Boolean(endsWithParent),
    count: compiled.matcher.count,
    rules: [],
  }
}

export function rulesFrom(mode: Mode, from: number, modesOf: ModesOf): Rules {
  const known = mode.rules[from]
  if (known) return known
  const { matcherRe, matchIndexes } = mode.compiled.matcher.getMatcher(from)
  // Numbers as keys stand in their order.
  const groups = Object.keys(matchIndexes).map(Number)
  const found = groups.map((group) => matchIndexes[group]!)
  // After a refusal only a match in the very same place counts: to look for one in all that follows would cost the square
  // of a text in which many are refused.
  const pattern = from === 0 ? matcherRe : new RegExp(matcherRe.source, matcherRe.flags.replace('g', 'y'))
  const rules: Rules = {
    pattern,
    groups,
    types: found.map(({ type }) => type),
    modes: found.map(({ rule }) => rule && modesOf(mode.grammar, rule)),
  }
  mode.rules[from] = rules
  return rules
}

/** The first match of any of the rules from a place on, or, of those after a refused one, in that place. */
export function nextMatch({ pattern, groups }: Rules, at: number, code: string): RegExpExecArray | null {
  if (groups.length === 0) return null
  pattern.lastIndex = at
  return pattern.exec(code)
}

/** The match of one rule, numbered as if it stood alone. */
export function ownGroups(match: RegExpExecArray, first: number): RegExpMatchArray {
  const own: RegExpMatchArray = match.slice(first) as string[] & { 0: string } // A rule that matched has a text.
  own.index = match.index
  own.input = match.input
  return own
}

/** Does its own code, asked in turn, take this for a match? */
export function isAccepted(mode: Mode, asks: readonly Ask[], match: RegExpMatchArray): boolean {
  if (asks.length === 0) return true
  let isMatchIgnored = false
  mode.compiled.data ??= {}
  const reply: Reply = {
    data: mode.compiled.data,
    get isMatchIgnored() {
      return isMatchIgnored
    },
    ignoreMatch() {
      isMatchIgnored = true
    },
  }
  for (const ask of asks) {
    ask(match, reply)
    if (isMatchIgnored) return false
  }
  return true
}

/** The innermost of the frames that ends here, `rest` being what follows; undefined where none does. */
export function endedBy(frame: Frame, match: RegExpMatchArray, rest: string): Frame | undefined {
  for (let around: Frame | undefined = frame; around; around = around.parent) {
    const { mode } = around
    if (mode.end) mode.end.lastIndex = 0
    if (mode.end?.test(rest) && isAccepted(mode, mode.asksAtEnd, match)) {
      while (around.mode.endsParent && around.parent) around = around.parent
      return around
    }
    if (!mode.endsWithParent) return undefined
  }
  return undefined
}
