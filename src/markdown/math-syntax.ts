// `$…$` and `$$…$$` as remark-math reads them, but with dollars in prose left alone. A single `$` opens only before a
// character that is not blank and closes only after one that is not blank and before no digit (Pandoc's rule), so
// "$5 and $6" stays money. Beyond that, from texts that hold no formula: none begins behind a Latin letter or digit
// ("0.08$/GB"), ends before a capital (`$USER@$HOST`), runs over three lines or holds Chinese punctuation.
// The token types are the extension's.
import type {} from 'micromark-extension-math'
import type { Code, Construct, Effects, State, TokenizeContext } from 'micromark-util-types'
import remarkMath from 'remark-math'
import type { Processor } from 'unified'

const dollar = 36
const backslash = 92
const isBlank = (code: Code): boolean => code === null || code < 0 || code === 32
const isLineEnding = (code: Code): boolean => code !== null && code < -2
const isDigit = (code: Code): boolean => code !== null && code >= 48 && code <= 57

const isCapital = (code: Code): boolean => code !== null && code >= 65 && code <= 90
const isProseMark = (code: Code): boolean =>
  code !== null && code > 127 && /[，。；：？！、“”（）《》]/.test(String.fromCharCode(code))

/** The tokens are remark-math's own (`mathText…`), so that its resolver and its tree builder serve us. */
function tokenizeMath(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  let opening = 0
  let closing = 0
  let last: Code = null
  let lines = 1
  let isProse = false
  let hasCommand = false
  // micromark rewinds failed attempts; the rest of a run of dollars that is no fence must not open another.
  return (code) => {
    effects.enter('mathText')
    effects.enter('mathTextSequence')
    return openingFence(code)
  }

  function openingFence(code: Code): State | undefined {
    if (code === dollar) {
      opening++
      effects.consume(code)
      return openingFence
    }
    effects.exit('mathTextSequence')
    if (opening === 1 && isBlank(code)) return nok(code)
    return between(code)
  }

  function between(code: Code): State | undefined {
    if (code === null) return nok(code)
    if (isLineEnding(code)) {
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      last = code
      lines++
      return opening === 1 && lines > 2 ? nok : between
    }
    if (code === dollar) {
      closing = 0
      // A lone dollar that closes nothing ends the attempt: `$5, $a$` is money and a formula.
      return effects.attempt({ tokenize: tokenizeClosing }, ok, opening === 1 ? nok : dataStart)(code)
    }
    return dataStart(code)
  }

  function dataStart(code: Code): State | undefined {
    effects.enter('mathTextData')
    return code === dollar ? dollars(code) : data(code)
  }

  /** `$$a $b$ c$$`: single dollars within double ones are part of the formula. */
  function dollars(code: Code): State | undefined {
    if (code !== dollar) return data(code)
    effects.consume(code)
    last = code
    return dollars
  }

  function data(code: Code): State | undefined {
    if (code === null || code === dollar || isLineEnding(code)) {
      effects.exit('mathTextData')
      return between(code)
    }
    effects.consume(code)
    const isEscape = code === backslash
    hasCommand ||= isEscape
    isProse ||= isProseMark(code)
    last = code
    return isEscape ? escaped : data
  }

  /** `\$` and `\\` inside a formula belong to it. */
  function escaped(code: Code): State | undefined {
    if (code !== dollar && code !== backslash) return data(code)
    effects.consume(code)
    last = code
    return data
  }

  function tokenizeClosing(this: TokenizeContext, inner: Effects, okClose: State, nokClose: State): State {
    return (code) => {
      inner.enter('mathTextSequence')
      return sequence(code)
    }
    function sequence(code: Code): State | undefined {
      if (code === dollar) {
        closing++
        inner.consume(code)
        return sequence
      }
      inner.exit('mathTextSequence')
      if (closing !== opening) return nokClose(code)
      if (opening === 1 && (isBlank(last) || isDigit(code) || isCapital(code) || (isProse && !hasCommand)))
        return nokClose(code)
      inner.exit('mathText')
      return okClose(code)
    }
  }
}

/** What may stand before a formula: no Latin letter or digit, no dollar unless it is escaped. */
function previous(this: TokenizeContext, code: Code): boolean {
  if (code === dollar) return this.events.at(-1)?.[1].type === 'characterEscape'
  return code === null || code < 0 || !/[A-Za-z0-9]/.test(String.fromCharCode(code))
}

/** The plugin to `use` in place of remark-math. */
export function mathSyntax(this: Processor): void {
  remarkMath.call(this)
  const extensions = this.data().micromarkExtensions ?? []
  const math = extensions.pop()
  const text = math?.text?.[dollar]
  if (!math || !text) throw new Error('remark-math no longer registers `$`; see math-syntax.ts')
  const original: Construct = Array.isArray(text) ? text[0]! : text
  extensions.push({
    ...math,
    text: { ...math.text, [dollar]: { ...original, tokenize: tokenizeMath, previous } },
  })
}
