// What is served: the last good state of the site, and before the rest of a new moment is made the pages of it that
// somebody asks for. A moment with an error is not served; the last good state stays. Never half a build: every
// answer belongs to one moment.
import { type Copy, planCopies } from '../assets/copies.js'
import type { DemoOutput } from '../assets/demos.js'
import { fontSheet } from '../assets/fonts.js'
import { strangersCopies } from '../assets/strangers.js'
import { cardsOf } from '../cards.js'
import type { Snapshot } from '../content/scan.js'
import { fingerprint } from '../engine/fingerprint.js'
import { ProblemError } from '../errors.js'
import type { Moment } from '../moment.js'
import type { OutPath } from '../output/manifest.js'
import type { Making } from '../output/output.js'
import type { Page } from '../pages/page.js'
import { coversKnown, outputOf, picturesOf } from '../pictures.js'
import type { PageKeeper } from '../render/pages.js'
import { outPathOf } from '../urls.js'

/** One file of the site. */
export interface Entry {
  readonly path: OutPath
  /** Other bytes, other hash. */
  readonly hash: string
  /** May throw `ChangedDuringBuild` or `DamagedEntry`. */
  bytes(): Uint8Array
  /** Source of a page that is one document's. */
  readonly source: string | undefined
  /** Makes the bytes; `desk.entry` has waited for it. */
  readonly ready?: (() => Promise<void>) | undefined
  /** Source map of a script. */
  readonly map?: (() => Uint8Array) | undefined
}

/** Pages of the dev server: a text is a part of its step, kept in the pack. */
export const packKeeper: PageKeeper = {
  keep: (_, text) => ({ text }),
  hashOf: (step) => step.hash('text'),
  stands: () => true,
  bytes: (_, step) => step.part<string>('text'),
}

export interface Published {
  /** Files with other bytes than in the state before, new and removed ones too; all are pages in the first state. */
  readonly changed: readonly OutPath[]
}

export interface Desk {
  /** A new moment: from now on its pages are served, if `isSound`. */
  open(moment: Moment, isSound: boolean): void
  /** The moment has an error after all. */
  spoil(): void
  isSound(): boolean
  /** All of the moment is made and good. */
  publish(outputs: readonly Making[]): Published
  has(path: OutPath): boolean
  entry(path: OutPath): Promise<Entry | undefined>
  /** Output files that come from these input files, as far as is known now. */
  copiedFrom(sources: ReadonlySet<string>): readonly OutPath[]
}

interface Now {
  readonly moment: Moment
  readonly pages: ReadonlyMap<OutPath, Page>
  /** What is known of its pictures, and of how many documents and looks. */
  pictures: { readonly known: number; readonly byPath: ReadonlyMap<OutPath, Making> }
  /** Whole: everything of it is in `good`. */
  state: 'sound' | 'broken' | 'whole'
}

/**
 * Served from the state before until the moment is whole: a page from before may ask for the style that it was made
 * with, and which characters fonts must have is known last.
 */
const outlasts = (path: OutPath): boolean => path.startsWith('assets/') || path === fontSheet

