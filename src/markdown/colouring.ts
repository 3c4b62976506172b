// Runs a compiled grammar of highlight.js over code: the same tree as lowlight's in a third of the time (a match makes no
// objects that nobody looks at, an end is looked for in one place instead of in all that follows, what only tells
// languages apart is left out). Where a grammar wants a language guessed it gives up, and lowlight does it.
// The rules of the game are highlight.js 11's (src/highlight.js, docs/mode-reference.rst). What is odd here is odd there:
//   - an end is matched in what follows as if nothing stood before it;
//   - a match that is refused is looked for again in the same place, among the rules after it.
// One thing is not: where two are refused in a row, highlight.js leaves out more rules than that, how many by what the
// process has read before. No text in any language of its own was found on which it shows.
import type { ElementContent } from 'hast'
import { CodeTree } from './code-tree.js'
import type { Grammar, Grammars, MatchScope } from './grammars.js'
import {
  endedBy,
  type Frame,
  isAccepted,
  type Mode,
  type ModesOf,
  nextMatch,
  ownGroups,
  rememberModes,
  rulesFrom,
  scopeIn,
} from './modes.js'

/** The language of a part of the code is to be guessed. */
export class GuessWanted extends Error {}

/** More steps than this, and more than three for each character: it goes in a circle. */
const manySteps = 100_000

/**
 * Colours code in a language that `find` of its grammars named.
 * @throws GuessWanted; another Error where a grammar goes in a circle.
 */
export type Colour = (name: string, code: string) => readonly ElementContent[]

interface Shared {
  readonly grammars: Grammars
  readonly modesOf: ModesOf
  readonly classes: Map<string, readonly string[]>
}

export function openColouring(grammars: Grammars): Colour {
  const shared: Shared = { grammars, modesOf: rememberModes(), classes: new Map() }
  return (name, code) => {
    const run = new Run(shared, name, code)
    run.go()
    return run.tree.root
  }
}

/** One piece of code in one language. */
class Run {
  readonly tree: CodeTree
  readonly #shared: Shared
  readonly #name: string
  readonly #code: string
  readonly #grammar: Grammar
  #frame: Frame
  /** Text of this frame that is not in the tree yet. */
  #buffer = ''
  /** Where pieces in other languages had come to: the next goes on there. */
  readonly #inner = new Map<string, Frame>()

