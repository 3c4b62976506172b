// The one piece of ambient state in the program: which questions the running step has asked.
// `note` is the only way to leave a trace. AsyncLocalStorage makes it hold across awaits, so the same
// mechanism serves unified's async plugins and nunjucks' synchronous getters.
import { AsyncLocalStorage } from 'node:async_hooks'

/** A question in plain text, so that it can be kept and asked again: `file:layouts/post.njk`, `query:recent?[5]`. */
export type Question = string

const current = new AsyncLocalStorage<Set<Question>>()

/** Notes that the running step asked `question`. Outside a step it does nothing. */
export function note(question: Question): void {
  current.getStore()?.add(question)
}

/** Runs a step and returns its value with the questions asked, in the order of first asking. */
export async function record<T>(run: () => T | Promise<T>): Promise<{ value: T; reads: Question[] }> {
  const reads = new Set<Question>()
  const value = await current.run(reads, run)
  return { value, reads: [...reads] }
}

/** Is a step running? Steps are never nested: the engine refuses one inside another. */
export function isRecording(): boolean {
  return current.getStore() !== undefined
}
