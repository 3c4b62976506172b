// `inkstone dev` put together: the server listens first, so that the address stands there at once; then everything
// else is loaded, and what somebody asked for meanwhile waits for it.
import { randomBytes } from 'node:crypto'
import type { BuildOptions } from '../built.js'
import type { Disk } from '../engine/disk.js'
import type { OutPath } from '../output/manifest.js'
import { hrefOf } from '../urls.js'
import { openAudience } from './audience.js'
import { listenFrom, originOf } from './port.js'
import { type DevServer, openServer } from './server.js'
import type { Studio, StudioBuilt } from './studio.js'
import type { Watcher } from './watch.js'

export interface DevOptions {
  readonly disk: Disk
  readonly build: BuildOptions
  readonly host: string
  readonly port: number
  readonly poll: boolean
  readonly clock: () => number
  readonly now: () => number
  readonly onBuilt: (built: StudioBuilt) => void
  /** The system does not let us watch so many folders: from now on they are polled. */
  readonly onPolling: () => void
}

export interface Dev {
  /** `http://127.0.0.1:4321/` */
  readonly url: string
  readonly port: number
  /** Never resolves; rejects where the site cannot be worked on at all (`LockHeld`, a disk that fails). */
  readonly failed: Promise<never>
  /** Tells of an error that nobody caught, as a plugin may leave behind: the server stays up. */
  mishap(error: unknown): Promise<void>
  close(): Promise<void>
}

const pollMs = 400

/** Listens, and begins to work in the background. Rejects where no port can be had. */
export async function openDev(options: DevOptions): Promise<Dev> {
  const { disk, build, host, now } = options
  const boot = randomBytes(6).toString('hex')
  const token = randomBytes(16).toString('hex')
  const audience = openAudience({ boot, token })
  let start = (_: Promise<Studio>): void => {}
  const studio = new Promise<Studio>((resolve) => {
    start = resolve
  })
  const client = async () => (await import('./client.js')).clientScript
  const http = openServer({ disk, root: build.root, host, boot, token, audience, studio, now, client })
  const port = await listenFrom(http.server, options.port, host)
  const work = openWork(options, http, audience)
  start(work.then(({ studio }) => studio))
  // Requests that wait for it are answered with the error.
  studio.catch(() => {})
  return {
    url: `${originOf(host, port)}/`,
    port,
    async mishap(error) {
      const { problemsOf } = await import('./mishap.js')
      const problems = problemsOf(error)
      audience.problems(problems)
      options.onBuilt({ ok: false, ms: 0, changed: [], problems })
    },
    failed: work.then(() => new Promise<never>(() => {})),
    async close() {
      const { close } = await work.catch(() => ({ close: async () => {} }))
      await http.close()
      await close()
    },
  }
}

interface Work {
  readonly studio: Studio
  close(): Promise<void>
}

/** Everything heavy is loaded here. */
async function openWork(
  options: DevOptions,
  http: DevServer,
  audience: ReturnType<typeof openAudience>,
): Promise<Work> {
  const { openStudio } = await import('./studio.js')
  const { watchFolders } = await import('./watch.js')
  const ring = (file: string): void => studio.ring([file])
  const poll = async (): Promise<Watcher> =>
    (await import('./poll.js')).pollFolders({ ring, everyMs: pollMs })
  let followed: readonly string[] = []
  let watcher: Watcher = options.poll
    ? await poll()
    : watchFolders({
        ring,
        onLimit: () => {
          options.onPolling()
          watcher.close()
          void poll().then((poller) => {
            watcher = poller
            watcher.follow(followed)
          })
        },
      })
  const address = (path: OutPath): string => hrefOf(`/${path}`, studio.basePath ?? '/')
  const studio = openStudio({
    disk: options.disk,
    build: options.build,
    clock: options.clock,
    now: options.now,
    async show() {
      for (const path of http.recent()) await http.find(path)
      await audience.refresh(http.find)
    },
    onFiles: (paths) => audience.files(paths.map(address)),
    onBuilt(built) {
      audience.problems(built.problems)
      options.onBuilt(built)
    },
    follow(folders) {
      followed = [...folders]
      return watcher.follow(followed)
    },
  })
  return {
    studio,
    async close() {
      watcher.close()
      await studio.close()
    },
  }
}
