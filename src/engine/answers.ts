// Questions and who answers them. Each floor registers its schemes (`file:`, `meta:`, `query:` …); an answer is
// asked for once a build and remembered, because the world of one build is one moment.
import { type Answer, absent } from './fingerprint.js'
import type { Question } from './reads.js'

/** Total: never throws, never runs code of users that may. Gets what follows the scheme's colon. */
export type Answerer = (subject: string) => Answer

export interface Answers {
  /** Registers a scheme; a second registration of one scheme is a mistake of ours. */
  answer(scheme: string, answerer: Answerer): void
  /** What a scheme answers until it is registered; never remembered. Who relied on it must be asked again then. */
  guess(scheme: string, answerer: Answerer): void
  ask(question: Question): Answer
  /** The same without remembering it, for who remembers it better. */
  look(question: Question): Answer
  /** Is there somebody who answers this, rather than guesses? */
  isFinal(question: Question): boolean
}

const schemeOf = (question: Question): string => question.slice(0, question.indexOf(':'))

export function makeAnswers(): Answers {
  const answerers = new Map<string, Answerer>()
  const guesses = new Map<string, Answerer>()
  const remembered = new Map<Question, Answer>()
  /** `isFinal`: not a guess. */
  const answerTo = (question: Question): { readonly answer: Answer; readonly isFinal: boolean } => {
    const scheme = schemeOf(question)
    const final = answerers.get(scheme)
    const answerer = final ?? guesses.get(scheme)
    const answer = answerer?.(question.slice(scheme.length + 1)) ?? absent
    return { answer, isFinal: final !== undefined }
  }
  return {
    answer(scheme, answerer) {
      if (answerers.has(scheme)) throw new Error(`scheme ${scheme}: has two answerers`)
      answerers.set(scheme, answerer)
    },
    guess: (scheme, answerer) => void guesses.set(scheme, answerer),
    isFinal: (question) => answerers.has(schemeOf(question)),
    look: (question) => remembered.get(question) ?? answerTo(question).answer,
    ask(question) {
      const known = remembered.get(question)
      if (known !== undefined) return known
      const { answer, isFinal } = answerTo(question)
      // What a floor that is not built yet says must not be remembered: it would be wrong later.
      if (isFinal) remembered.set(question, answer)
      return answer
    },
  }
}
