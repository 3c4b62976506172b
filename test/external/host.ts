// Hosts on this machine that answer as they are told and note what they were asked; and a clock that nobody waits for.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { realWeb, type Web } from '../../src/external/web.js'

export interface Host {
  /** `http://127.0.0.1:1234` */
  readonly url: string
  /** `HEAD /a`, in order. */
  readonly heard: string[]
  /** By path: a status, or where it leads. Others are 404. `HEAD /x` goes before `/x`. */
  readonly answers: Map<string, number | readonly [status: number, location: string]>
  /** Requests that were open at the same time, at most. */
  most: number
}

export async function openHost(
  t: TestContext,
  answers: Record<string, number | [number, string]>,
): Promise<Host> {
  const host = { url: '', heard: [] as string[], answers: new Map(Object.entries(answers)), most: 0 }
  let open = 0
  const server = createServer((request, response) => {
    host.most = Math.max(host.most, ++open)
    response.on('close', () => open--)
    const { method = '', url = '' } = request
    host.heard.push(`${method} ${url}`)
    const answer = host.answers.get(`${method} ${url}`) ?? host.answers.get(url) ?? 404
    const [status, location] = typeof answer === 'number' ? [answer, ''] : answer
    response.writeHead(status, location === '' ? {} : { location }).end(method === 'HEAD' ? undefined : 'x')
  })
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go))
  t.after(() => server.close())
  // A TCP server that listens has this kind of address.
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return host
}

export interface FalseWeb extends Web {
  /** Moves the clock. */
  pass(ms: number): void
  /** Host and moment of each request, as the clock tells it. */
  readonly asked: { readonly host: string; readonly at: number }[]
}

/** The real network, to this machine alone, by a clock that only waiting moves. */
export function falseWeb(): FalseWeb {
  let now = Date.UTC(2026, 0, 1)
  const real = realWeb(() => now)
  const asked: { host: string; at: number }[] = []
  return {
    asked,
    now: () => now,
    pass: (ms) => {
      now += ms
    },
    wait: async (ms) => {
      now += ms
    },
    ask(url, method) {
      const { host, hostname } = new URL(url)
      if (hostname !== '127.0.0.1') throw new Error(`a test asked ${host}`)
      asked.push({ host, at: now })
      return real.ask(url, method)
    },
  }
}
