// `::name[label]{attributes}` at the start of a line, for the names that we know and for nothing else. remark-directive's
// other two forms are left out on purpose: `:name` would eat `12:30` and `:smile:`, `:::name` nobody has asked for.
// An unknown `::name` must parse exactly as if this file did not exist; `suspects.ts` warns of it.
// The token types are the extension's.
import type {} from 'micromark-extension-directive'
import type { Code, Construct, Effects, State, TokenizeContext } from 'micromark-util-types'
import remarkDirective from 'remark-directive'
import type { Processor } from 'unified'
import { directiveNames } from './directives.js'

const colon = 58
const isNameCode = (code: Code): boolean =>
  code !== null && (code === 45 || code === 95 || /[A-Za-z0-9]/.test(String.fromCharCode(Math.max(0, code))))

/** Succeeds, without moving on, where `::` and a known name stand. */
const knownName: Construct = {
  partial: true,
  tokenize(effects: Effects, ok: State, nok: State): State {
    let colons = 0
    let name = ''
    return (code) => {
      effects.enter('directiveLeafSequence')
      return marker(code)
    }
    function marker(code: Code): State | undefined {
      if (code === colon && colons < 2) {
        colons++
        effects.consume(code)
        return marker
      }
      if (colons < 2 || !isNameCode(code)) return nok(code)
      effects.exit('directiveLeafSequence')
      effects.enter('directiveLeafName')
      return letters(code)
    }
    function letters(code: Code): State | undefined {
      if (isNameCode(code)) {
        name += String.fromCharCode(code ?? 0)
        effects.consume(code)
        return letters
      }
      effects.exit('directiveLeafName')
      return directiveNames.includes(name) ? ok(code) : nok(code)
    }
  },
}

/** The plugin to `use` in place of remark-directive. */
export function directiveSyntax(this: Processor): void {
  remarkDirective.call(this)
  const extensions = this.data().micromarkExtensions ?? []
  const flow = extensions.pop()?.flow?.[colon]
  // [container, leaf] in remark-directive 4.
  const leaf = Array.isArray(flow) ? flow[1] : undefined
  if (!leaf)
    throw new Error('remark-directive no longer registers `::` as we know it; see directive-syntax.ts')
  const known: Construct = {
    ...leaf,
    tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
      return effects.check(knownName, leaf.tokenize.call(this, effects, ok, nok), nok)
    },
  }
  extensions.push({ flow: { [colon]: known } })
}
