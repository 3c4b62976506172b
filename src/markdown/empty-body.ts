// Bodies without a text: what all others begin with, and what stands in for one that could not be made.
import type { Meta } from '../content/types.js'
import type { Problem } from '../errors.js'
import type { Body } from './types.js'

export const emptyBody: Body = {
  html: '',
  excerpt: '',
  more: false,
  toc: [],
  text: '',
  sections: [],
  firstHeading: '',
  words: 0,
  minutes: 0,
  hasMath: false,
  hasCode: false,
  hasDiagrams: false,
  hasEmbeds: false,
  anchors: [],
  links: [],
  wants: [],
  image: '',
  problems: [],
}

/** A body that was given up, or whose thread ended: nothing but the Problem that says so. */
export function failedBody(meta: Meta, error: 'timeout' | 'crash', message: string): Body {
  const [code, what] =
    error === 'timeout'
      ? ['markdown/too-slow', `this document takes too long: ${message}`]
      : // Node's words for a thread that was ended for that reason.
        message.includes('memory limit')
        ? ['markdown/too-complex', 'this document needs more memory than a thread may have']
        : ['markdown/crash', `making this document failed: ${message}`]
  const problem: Problem = {
    severity: 'error',
    code,
    what,
    file: meta.file,
    line: meta.bodyLine,
    column: 1,
    fix: 'look for very long runs of * _ [ > or a very large table and split the document',
  }
  return { ...emptyBody, problems: [problem] }
}
