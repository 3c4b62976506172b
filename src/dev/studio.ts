// The site while it is being written: one loop that looks when the bell rings, first at what the events named and
// what browsers show, then at everything. It serves nothing itself; `desk` knows what is to be served. Whatever goes
// wrong in here becomes Problems: the loop only ends when it is closed.
import { type BuildOptions, sortProblems } from '../built.js'
import { ChangedDuringBuild, differing, type Snapshot } from '../content/scan.js'
import type { Disk } from '../engine/disk.js'
import { GivenUp, makePace, type Pace } from '../engine/pace.js'
import { DamagedEntry } from '../engine/step.js'
import type { Trace } from '../engine/trace.js'
import type { Problem } from '../errors.js'
import { type Moment, openMoment } from '../moment.js'
import type { OutPath } from '../output/manifest.js'
import { makeWhole } from '../whole.js'
import { crewOf } from '../wiring.js'
import { makeBell } from './bell.js'
import { type Desk, makeDesk, packKeeper } from './desk.js'
import { makeLooks } from './looks.js'
import { problemsOf } from './mishap.js'
import { openSiteSession } from './site-session.js'

export interface StudioOptions {
  readonly disk: Disk
  readonly build: BuildOptions
  /** Milliseconds since 1970, and of a clock that only goes forward. */
  readonly clock: () => number
  readonly now: () => number
  /** Makes what browsers show, and tells them what is new. */
  readonly show: () => Promise<void>
  /** Files of the site that are no pages have other bytes. */
  readonly onFiles: (paths: readonly OutPath[]) => void
  /** A moment was made to its end, or could not be. */
  readonly onBuilt: (built: StudioBuilt) => void
  /** Folders that must be watched from now on. True where some are new to the watcher. */
  readonly follow: (folders: readonly string[]) => boolean
}

export interface StudioBuilt {
  readonly ok: boolean
  /** From the first event to the last page. */
  readonly ms: number
  readonly changed: readonly OutPath[]
  readonly problems: readonly Problem[]
}

export interface Studio {
  readonly desk: Desk
  /** Undefined until the configuration has been read. */
  readonly basePath: string | undefined
  /** Something was said about these files (absolute paths); none: look at everything when there is time. */
  ring(files: Iterable<string>): void
  /** The desk knows of everything that was rung before. */
  fresh(): Promise<void>
  /** Looks whether this source is still what the moment was made of; rings where it is not. */
  check(source: string): void
  close(): Promise<void>
}

/** The cache is written when nothing has happened for so long, and for so many times what writing takes. */
const restMs = 2500
const restTimes = 60
/** Errors are told when it has been quiet for so long: what is half written now is often whole in a moment. */
const patienceMs = 80

