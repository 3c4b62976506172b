// The pictures of one moment: which are wanted by bodies and covers, and how they become outputs. A build makes them
// before anything is published; the dev server makes each when a browser asks for it.
import type { Typeface } from './cards/types.js'
import { sourcesOf } from './content/beside.js'
import { ChangedDuringBuild } from './content/scan.js'
import type { Meta, Path } from './content/types.js'
import { askedOf } from './engine/asked.js'
import type { Answer } from './engine/fingerprint.js'
import { DamagedEntry } from './engine/step.js'
import { frame, type Problem } from './errors.js'
import { type Looks, openLooks } from './images/looks.js'
import { ensure, imagesOf, type Made, makeAll, type Shown } from './images/make.js'
import type { Shelf } from './images/shelf.js'
import type { Seen } from './images/types.js'
import type { Moment } from './moment.js'
import type { Making } from './output/output.js'
import type { Session } from './session.js'

/** What pictures need that is more than one moment's. */
export interface Pictures {
  readonly looks: Looks
  /** Those that were made. */
  readonly shelf: Shelf
  /** What cards are set in; undefined where there are none. */
  readonly face: Typeface | undefined
}

export async function openPictures(
  session: Pick<Session, 'config' | 'shelf' | 'typeface'>,
  { engine, snapshot, index }: Pick<Moment, 'engine' | 'snapshot' | 'index'>,
): Promise<Pictures> {
  const { config, shelf, typeface } = session
  const looks = openLooks({ engine, shelf, bytes: snapshot.bytes }, engine.answers)
  return { looks, shelf, face: config.cards && index.posts.length > 0 ? await typeface() : undefined }
}

/** Covers that are files of the site and can be made smaller; looks at those that no page has looked at. */
export async function coversOf(moment: Moment): Promise<Shown[]> {
  for (const { src } of coverFiles(moment)) await moment.pictures.looks.one(src)
  return coversKnown(moment)
}

/** Those of them that somebody has looked at. */
export function coversKnown(moment: Moment): Shown[] {
  const { engine } = moment
  const { looks } = moment.pictures
  if (looks.made.size === 0) return []
  const ofPages = [...engine.traces].flatMap(([key, trace]) => (key.startsWith('page:') ? trace : []))
  const asked = askedOf(['look'], ofPages)
  return coverFiles(moment).flatMap(({ src, meta }): Shown[] => {
    const seen = looks.made.get(src)?.part<Seen>('seen')
    if (seen?.kind !== 'raster') return []
    const want = {
      kind: 'image',
      src,
      look: seen.look,
      out: meta.cover.slice(1),
      line: 0,
      column: 0,
    } as const
    // What no page shows is only cleaned.
    return [{ file: meta.file, want: asked.has(`look:${src}`) ? want : { ...want, onlyWhole: true } }]
  })
}

function coverFiles({ index, metas, snapshot }: Moment): { src: Path; meta: Meta }[] {
  if (!index.config.images.variants) return []
  return index.withFiles.flatMap((id) => {
    const meta = metas.get(id)
    const src = meta && sourcesOf(meta.cover, meta).find((path) => snapshot.has(path))
    return meta && src !== undefined ? [{ src, meta }] : []
  })
}

/** Everything that must be made for bodies that are there, and for covers. */
export function picturesOf(moment: Moment, covers: readonly Shown[]): Made[] {
  const { index, metas, bodies, snapshot } = moment
  const { shelf } = moment.pictures
  const shown = index.published.flatMap((id): Shown[] => {
    const wants = (bodies.checks(id)?.wants ?? []).filter(({ kind }) => kind === 'image')
    const file = wants.length === 0 ? undefined : metas.get(id)?.file
    return file === undefined ? [] : wants.flatMap((want) => (want.kind === 'image' ? [{ file, want }] : []))
  })
  const bytesOf = (path: Path): Uint8Array => {
    const bytes = snapshot.bytes(path)
    if (!bytes) throw new ChangedDuringBuild(path)
    return bytes
  }
  return imagesOf([...shown, ...covers], bytesOf, shelf)
}

export interface OutputSource {
  readonly moment: Pick<Moment, 'pictures' | 'snapshot'>
  readonly stands: (path: string, hash: Answer) => boolean
  readonly cores: number
  readonly progress: (done: number, total: number) => void
}

/** Makes all of them and gives them as outputs. */
export async function makeOutputs(
  wanted: readonly Made[],
  { moment, ...source }: OutputSource,
): Promise<{ outputs: readonly Making[]; problems: readonly Problem[] }> {
  const { snapshot } = moment
  const { shelf } = moment.pictures
  const { hashes, problems } = await makeAll(wanted, { shelf, ...source })
  return {
    outputs: wanted.map((one) => outputOf(one, shelf, hashes.get(one) ?? one.key)),
    problems: problems.map((problem) => framed(problem, snapshot.text(problem.file ?? '') ?? '')),
  }
}

/** One file as an output. Where it is not made yet, its key stands for the hash of its bytes. */
export function outputOf(one: Made, shelf: Shelf, hash: Answer): Making {
  return {
    path: one.path,
    hash,
    by: one.by,
    place: () => ({ file: one.file }),
    async ready() {
      await ensure(one, shelf)
    },
    bytes() {
      const bytes = shelf.read(one.key)
      if (!bytes) throw new DamagedEntry(`picture ${one.path}`)
      return bytes
    },
  }
}

function framed(problem: Problem, text: string): Problem {
  const { line, column, found = '' } = problem
  if (line === undefined || column === undefined) return problem
  return { ...problem, frame: frame(text, line, column, Math.max(1, found.split('/').at(-1)?.length ?? 1)) }
}
