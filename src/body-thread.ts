// A worker thread: loads the configuration itself (plugins are functions and cannot be sent), knows all documents by the
// Metas it was given, and runs the very `makeBody` that the main thread runs. It verifies nothing.
import { parentPort, workerData } from 'node:worker_threads'
import type { DocId, Meta, Url } from './content/types.js'
import { realDisk } from './engine/disk.js'
import { entriesOf, joinEntries } from './engine/entries.js'
import { type Answer, fingerprint } from './engine/fingerprint.js'
import type { Guard } from './engine/guard.js'
import { note, record } from './engine/reads.js'
import { openShelf } from './images/shelf.js'
import { partsOf } from './markdown/bodies.js'
import { createMarkdown, highlighterFor } from './markdown/body.js'
import type { BodyReply } from './markdown/crew.js'
import { loadFastParser } from './markdown/fast-parse.js'
import { packagesFor } from './package.js'
import { gatherSlots } from './plugin.js'
import { guardPlugins } from './plugin-guard.js'
import { pluginsOf, readConfig, shelfFolder } from './session.js'
import { type Ask, makeAsk } from './site/ask.js'
import { buildIndex } from './site/index.js'
import { queries } from './site/queries.js'
import { bodyContext } from './wiring.js'

/** Plain data, given when the thread starts. */
export interface WorkerData {
  readonly root: string
  readonly cache: string
  readonly baseUrl: string | undefined
  readonly at: number
  readonly drafts: boolean
  readonly future: boolean
  readonly patienceMs: number
  /** The main thread's world: another one here means that the configuration changed meanwhile. */
  readonly world: Answer
}

/** What is told before the first job. */
export interface WorkerHello {
  readonly metas: readonly (readonly [DocId, Meta])[]
  /** Addresses of those that are published. */
  readonly urls: readonly (readonly [DocId, Url])[]
  /** Snapshot path → where it lies. */
  readonly files: readonly (readonly [path: string, file: string])[]
}

async function start(
  data: WorkerData,
  told: Promise<WorkerHello>,
): Promise<(id: DocId) => Promise<BodyReply>> {
  const { config, loaded, world } = await readConfig({ disk: realDisk, ...data })
  if (world.hash !== data.world) throw new Error('the configuration changed during the build')
  // The pool says it where it gives a document up.
  const guard: Guard = {
    limitMs: data.patienceMs,
    enter: (name) => parentPort?.postMessage({ at: `plugin "${name}"` }),
    leave: () => parentPort?.postMessage({ at: '' }),
  }
  const slots = gatherSlots(guardPlugins(pluginsOf(loaded), guard))
  // Loaded while nobody has told it anything.
  const highlighter = highlighterFor(config)
  if (config.markdown.parser === 'auto') await loadFastParser()
  const hello = await told
  const metas = new Map(hello.metas)
  const places = new Map(hello.files)
  let seen = new Map<string, Answer>()
  const bytes = (path: string): Uint8Array | undefined => {
    const place = places.get(path)
    if (place === undefined) return undefined
    const read = realDisk.read(place)
    seen.set(path, fingerprint(read))
    return read
  }
  const shelf = openShelf(realDisk, shelfFolder(data.cache))
  const files = { has: (path: string) => places.has(path), bytes }
  // Few ask about other documents: the Index is made for the first who does.
  let ask: Ask | undefined
  const query: Ask['query'] = (name, ...args) => {
    ask ??= makeAsk(buildIndex(metas, config, data), metas, queries, slots.queries)
    return ask.query(name, ...args)
  }
  const urls = new Map(hello.urls)
  const packages = packagesFor(data.root)
  const { makeBody } = createMarkdown(
    bodyContext({ config, slots, urls, metas, query, files, packages, shelf }),
    highlighter,
  )
  return async (id) => {
    const meta = metas.get(id)
    if (!meta) throw new Error(`no document ${id}`)
    seen = new Map()
    const { value, reads } = await record(async () => {
      note(`file:${meta.file}`)
      note(`label:${id}`)
      const text = Buffer.from(bytes(meta.file) ?? []).toString('utf8')
      return partsOf(await makeBody({ meta, text }))
    })
    return { parts: joinEntries(entriesOf(value)), reads, seen: [...seen] }
  }
}

let tell: (hello: WorkerHello) => void
const told = new Promise<WorkerHello>((resolve) => {
  tell = resolve
})
// What the pool sends is what these types say.
const ready = start(workerData as WorkerData, told)
// Its failure is the answer to the first job.
ready.catch(() => {})
/** One document after the other: the next ones are sent while this one is made. */
let last: Promise<void> = Promise.resolve()
parentPort?.on('message', (message: { hello: WorkerHello } | { id: number; job: DocId }) => {
  if ('hello' in message) {
    tell(message.hello)
    return
  }
  const { id, job } = message
  last = last.then(async () => {
    try {
      const result = await (await ready)(job)
      parentPort?.postMessage({ id, result }, [result.parts.bytes.buffer])
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
    }
  })
})
