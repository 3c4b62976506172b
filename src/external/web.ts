// The network, as much of it as asking whether an address answers needs. But for `inkstone ping`, nothing else asks anybody.
// fetch's traps: by itself it follows redirects without saying so; a body that nobody reads keeps its connection; what
// went wrong is told in `cause`, of which there may be several (one for each address of a host).
import { packageVersion } from '../package.js'

export interface Answer {
  readonly status: number
  /** Where a redirect leads, as it was written; '' for none. */
  readonly location: string
}

export interface Web {
  /** Milliseconds since 1970. */
  now(): number
  wait(ms: number): Promise<void>
  /** One request, redirects not followed. Throws an Error whose message is the reason, in a few words. */
  ask(url: string, method: 'HEAD' | 'GET'): Promise<Answer>
}

/** A host that has not answered by then will not. */
const patienceMs = 15_000

export function realWeb(now: () => number): Web {
  const headers = {
    'user-agent': `inkstone/${packageVersion()} (checks links; asks each once a week)`,
    accept: '*/*',
  }
  return {
    now,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    async ask(url, method) {
      try {
        const signal = AbortSignal.timeout(patienceMs)
        const response = await fetch(url, { method, headers, signal, redirect: 'manual' })
        await response.body?.cancel()
        return { status: response.status, location: response.headers.get('location') ?? '' }
      } catch (error) {
        throw new Error(reasonOf(error), { cause: error })
      }
    },
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} s`
  const [inner] = error.cause instanceof AggregateError ? error.cause.errors : [error.cause]
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : ''
  if (code === 'ENOTFOUND') return 'there is no such host'
  if (code === 'ECONNREFUSED') return 'the host refuses the connection'
  if (/CERT|TLS|SSL/.test(code)) return `its certificate is not valid (${code})`
  return code || (inner instanceof Error ? inner.message : error.message)
}