  constructor(shared: Shared, name: string, code: string, within?: Frame) {
    this.#shared = shared
    this.#name = name
    this.#code = code
    this.tree = new CodeTree(shared.classes)
    this.#grammar = shared.grammars.compiled(name)
    this.#frame = within ?? { mode: shared.modesOf(this.#grammar, this.#grammar), parent: undefined }
    const open: string[] = []
    for (let { mode, parent }: Frame = this.#frame; parent; { mode, parent } = parent)
      if (mode.scope !== undefined) open.unshift(mode.scope)
    for (const scope of open) this.tree.open(scope)
  }

  /** To the end of the code; the frame that it ends in. */
  go(): Frame {
    const code = this.#code
    const { modesOf } = this.#shared
    let at = 0
    /** The first rule that may match here: 0, or the one after that which was refused. */
    let from = 0
    let began = -1
    for (let steps = 1; ; steps++) {
      const { mode } = this.#frame
      let rules = rulesFrom(mode, from, modesOf)
      let match = nextMatch(rules, at, code)
      if (from !== 0 && !match) {
        from = 0
        rules = rulesFrom(mode, 0, modesOf)
        match = nextMatch(rules, at + 1, code)
      }
      if (!match) break
      const { index } = match
      const found = match[0]
      let rule = 0
      while (match[rules.groups[rule]!] === undefined) rule++
      const group = rules.groups[rule]!
      const type = rules.types[rule]
      const begun = rules.modes[rule]
      const after = from + rule + 1
      from = 0
      this.#buffer += code.slice(at, index)
      at = index
      if (type === 'end' && began === index && found === '') {
        // Begun and ended in the same place without a character: it would do so for ever.
        this.#buffer += code.slice(at, at + 1)
        at++
        continue
      }
      began = begun ? index : -1
      if (begun) {
        const own = begun.beginsWithGroups ? ownGroups(match, group) : match
        if (isAccepted(begun, begun.asksAtBegin, own)) at += this.#takeBegin(begun, own)
        else if (after !== mode.count) from = after
        else {
          this.#buffer += found.charAt(0)
          at++
        }
        continue
      }
      if (type === 'end') {
        const own = mode.endsWithGroups ? ownGroups(match, group) : match
        const ended = endedBy(this.#frame, own, code.slice(index))
        if (ended) {
          at += this.#takeEnd(ended, own)
          continue
        }
      } else if (found === '') {
        // What is not allowed here is the end of the line.
        if (at !== code.length) this.#buffer += '\n'
        at++
        continue
      }
      if (steps > manySteps && steps > index * 3)
        throw new Error(`the grammar of ${this.#name} goes in a circle`)
      this.#buffer += found
      at += found.length
    }
    this.#buffer += code.slice(at)
    this.#flush()
    return this.#frame
  }

  /** Takes a match for the beginning of a mode; how far it goes. */
  #takeBegin(mode: Mode, match: RegExpMatchArray): number {
    const found = match[0]
    if (mode.skip) this.#buffer += found
    else {
      if (mode.excludeBegin) this.#buffer += found
      this.#flush()
      if (!mode.returnBegin && !mode.excludeBegin) this.#buffer = found
    }
    this.#begin(mode, match)
    return mode.returnBegin ? 0 : found.length
  }

  #begin(mode: Mode, match: RegExpMatchArray): void {
    if (mode.scope !== undefined) this.tree.open(mode.scope)
    if (mode.beginWrap !== undefined) {
      this.tree.word(this.#buffer, mode.beginWrap)
      this.#buffer = ''
    } else if (mode.beginGroups) this.#groups(mode.beginGroups, match)
    this.#frame = { mode, parent: this.#frame }
  }

  /** Takes a match for the end of `ended` and of all within it; how far it goes. */
  #takeEnd(ended: Frame, match: RegExpMatchArray): number {
    const found = match[0]
    const { mode } = this.#frame
    if (mode.endWrap !== undefined) {
      this.#flush()
      this.tree.word(found, mode.endWrap)
    } else if (mode.endGroups) {
      this.#flush()
      this.#groups(mode.endGroups, match)
    } else if (mode.skip) this.#buffer += found
    else {
      if (!mode.returnEnd && !mode.excludeEnd) this.#buffer += found
      this.#flush()
      if (mode.excludeEnd) this.#buffer = found
    }
    for (let isLast = false; !isLast; ) {
      isLast = this.#frame === ended
      if (this.#frame.mode.scope !== undefined) this.tree.close()
      // A grammar as a whole has no end, so there is always something around what has one.
      this.#frame = this.#frame.parent!
    }
    const { starts } = ended.mode.compiled
    if (starts) this.#begin(this.#shared.modesOf(this.#grammar, starts), match)
    return mode.returnEnd ? 0 : found.length
  }

  #flush(): void {
    const text = this.#buffer
    this.#buffer = ''
    const { mode } = this.#frame
    if (mode.subLanguage != null) this.#innerLanguage(mode.subLanguage, text)
    else this.#words(mode, text)
  }

  #words({ keywords, word }: Mode, text: string): void {
    if (!keywords) {
      this.tree.text(text)
      return
    }
    let done = 0
    word.lastIndex = 0
    for (let match = word.exec(text); match; match = word.exec(text)) {
      const found = match[0]
      const keyword = keywords[this.#grammar.case_insensitive ? found.toLowerCase() : found]
      // With an underscore it only tells languages apart.
      if (!keyword || keyword[0].startsWith('_')) continue
      this.tree.text(text.slice(done, match.index))
      this.tree.word(found, scopeIn(this.#grammar, keyword[0]))
      done = match.index + found.length
    }
    this.tree.text(text.slice(done))
  }

  /** The groups of a match that have scopes of their own; the others hold words. */
  #groups(scopes: MatchScope, match: RegExpMatchArray): void {
    this.#buffer = ''
    for (let i = 1; i < match.length; i++) {
      if (!scopes._emit?.[i]) continue
      const scope = scopes[i]
      if (scope) this.tree.word(match[i]!, scopeIn(this.#grammar, scope))
      else this.#words(this.#frame.mode, match[i]!)
    }
  }

  #innerLanguage(language: string | readonly string[], text: string): void {
    if (text === '') return
    if (typeof language !== 'string') throw new GuessWanted()
    const name = this.#shared.grammars.find(language)
    if (name === undefined) {
      this.tree.text(text)
      return
    }
    const run = new Run(this.#shared, name, text, this.#inner.get(language))
    this.#inner.set(language, run.go())
    this.tree.inner(language, run.tree.root)
  }
}
