// How others' hosts are asked: each by one request at a time with a pause behind it, few hosts at once.
import type { Answer, Web } from './web.js'

/** Between the end of a request to a host and the next one. */
export const pauseMs = 1000
/** Hosts that are asked at the same time. */
export const hostsAtOnce = 4

/** A turn for each request, host by host. */
export function takingTurns(web: Web): (host: string, run: () => Promise<Answer>) => Promise<Answer> {
  const lines = new Map<string, Promise<unknown>>()
  const free = new Map<string, number>()
  return (host, run) => {
    const mine = (lines.get(host) ?? Promise.resolve()).then(async () => {
      const left = (free.get(host) ?? 0) - web.now()
      if (left > 0) await web.wait(left)
      try {
        return await run()
      } finally {
        free.set(host, web.now() + pauseMs)
      }
    })
    lines.set(
      host,
      mine.catch(() => undefined),
    )
    return mine
  }
}

/** Does `work` for every address: those of one host one after the other, `hostsAtOnce` hosts beside each other. */
export async function hostByHost(
  urls: readonly string[],
  work: (url: string) => Promise<void>,
): Promise<void> {
  const groups = new Map<string, string[]>()
  for (const url of urls) {
    const { host } = new URL(url)
    groups.set(host, [...(groups.get(host) ?? []), url])
  }
  // The longest first: it decides how long all take.
  const waiting = [...groups.values()].sort((a, b) => b.length - a.length)
  const worker = async (): Promise<void> => {
    for (let group = waiting.shift(); group; group = waiting.shift()) for (const url of group) await work(url)
  }
  await Promise.all(Array.from({ length: hostsAtOnce }, worker))
}
