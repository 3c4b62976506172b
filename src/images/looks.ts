// The looks of pictures that pages show by themselves, such as covers: one `look:PATH` step each, made when a page
// asks. Bodies look at theirs within their own step.
import type { Path } from '../content/types.js'
import type { Answers } from '../engine/answers.js'
import { absent } from '../engine/fingerprint.js'
import { note } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import { lookAt } from './look.js'
import type { Shelf } from './shelf.js'
import type { Seen } from './types.js'

export interface LooksSource {
  readonly engine: Engine
  readonly shelf: Shelf
  readonly bytes: (path: Path) => Uint8Array | undefined
}

export interface Looks {
  readonly made: ReadonlyMap<Path, Step>
  one(path: Path): Promise<Seen>
}

/** Answers `look:PATH` too. */
export function openLooks({ engine, shelf, bytes }: LooksSource, answers: Answers): Looks {
  const made = new Map<Path, Step>()
  answers.answer('look', (path) => made.get(path)?.hash('seen') ?? absent)
  const making = new Map<Path, Promise<Step>>()
  const make = async (path: Path): Promise<Step> => {
    const step = await engine.step(`look:${path}`, '', async () => {
      note(`file:${path}`)
      return { seen: await lookAt(bytes(path) ?? new Uint8Array(), shelf) }
    })
    made.set(path, step)
    return step
  }
  return {
    made,
    async one(path) {
      const step = making.get(path) ?? make(path)
      making.set(path, step)
      return (await step).part<Seen>('seen')
    },
  }
}
