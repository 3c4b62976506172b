// One address: does it answer, and is it still where it was?
import { isPrivate } from './private.js'
import type { Answer, Web } from './web.js'

export type Verdict =
  | { readonly kind: 'good' }
  /** Answers elsewhere, and says that this is for good. */
  | { readonly kind: 'moved'; readonly to: string }
  /** The host says that there is nothing. */
  | { readonly kind: 'gone'; readonly status: number }
  /** The host answers, but not to a program: only a person can tell. */
  | { readonly kind: 'refused'; readonly status: number }
  /** No answer, or one of a host in trouble. */
  | { readonly kind: 'failed'; readonly why: string }
  /** Not asked: an address of a private network. */
  | { readonly kind: 'private' }

export interface Manners {
  /** Waits until the host may be asked again, and holds it while `run` asks. */
  turn(host: string, run: () => Promise<Answer>): Promise<Answer>
  /** Strangers write the addresses: none of a private network is asked, whoever leads there. */
  readonly publicOnly: boolean
}

const mostHops = 5
/** "For good": RFC 9110, 15.4.2 and 15.4.9. The others may lead elsewhere tomorrow. */
const permanent = new Set([301, 308])
const redirects = new Set([301, 302, 303, 307, 308])
/** Such a host knows no HEAD: RFC 9110, 15.5.6 and 15.6.2. */
const unknownMethod = new Set([405, 501])

/** Follows redirects. Never throws for what the network does. */
export async function visit(url: string, web: Web, { turn, publicOnly }: Manners): Promise<Verdict> {
  let at = url
  let isForGood = true
  for (let hop = 0; hop <= mostHops; hop++) {
    if (publicOnly && isPrivate(at)) return { kind: 'private' }
    let answer: Answer
    try {
      answer = await askOnce(at, web, turn)
    } catch (error) {
      return { kind: 'failed', why: error instanceof Error ? error.message : String(error) }
    }
    const { status, location } = answer
    if (!redirects.has(status) || location === '') {
      const last = verdictOf(status)
      return last.kind === 'good' && at !== url && isForGood ? { kind: 'moved', to: at } : last
    }
    const next = URL.canParse(location, at) ? new URL(location, at) : undefined
    if (!next || !/^https?:$/.test(next.protocol))
      return { kind: 'failed', why: `it leads to ${location.slice(0, 80)}, which is no address of the web` }
    next.hash = ''
    isForGood &&= permanent.has(status)
    at = next.href
  }
  return { kind: 'failed', why: `it leads on and on, more than ${mostHops} times` }
}

async function askOnce(url: string, web: Web, turn: Manners['turn']): Promise<Answer> {
  const { host } = new URL(url)
  const answer = await turn(host, () => web.ask(url, 'HEAD'))
  return unknownMethod.has(answer.status) ? turn(host, () => web.ask(url, 'GET')) : answer
}

function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 400) return { kind: 'good' }
  if (status === 404 || status === 410) return { kind: 'gone', status }
  if (status >= 500) return { kind: 'failed', why: `the host answers ${status}` }
  return { kind: 'refused', status }
}
