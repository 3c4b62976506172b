// The story: how a folder becomes a site, one call a paragraph. What can be computed is in the floors below;
// what prints or exits is in the command line above.
import { type BuildOptions, type Built, failedBuild, problemsOfStop, sortProblems } from './built.js'
import type { Checked } from './check/check.js'
import { instantOf, parseDate } from './content/dates.js'
import { renewStats } from './content/stat-file.js'
import { type Disk, realDisk } from './engine/disk.js'
import { noPace } from './engine/pace.js'
import { DamagedEntry } from './engine/step.js'
import { writeHere, writeInThread } from './engine/writer.js'
import { wantsHeaderPolicies, withHeaderPolicies } from './header-policies.js'
import { type Moment, openMoment } from './moment.js'
import { openOutput } from './output/output.js'
import { writerFile } from './package.js'
import { forgetBuild, lookAtInputs, rememberBuild, type Seen } from './quick.js'
import { openSession, type Session } from './session.js'
import { stretchesIn, unchangedFiles } from './unchanged.js'
import { makeWhole, type Whole } from './whole.js'
import { crewOf, folderKeeper } from './wiring.js'

/**
 * Builds a site once. What is wrong with the site or the disk is in `problems`; only our own mistakes are thrown. `seen`:
 * inputs and output, where somebody has just looked at them.
 */
export async function build(options: BuildOptions, seen?: Seen): Promise<Built> {
  const disk = options.disk ?? realDisk
  let session: Session | undefined
  try {
    session = await openSession({ ...options, disk })
    return await tell(options, disk, session, seen)
  } catch (error) {
    return failedBuild(options, [...(session?.problems ?? []), ...problemsOfStop(error)])
  } finally {
    session?.close()
  }
}

/** A damaged value in the cache is found when it is wanted: all such are left out and the story begins again. */
async function tell(options: BuildOptions, disk: Disk, session: Session, seen?: Seen): Promise<Built> {
  try {
    return await once(options, disk, session, seen)
  } catch (error) {
    if (!(error instanceof DamagedEntry)) throw error
    session.store.distrust()
    return await once(options, disk, session, seen)
  }
}

async function once(options: BuildOptions, disk: Disk, session: Session, seen?: Seen): Promise<Built> {
  const { config, store } = session
  const { cache } = options
  const at = momentOf(options.at, config.timezone)
  const writer = disk === realDisk ? writeInThread(disk, writerFile) : writeHere(disk)
  const output = openOutput(disk, options.out, { writer, isUntouched: seen?.stands() ?? false })
  const crew = crewOf({ ...options, at }, session)
  const keeper = folderKeeper(output)
  try {
    // The files as they are now; who is in them, and which pages that makes.
    const snapshot = seen?.snapshot ?? lookAtInputs(disk, options)
    const stretches = stretchesIn(snapshot)
    const unchanged = seen && (() => unchangedFiles({ snapshot, stretches }, seen.before, store))
    const moment = await openMoment({ options, disk, session, snapshot, at, keeper, crew, unchanged })
    const { engine } = moment

    // Every body, every page, and whether all of it holds together.
    const made = await makeWhole({ moment, keeper, options, pace: noPace, output })
    const wantsPolicies = wantsHeaderPolicies(made.outputs)
    if (options.check || wantsPolicies) await output.stage.settled()
    const whole = wantsPolicies
      ? { ...made, outputs: withHeaderPolicies(made.outputs, made.pages, config) }
      : made

    // Published all at once, or not at all; what was learnt is kept either way.
    const checked = options.check ? await looked(options, disk, moment, whole) : undefined
    const problems = checked ? sortProblems(checked.problems, options.strict) : whole.problems
    const isSound = !problems.some(({ severity }) => severity === 'error')
    const { reasons } = engine
    const prepare = (): (() => void) => store.prepare(engine.traces, { isOfOneMoment: true, reasons }, engine)
    let prepared: (() => void) | undefined
    const committed =
      isSound && !options.dry
        ? await output.commit(whole.outputs, options.adopt, () => {
            // While files are put in their places.
            prepared = prepare()
          })
        : { written: [], removed: [], problems: [], standing: new Map() }
    const ok = isSound && committed.problems.length === 0
    if (ok) (prepared ?? prepare())()
    else store.save(new Map([...store.old, ...engine.traces]), { isOfOneMoment: false, reasons })
    store.sweep()
    if (ok && !options.dry) session.shelf.tidy()
    // What a later build reads from file times alone speaks of what was published last.
    if (!options.dry) renewStats(disk, cache, snapshot)
    const built: Built = {
      ok,
      out: options.out,
      get outputs() {
        return new Map(whole.outputs.map(({ path, hash }) => [path, hash]))
      },
      pages: whole.pages.length,
      written: committed.written,
      removed: committed.removed,
      ran: engine.ran,
      kept: engine.kept,
      demos: moment.demos.sizes,
      problems: sortProblems([...problems, ...committed.problems], options.strict),
      ...(checked && { checked }),
      nextChange: moment.index.nextChange,
      notices: [
        store.notice,
        output.healed ? 'An interrupted build was finished first.' : '',
        ...moment.notices,
      ].filter((text) => text !== ''),
    }
    if (options.dry) return built
    if (ok && !config.gitDates)
      rememberBuild(disk, options, {
        built,
        outputs: whole.outputs,
        loaded: session.loaded,
        at,
        snapshot,
        stretches,
        digest: seen?.digest,
        state: store.mark,
        standing: committed.standing,
      })
    else forgetBuild(disk, cache)
    return built
  } finally {
    await crew.close()
    await output.close()
  }
}

/** Loaded where it is asked for: a build without it pays nothing. */
async function looked(options: BuildOptions, disk: Disk, moment: Moment, whole: Whole): Promise<Checked> {
  const { checkWhole } = await import('./check/check.js')
  return checkWhole({ moment, whole, disk, cache: options.cache, outside: options.outside === true })
}

/** A date without a zone is meant in the site's. */
function momentOf(at: number | string, timezone: string): number {
  if (typeof at === 'number') return at
  const date = parseDate(at, timezone)
  return date === null ? Number.NaN : instantOf(date, timezone)
}
