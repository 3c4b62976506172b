// Ends bare URLs before Chinese punctuation and Han text while the line is being read, so that markup behind a URL is
// still markup. GFM's own tokenizer does the work: it is only shown a blank where such a character stands.
// The literal links that GFM finds afterwards in plain text are cut in `autolinks.ts`.
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types'
import type { Processor } from 'unified'
import { urlEnd } from './scripts.js'

const blank = 32
/** `h`, `w` and their capitals: where GFM looks for `http` and `www`. */
const firstLetters = [72, 87, 104, 119]

/** Codes are UTF-16 units; rare ideographs come in two. */
const endsUrl = (code: Code): boolean =>
  code !== null &&
  code > 127 &&
  ((code >= 0xd840 && code <= 0xd8bf) || urlEnd.test(String.fromCharCode(code)))

function ending(construct: Construct): Construct {
  return {
    ...construct,
    tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
      let real: Code = null
      let done = false
      const finish = (state: State): State => {
        return () => {
          done = true
          return state(real)
        }
      }
      // Every state passes through here, those of nested attempts too: the parser only calls what was returned
      // last. What follows the link is none of ours and must see every character as it is.
      const shown = (state: State): State => {
        return (code) => {
          real = code
          const next = state(endsUrl(code) ? blank : code)
          return next && !done ? shown(next) : next
        }
      }
      return shown(construct.tokenize.call(this, effects, finish(ok), finish(nok)))
    },
  }
}

/** The plugin to `use` after remark-gfm, for documents that hold wide text. */
export function autolinkSyntax(this: Processor): void {
  const extensions = this.data().micromarkExtensions ?? []
  this.data().micromarkExtensions = extensions.map((extension): Extension => {
    const text = { ...extension.text }
    for (const letter of firstLetters) {
      const constructs = text[letter]
      if (constructs === undefined) continue
      const list = Array.isArray(constructs) ? constructs : [constructs]
      text[letter] = list.map((one) =>
        one.name === 'protocolAutolink' || one.name === 'wwwAutolink' ? ending(one) : one,
      )
    }
    return { ...extension, text }
  })
}
