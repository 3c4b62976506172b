// The site's ledger in one moment: read from the snapshot, held against the documents. A site without one has none, and
// nothing about that is wrong.
import type { SiteConfig } from './config/types.js'
import { ledgerFile } from './content/input-names.js'
import type { Snapshot } from './content/scan.js'
import { type Answer, canonical, fingerprint } from './engine/fingerprint.js'
import type { Problem } from './errors.js'
import { type Ledger, readLedger } from './site/ledger.js'
import { type Settled, settleLedger } from './site/settle-ledger.js'
import type { Metas } from './site/types.js'

export interface SettledSite extends Settled {
  readonly ledger: Ledger
  /** Of everything that pages may see of it. */
  readonly mark: Answer
  readonly notices: readonly string[]
  readonly problems: readonly Problem[]
}

export interface SiteSource {
  readonly snapshot: Snapshot
  readonly config: SiteConfig
  readonly metas: Metas
  readonly at: number
  readonly drafts: boolean
  readonly future: boolean
}

export function settleSite({ snapshot, ...source }: SiteSource): SettledSite {
  const text = snapshot.text(ledgerFile)
  if (text === undefined) {
    const none = {
      former: new Map(),
      feedIds: new Map(),
      commentIds: new Map(),
      keys: new Map(),
      unknown: [],
      problems: [],
    }
    return { ...none, ledger: { entries: new Map(), forgotten: new Set() }, mark: '', notices: [] }
  }
  const { ledger, problems } = readLedger(text)
  const body = ({ file, bodyOffset }: { file: string; bodyOffset: number }): string =>
    snapshot.text(file)?.slice(bodyOffset) ?? ''
  const settled = settleLedger({ ...source, ledger, body })
  const count = settled.unknown.length
  return {
    ...settled,
    ledger,
    problems: [...problems, ...(problems.length > 0 ? [] : settled.problems)],
    mark: fingerprint(
      canonical([settled.former, settled.feedIds, settled.commentIds].map((map) => [...map])),
    ),
    notices:
      count === 0 || problems.length > 0
        ? []
        : [
            `${count} ${count === 1 ? 'address is' : 'addresses are'} not in ${ledgerFile} yet: inkstone urls update writes ${count === 1 ? 'it' : 'them'} down.`,
          ],
  }
}
