// `inkstone urls init|update|forget URL…`: the only way in which the ledger `urls.lock.json` is ever written.
import { join, resolve } from 'node:path'
import { ledgerFile } from '../content/input-names.js'
import { readMeta } from '../content/meta.js'
import { applySlots } from '../content/meta-slots.js'
import { documentsOf } from '../content/metas.js'
import { scan } from '../content/scan.js'
import type { DocId, Meta, Url } from '../content/types.js'
import { realDisk, writeAtomically } from '../engine/disk.js'
import { didYouMean, type Problem, ProblemError } from '../errors.js'
import { normalAddress } from '../import/old-addresses.js'
import { inputFolders } from '../inputs.js'
import { readConfig } from '../session.js'
import { settleSite } from '../settle.js'
import { buildIndex } from '../site/index.js'
import { type Ledger, ledgerOf, type Publication, writeLedger } from '../site/ledger.js'
import { queries } from '../site/queries.js'
import { updatedLedger } from '../site/settle-ledger.js'
import { absoluteOf } from '../urls.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'

const actions = ['init', 'update', 'forget']

export const urlsCommand: Command = {
  usage: 'urls init|update|forget URL…',
  help: 'keep a ledger of every public address and feed id',
  words: [1, 1000],
  flags: {
    root: rootFlag,
    'dry-run': { kind: 'flag', help: 'show what would change and write nothing' },
    json: { kind: 'flag', help: 'print one JSON object' },
    help: helpFlag,
  },
  async run({ words, texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> {
    const [action = '', ...urls] = words
    if (!actions.includes(action)) {
      const near = didYouMean(action, actions)
      throw refused(`urls ${action}: there are ${actions.join(', ')}${near ? `; did you mean ${near}?` : ''}`)
    }
    if ((action === 'forget') !== urls.length > 0)
      throw refused(action === 'forget' ? 'urls forget needs an address' : `urls ${action} takes no address`)
    const root = resolve(terminal.folder, texts.get('root') ?? '.')
    const site = await openSite(root, terminal.now())
    if (action === 'init' && site.exists)
      throw refused(`there is a ${ledgerFile} already`, { fix: 'run inkstone urls update' })
    if (action !== 'init' && !site.exists)
      throw refused(`there is no ${ledgerFile} yet`, { fix: 'run inkstone urls init' })
    const next =
      action === 'init' ? ledgerOf(site.published) : action === 'update' ? update(site) : forget(site, urls)
    const changes = changesOf(site.ledger, next)
    if (!flags.has('dry-run')) writeAtomically(realDisk, join(root, ledgerFile), writeLedger(next))
    if (flags.has('json'))
      terminal.out(`${JSON.stringify({ ok: true, written: !flags.has('dry-run'), changes })}\n`)
    else {
      terminal.out(changes.map((change) => `${change}\n`).join(''))
      const entries = `${next.entries.size} entries`
      terminal.out(
        changes.length === 0
          ? `${ledgerFile} is up to date: ${entries}\n`
          : flags.has('dry-run')
            ? 'Nothing was written.\n'
            : `${ledgerFile}: ${entries}. Commit it with the site.\n`,
      )
    }
    return 0
  },
}

const refused = (what: string, more: Partial<Problem> = {}): ProblemError =>
  new ProblemError({ severity: 'error', code: 'usage', what, ...more })

interface Site {
  readonly exists: boolean
  readonly ledger: Ledger
  readonly settled: ReturnType<typeof settleSite>
  readonly published: readonly Publication[]
  readonly basePath: string
}

/** The documents as a build at this moment would publish them. */
async function openSite(root: string, now: number): Promise<Site> {
  const { config, slots } = await readConfig({ disk: realDisk, root, cache: join(root, '.inkstone') })
  const folders = inputFolders(root)
  const snapshot = scan({ disk: realDisk, root, folders, before: {}, now, verify: false })
  const metas = new Map<DocId, Meta>()
  const problems: Problem[] = []
  for (const id of documentsOf(snapshot)) {
    const result = readMeta(id, (path) => snapshot.text(path), config)
    problems.push(...result.problems.filter(({ severity }) => severity === 'error'))
    const { meta } = applySlots(result, slots.meta)
    if (meta) metas.set(id, meta)
  }
  // With a document that cannot be read its addresses would seem to be gone.
  if (problems.length > 0) throw new ProblemError(...problems)
  const show = { at: now, drafts: false, future: false }
  const settled = settleSite({ snapshot, config, metas, ...show })
  const damaged = settled.problems.filter(({ code }) => code === 'ledger/damaged')
  if (damaged.length > 0) throw new ProblemError(...damaged)
  const index = buildIndex(metas, config, { ...show, ledger: settled })
  const ids = queries['feedIds']?.(index, metas) as Readonly<Record<DocId, string>> // what that query yields
  const published = index.published.flatMap((id): Publication[] => {
    const meta = metas.get(id)
    if (!meta) return []
    const feedId = meta.kind === 'post' ? (ids[id] ?? absoluteOf(meta.url, config.baseUrl)) : ''
    return [{ meta, body: snapshot.text(meta.file)?.slice(meta.bodyOffset) ?? '', feedId }]
  })
  return {
    exists: snapshot.has(ledgerFile),
    ledger: settled.ledger,
    settled,
    published,
    basePath: config.basePath,
  }
}

/** What a document lost is never written away: that takes `forget`, or the document back. */
function update({ ledger, settled, published }: Site): Ledger {
  const wrong = settled.problems.filter(({ severity }) => severity === 'error')
  if (wrong.length > 0) throw new ProblemError(...wrong)
  return updatedLedger(ledger, settled, published)
}

function forget({ ledger, published, basePath }: Site, typed: readonly string[]): Ledger {
  const known = new Set([...ledger.entries.values()].flatMap(({ urls }) => urls))
  const present = new Map(published.map(({ meta }) => [meta.url, meta.file]))
  const forgotten = new Set<Url>(ledger.forgotten)
  for (const text of typed) {
    const plain = normalAddress(text, basePath)
    const url = [plain, `${plain.replace(/\/$/, '')}/`].find((form) => known.has(form)) ?? plain
    const owner = present.get(url)
    if (owner !== undefined)
      throw refused(`${url} is the address of ${owner} now`, { fix: 'unpublish or move that document first' })
    if (url === '') throw refused(`"${text}" is no address`)
    // Addresses of an older site, which no entry holds, may be acknowledged as well: verify asks for them.
    forgotten.add(url)
  }
  const entries = new Map(ledger.entries)
  for (const [key, { urls }] of entries) if (urls.every((url) => forgotten.has(url))) entries.delete(key)
  return { entries, forgotten }
}

/** One line for each change, in key order. */
function changesOf(before: Ledger, after: Ledger): string[] {
  const changes: string[] = []
  for (const [key, { urls, feed }] of [...after.entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const old = before.entries.get(key)
    if (!old) {
      const moved = [...before.entries].find(
        ([other, entry]) => !after.entries.has(other) && entry.urls.some((url) => urls.includes(url)),
      )
      changes.push(moved ? `renamed  ${moved[0]} → ${key}` : `new      ${key}  ${urls[0]}`)
      if (moved && moved[1].urls[0] !== urls[0])
        changes.push(`moved    ${key}  ${moved[1].urls[0]} → ${urls[0]}`)
    } else if (old.urls[0] !== urls[0]) changes.push(`moved    ${key}  ${old.urls[0]} → ${urls[0]}`)
    if (old && old.feed !== feed) changes.push(`feed id  ${key}  ${feed}`)
  }
  for (const url of after.forgotten) if (!before.forgotten.has(url)) changes.push(`forgot   ${url}`)
  return changes
}
