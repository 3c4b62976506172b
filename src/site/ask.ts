// Queries asked by name: each noted, run once a build, and fingerprinted for traces that asked it before.
import { type Answer, absent, canonical, deepFreeze, fingerprint } from '../engine/fingerprint.js'
import { note } from '../engine/reads.js'
import { didYouMean, ProblemError } from '../errors.js'
import type { Json } from '../json.js'
import type { Index, Metas, Query } from './types.js'

export interface Ask {
  /** Notes `query:NAME?ARGS`. Throws a ProblemError for an unknown name or a result that is not JSON. */
  query(name: string, ...args: readonly Json[]): Json
  /** The answer to `query:` + subject; total. */
  answer(subject: string): Answer
}

/**
 * So many arguments a query of ours takes. One more would be another question with the same answer, of which a build that
 * knows what of the Index has changed could not tell who it is about.
 */
const taken = (query: Query): number => Math.max(0, query.length - 2)

interface Asked {
  readonly text: string
  /** Made when somebody wants more than the text's fingerprint. */
  value?: Json
}

/** `own`: queries of ours, which give plain data and always in one order. */
export function makeAsk(
  index: Index,
  metas: Metas,
  own: Readonly<Record<string, Query>>,
  plugins: Readonly<Record<string, Query>> = {},
): Ask {
  const queries = { ...own, ...plugins }
  const isOurs = (name: string): boolean => Object.hasOwn(own, name) && queries[name] === own[name]
  const asked = new Map<string, Asked>()
  const ask = (name: string, args: readonly Json[], subject: string): Asked => {
    const known = asked.get(subject)
    if (known) return known
    const query = Object.hasOwn(queries, name) ? queries[name] : undefined
    if (!query) throw unknownQuery(name, Object.keys(queries).sort())
    const made: Asked = {
      text: isOurs(name)
        ? JSON.stringify(query(index, metas, ...args))
        : canonicalOf(name, query(index, metas, ...args)),
    }
    asked.set(subject, made)
    return made
  }
  return {
    query(name, ...given) {
      const ours = isOurs(name) && own[name]
      const args = ours ? given.slice(0, taken(ours)) : given
      const subject = `${name}?${canonical(args)}`
      note(`query:${subject}`)
      const made = ask(name, args, subject)
      // Handed out as parsed, so that nobody can change the Index through it.
      made.value ??= deepFreeze(JSON.parse(made.text) as Json)
      return made.value
    },
    answer(subject) {
      const at = subject.indexOf('?')
      try {
        const args: unknown = JSON.parse(subject.slice(at + 1))
        return Array.isArray(args) ? fingerprint(ask(subject.slice(0, at), args, subject).text) : absent
      } catch {
        // The query is gone, or throws now: whoever asked it must run and will tell.
        return absent
      }
    },
  }
}

function canonicalOf(name: string, value: unknown): string {
  try {
    return canonical(value ?? null)
  } catch {
    throw new ProblemError({
      severity: 'error',
      code: 'site/query-not-json',
      what: `the query "${name}" returned something that is not plain data`,
      expected: ['null, text, number, true/false, lists and objects of these'],
    })
  }
}

function unknownQuery(name: string, known: readonly string[]): ProblemError {
  const near = didYouMean(name, known)
  return new ProblemError({
    severity: 'error',
    code: 'site/unknown-query',
    what: `there is no query "${name}"${near ? `, did you mean "${near}"?` : ''}`,
    found: name,
    expected: known,
  })
}
