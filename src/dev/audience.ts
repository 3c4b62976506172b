// The browsers that look at the site, each connected by a stream of server-sent events: which page it shows and in
// which state, and what is told to it. It decides who must reload; it never makes a page.
import type { ServerResponse } from 'node:http'
import type { Problem } from '../errors.js'
import type { Entry } from './desk.js'
import { styleSwaps } from './swap.js'

export interface Viewer {
  /** Address of the page, decoded, without the base path. */
  readonly path: string
  /** What it shows; undefined where that is not known any more. */
  shown: Entry | undefined
}

export interface Audience {
  /** Begins a stream on this answer. `hash` is that of the page that the browser shows. */
  join(response: ServerResponse, viewer: Viewer): void
  /** Addresses of all shown pages. */
  paths(): ReadonlySet<string>
  /** Tells those whose page is another one now; `find` says what is served at an address. */
  refresh(find: (path: string) => Promise<Entry | undefined>): Promise<void>
  /** Tells everybody that these files of the site have other bytes: pictures and styles are swapped in place. */
  files(hrefs: readonly string[]): void
  problems(problems: readonly Problem[]): void
  close(): void
}

/** What every stream begins with. */
export interface Welcome {
  /** Differs between two runs of the server. */
  readonly boot: string
  /** Allows opening files in the editor. */
  readonly token: string
}

export function openAudience(welcome: Welcome): Audience {
  const viewers = new Map<ServerResponse, Viewer>()
  let told: readonly Problem[] = []
  const say = (response: ServerResponse, event: string, data: unknown): void => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const sayAll = (event: string, data: unknown): void => {
    for (const response of viewers.keys()) say(response, event, data)
  }

  return {
    join(response, viewer) {
      response.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      })
      // The browser tries again so soon after a restart.
      response.write('retry: 400\n\n')
      viewers.set(response, viewer)
      response.on('close', () => viewers.delete(response))
      say(response, 'hello', welcome)
      say(response, 'problems', told)
    },
    paths: () => new Set([...viewers.values()].map(({ path }) => path)),
    async refresh(find) {
      for (const [response, viewer] of viewers) {
        const entry = await find(viewer.path)
        const before = viewer.shown
        // Also where it is the same: the entry of an old moment keeps the whole of it alive.
        viewer.shown = entry
        if (entry?.hash === before?.hash) continue
        const swaps = before && entry && styleSwaps(textOf(before), textOf(entry))
        if (swaps) say(response, 'styles', { swaps, hash: entry?.hash })
        else say(response, 'reload', {})
      }
    },
    files(hrefs) {
      if (hrefs.length > 0) sayAll('files', hrefs)
    },
    problems(problems) {
      told = problems
      sayAll('problems', problems)
    },
    close() {
      for (const response of viewers.keys()) response.end()
    },
  }
}

/** '' where the bytes are gone: then it is not known what changed, and the page is loaded anew. */
function textOf(entry: Entry): string {
  try {
    return Buffer.from(entry.bytes()).toString('utf8')
  } catch {
    return ''
  }
}