/** Throws `LockHeld` where another dev server is at work on this cache. */
export function openStudio(options: StudioOptions): Studio {
  const { disk, build, clock, now } = options
  const { root, cache } = build
  const site = openSiteSession(disk, build)
  const looks = makeLooks({ disk, root, cache, clock })
  const desk = makeDesk()
  let giveUp = new AbortController()
  let moment: Moment | undefined
  let state: 'unfinished' | 'good' | 'bad' = 'unfinished'
  /** What was told last, and the warnings of the last good moment. */
  let told: StudioBuilt | undefined
  let warnings: readonly Problem[] = []
  let isClosed = false
  let isLooking = true
  const waiting: (() => void)[] = []
  let saveMs = 0
  let rest: NodeJS.Timeout | undefined
  let alarm: NodeJS.Timeout | undefined

  const bell = makeBell({ disk, root, now, hadContent: looks.hadContent, onRing: () => giveUp.abort() })
  const pace = (): Pace => makePace(giveUp.signal, now)
  const looked = (): void => {
    isLooking = false
    for (const go of waiting.splice(0)) go()
  }
  const tell = (built: StudioBuilt): void => {
    told = built
    options.onBuilt(built)
  }

  /** What the moment learnt is not lost when it is given up. */
  const learn = (): void => {
    const store = site.current?.session.store
    if (!moment || !store || state === 'good') return
    const { traces, ran } = moment.engine
    const learnt = new Map<string, Trace>()
    for (const key of ran) learnt.set(key, traces.get(key)!)
    store.learn(learnt, false)
  }
  const begin = async (snapshot: Snapshot, changed: ReadonlySet<string>): Promise<void> => {
    const { session, memory } = site.current!
    learn()
    const at = clock()
    moment = await openMoment({
      options: build,
      disk,
      session,
      snapshot,
      at,
      keeper: packKeeper,
      crew: crewOf({ ...build, at }, session),
      memory,
      ...(moment && { before: { moment, changed } }),
    })
    state = 'unfinished'
    await moment.bundles.settled()
    const known = [...moment.problems, ...moment.bundles.problems]
    desk.open(moment, !known.some(({ severity }) => severity === 'error'))
    looked()
    await options.show()
    options.onFiles(desk.copiedFrom(changed))
  }

  const turn = async (files: ReadonlySet<string>, since: number): Promise<void> => {
    if (await site.refresh()) moment = undefined
    // What the events named, if all was well before: a hint that is taken at once.
    if (moment && files.size > 0 && state !== 'bad' && desk.isSound()) {
      const hinted = looks.some(moment.snapshot, files)
      if (hinted && hinted.changed.size > 0) await begin(hinted.snapshot, hinted.changed)
    }
    // Everything: corrects a hint that was wrong or incomplete.
    const snapshot = await looks.all(() => pace().breathe())
    const isNewlyWatched = options.follow([...snapshot.folders, ...looks.folders(), ...site.folders()])
    const due = moment?.index.nextChange ?? Number.POSITIVE_INFINITY
    const changed = moment ? differing(moment.snapshot, snapshot) : new Set<string>()
    if (!moment || clock() >= due || changed.size > 0) await begin(snapshot, changed)
    else looked()
    if (state === 'unfinished') await finish(since)
    else if (told?.ok === false && state === 'good')
      tell({ ok: true, ms: now() - since, changed: [], problems: warnings })
    if (isNewlyWatched) bell.ring([])
  }

  const finish = async (since: number): Promise<void> => {
    const { session, memory } = site.current ?? {}
    if (!moment || !session) return
    const { outputs, problems } = await makeWhole({
      moment,
      keeper: packKeeper,
      options: build,
      pace: pace(),
    })
    if (problems.some(({ severity }) => severity === 'error')) return fail(problems, since)
    session.store.learn(moment.engine.traces, true)
    state = 'good'
    warnings = problems
    const { changed } = desk.publish(outputs)
    session.store.sweep()
    memory?.tidy(session.store.old)
    await options.show()
    options.onFiles(changed.filter((path) => !path.endsWith('.html') && !path.startsWith('assets/')))
    tell({ ok: true, ms: now() - since, changed: told ? changed : [], problems })
    const next = moment.index.nextChange
    clearTimeout(alarm)
    if (next !== null) alarm = setTimeout(() => bell.ring([]), Math.min(next - clock() + 1, 0x7fffffff))
  }

  const fail = async (problems: readonly Problem[], since: number): Promise<void> => {
    learn()
    if (state !== 'good') {
      state = 'bad'
      desk.spoil()
    }
    looked()
    if (!(await bell.quiet(patienceMs))) return
    await options.show()
    tell({ ok: false, ms: now() - since, changed: [], problems: sortProblems(problems, build.strict) })
  }

  const save = (): void => {
    const store = site.current?.session.store
    if (!store || !moment) return
    const began = now()
    store.save(store.old, { isOfOneMoment: false, reasons: moment.engine.reasons })
    looks.save()
    saveMs = now() - began
  }

  const recover = async (error: unknown, since: number): Promise<void> => {
    if (error instanceof GivenUp) learn()
    else if (error instanceof DamagedEntry) {
      site.current?.session.store.distrust()
      moment = undefined
      bell.ring([])
    } else if (error instanceof ChangedDuringBuild && moment)
      bell.ring([moment.snapshot.diskPath(error.path)])
    else await fail(problemsOf(error), since)
  }

  const loop = async (): Promise<void> => {
    bell.ring([])
    for (;;) {
      const { files, since } = await bell.next()
      if (isClosed) return
      isLooking = true
      giveUp = new AbortController()
      clearTimeout(rest)
      await turn(files, since).catch((error: unknown) => recover(error, since))
      looked()
      rest = setTimeout(save, Math.max(restMs, saveMs * restTimes))
    }
  }
  const running = loop()

  return {
    desk,
    get basePath() {
      return site.current?.session.config.basePath
    },
    ring(files) {
      const all = [...files]
      const ours = all.filter((file) => site.isPart(file) || looks.isInput(file))
      if (ours.length > 0 || all.length === 0) bell.ring(ours)
    },
    async fresh() {
      if (!isLooking && !bell.isRung()) return
      bell.hurry()
      await new Promise<void>((go) => waiting.push(go))
    },
    check(source) {
      const file = looks.differs(source)
      if (file !== undefined) bell.ring([file])
    },
    async close() {
      isClosed = true
      giveUp.abort()
      bell.close()
      await running
      clearTimeout(rest)
      clearTimeout(alarm)
      learn()
      save()
      site.close()
    },
  }
}
