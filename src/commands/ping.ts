// `inkstone ping`: tells the hub (WebSub) which feeds have changed since it was last told. For after the site has been
// uploaded: a hub that is told fetches at once. It never is a part of a build.
import { join, resolve } from 'node:path'
import { realDisk, writeAtomically } from '../engine/disk.js'
import { seal, unseal } from '../engine/seal.js'
import { type Problem, ProblemError } from '../errors.js'
import { loadManifest } from '../output/manifest.js'
import { type PublishedFeed, publishedFeeds } from '../ping/feeds.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'

/** A hub that has not answered by then has not heard. */
const patienceMs = 20_000

export const pingCommand: Command = {
  usage: 'ping',
  help: 'tell the hub which feeds have changed since the last time',
  words: [0, 0],
  flags: {
    root: rootFlag,
    out: { kind: 'text', value: 'DIR', help: 'the output folder (default: dist)' },
    cache: { kind: 'text', value: 'DIR', help: 'where what was told is kept (default: .inkstone)' },
    'dry-run': { kind: 'flag', help: 'show what would be told and tell nobody' },
    json: { kind: 'flag', help: 'print one JSON object' },
    help: helpFlag,
  },
  async run({ texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> {
    const root = resolve(terminal.folder, texts.get('root') ?? '.')
    const out = resolve(root, texts.get('out') ?? 'dist')
    const file = join(resolve(root, texts.get('cache') ?? '.inkstone'), 'pinged')
    const isDry = flags.has('dry-run')
    const feeds = feedsIn(out)
    const told = readTold(file)
    const changed = feeds.filter(({ self, hash }) => told.get(self) !== hash)
    const problems: Problem[] = []
    for (const feed of isDry ? [] : changed) {
      const fault = await tell(feed)
      if (fault) problems.push(fault)
      else told.set(feed.self, feed.hash)
    }
    const failed = new Set(problems.map(({ found }) => found))
    const done = changed.filter(({ self }) => !failed.has(self))
    if (done.length > 0 && !isDry) writeTold(file, told)
    if (flags.has('json')) {
      const ok = problems.length === 0
      terminal.out(`${JSON.stringify({ ok, told: isDry ? [] : done, changed, problems })}\n`)
    } else {
      for (const { self, hub } of done) terminal.out(`${isDry ? 'would tell' : 'told'} ${hub} of ${self}\n`)
      if (changed.length === 0) terminal.out(`No feed has changed: ${feeds.length} looked at.\n`)
    }
    if (problems.length > 0) {
      if (flags.has('json')) return 1
      throw new ProblemError(...problems)
    }
    return 0
  },
}

function feedsIn(out: string): PublishedFeed[] {
  const manifest = loadManifest(realDisk, out)
  const problem = { severity: 'error', code: 'ping/nothing' } as const
  if (manifest === 'lost')
    throw new ProblemError({
      ...problem,
      what: `there is no site of ours in ${out}`,
      fix: 'run inkstone build first, or say where it is by --out',
    })
  const feeds = publishedFeeds(realDisk, out, manifest)
  if (feeds.length === 0)
    throw new ProblemError({
      ...problem,
      what: 'no feed of the built site names a hub',
      fix: "write feeds: { hub: 'https://…/' } into the configuration and build",
    })
  return feeds
}

/** Damaged or lost, it says that nothing was told: the hub hears twice, which does no harm. */
function readTold(file: string): Map<string, string> {
  if (!realDisk.stat(file)) return new Map()
  const text = unseal(Buffer.from(realDisk.read(file)).toString('utf8'))
  // Its seal says that we wrote it.
  return new Map(Object.entries(JSON.parse(text ?? '{}') as Record<string, string>))
}

function writeTold(file: string, told: ReadonlyMap<string, string>): void {
  realDisk.makeFolder(resolve(file, '..'))
  const sorted = [...told].sort(([a], [b]) => (a < b ? -1 : 1))
  writeAtomically(realDisk, file, seal(JSON.stringify(Object.fromEntries(sorted))))
}

/** What went wrong, undefined for nothing. */
async function tell({ self, hub }: PublishedFeed): Promise<Problem | undefined> {
  const fault = (how: string): Problem => ({
    severity: 'error',
    code: 'ping/refused',
    what: `the hub ${hub} ${how}`,
    found: self,
    fix: 'try again later: what it has heard is remembered',
  })
  try {
    const response = await fetch(hub, {
      method: 'POST',
      body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': self, 'hub.topic': self }),
      signal: AbortSignal.timeout(patienceMs),
    })
    return response.ok ? undefined : fault(`answered ${response.status} ${response.statusText}`.trim())
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return fault(`could not be reached: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}