export function makeDesk(): Desk {
  let good: ReadonlyMap<OutPath, Entry> = new Map()
  let now: Now | undefined

  const copies = ({ snapshot, metas, index, bodies }: Moment) => {
    const withFiles = new Set(index.withFiles)
    const planned = planCopies(
      snapshot,
      index.published.flatMap((id) => {
        // What a body shows is known when it is made; what lies beside it is known before.
        const wants = bodies.checks(id)?.wants ?? []
        const meta = wants.length > 0 || withFiles.has(id) ? metas.get(id) : undefined
        return meta ? [{ meta, wants }] : []
      }),
    )
    return index.config.trust === 'content-is-mine' ? planned : strangersCopies(planned)
  }
  const ownFile = ({ moment, pages }: Now, path: OutPath): string | undefined => {
    const inPublic = `public/${path}`
    return moment.snapshot.has(inPublic) && !pages.has(path) ? inPublic : undefined
  }

  const pictures = (at: Now): ReadonlyMap<OutPath, Making> => {
    const { bodies } = at.moment
    const { looks, shelf } = at.moment.pictures
    const known = bodies.made.size + looks.made.size
    if (at.pictures.known !== known) {
      const wanted = [...picturesOf(at.moment, coversKnown(at.moment)), ...cardsOf(at.moment)]
      at.pictures = { known, byPath: new Map(wanted.map((one) => [one.path, outputOf(one, shelf, one.key)])) }
    }
    return at.pictures.byPath
  }

  const fromMoment = async (at: Now, path: OutPath): Promise<Entry | undefined> => {
    const { moment } = at
    const file = ownFile(at, path)
    if (file !== undefined) return copyOf(moment.snapshot, path, file)
    const page = at.pages.get(path)
    if (page) {
      const { hash, step } = await moment.pages.one(page)
      const bytes = () => Buffer.from(packKeeper.bytes(path, step))
      return { path, hash, bytes, source: sourceOf(page) }
    }
    const bundle = bundledOf(at).get(path)
    if (bundle) return { path, hash: bundle.hash, bytes: bundle.bytes, source: undefined, map: bundle.map }
    const picture = pictures(at).get(path)
    if (picture) return entryOf(picture)
    const copy = copies(moment).find((one) => one.path === path)
    return copy && copyOf(moment.snapshot, path, copy.source, copy.change)
  }

  const desk: Desk = {
    open(moment, isSound) {
      now = {
        moment,
        pages: new Map(moment.plan.pages.map((page) => [outPathOf(page.url), page])),
        pictures: { known: -1, byPath: new Map() },
        state: isSound ? 'sound' : 'broken',
      }
    },
    spoil() {
      if (now) now.state = 'broken'
    },
    isSound: () => now !== undefined && now.state !== 'broken',
    publish(outputs) {
      const before = good
      good = entriesOf(outputs, now)
      if (now) now.state = 'whole'
      const paths = new Set([...before.keys(), ...good.keys()])
      return {
        changed: [...paths].filter((path) => before.get(path)?.hash !== good.get(path)?.hash).sort(),
      }
    },
    has(path) {
      const at = now
      if (at?.state !== 'sound' || outlasts(path)) if (good.has(path)) return true
      if (!at || at.state === 'whole') return false
      if (at.pages.has(path) || bundledOf(at).get(path) || ownFile(at, path) !== undefined) return true
      return pictures(at).has(path) || copies(at.moment).some((copy) => copy.path === path)
    },
    async entry(path) {
      const entry = await found(path)
      try {
        await entry?.ready?.()
      } catch (error) {
        // Told with all else when the moment is whole.
        if (error instanceof ProblemError) return undefined
        throw error
      }
      return entry
    },
    copiedFrom(sources) {
      return now === undefined
        ? []
        : copies(now.moment)
            .filter(({ source }) => sources.has(source))
            .map(({ path }) => path)
    },
  }
  return desk

  async function found(path: OutPath): Promise<Entry | undefined> {
    const at = now
    if (!at || at.state === 'whole') return good.get(path)
    if (at.state === 'broken' && good.has(path)) return good.get(path)
    try {
      const entry = await fromMoment(at, path)
      return entry ?? (outlasts(path) ? good.get(path) : undefined)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      at.state = 'broken'
      return good.get(path)
    }
  }
}

/** Gathered anew each time: some are made with the first page that asks for them. */
const bundledOf = ({ moment }: Now): ReadonlyMap<OutPath, DemoOutput> =>
  new Map<OutPath, DemoOutput>(
    [...moment.bundles.outputs, ...moment.demos.outputs].map((one) => [one.path, one]),
  )

/** Apart from all else: an entry lives long, and keeps alive whatever the function that made it can see. */
function entriesOf(outputs: readonly Making[], now: Now | undefined): ReadonlyMap<OutPath, Entry> {
  const entries = new Map<OutPath, Entry>()
  const bundled = now && bundledOf(now)
  for (const output of outputs) {
    const { path } = output
    const page = now?.pages.get(path)
    const source = page && sourceOf(page)
    entries.set(path, { ...entryOf(output), source, map: bundled?.get(path)?.map })
  }
  return entries
}

const entryOf = ({ path, hash, bytes, ready }: Making): Entry => ({
  path,
  hash,
  bytes: () => Buffer.from(bytes()),
  source: undefined,
  ready,
})

const sourceOf = (page: Page): string | undefined =>
  page.from === undefined ? undefined : `content/${page.from}`

function copyOf(snapshot: Snapshot, path: OutPath, source: string, change?: Copy['change']): Entry {
  const plain = () => Buffer.from(snapshot.bytes(source) ?? [])
  const bytes = change ? () => Buffer.from(change(plain())) : plain
  return {
    path,
    hash: change ? fingerprint(bytes()) : (snapshot.hash(source) ?? ''),
    bytes,
    source: undefined,
  }
}
