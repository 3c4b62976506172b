// How long work is done while somebody may want something else: it lets others have a turn now and then, and may be
// given up. A build on the command line knows only `noPace`.

/** Thrown out of work that was given up; whoever gave it up catches it. */
export class GivenUp extends Error {}

export interface Pace {
  /** Call it between small pieces of work, and wait for what it gives, if anything. Throws `GivenUp`. */
  breathe(): Promise<void> | undefined
  /** The promise's value; throws `GivenUp` at once when the work is given up meanwhile. */
  wait<T>(promise: Promise<T>): Promise<T>
}

/** Never interrupted. */
export const noPace: Pace = {
  breathe: () => undefined,
  wait: (promise) => promise,
}

/** Others get a turn after so many milliseconds of work. */
const turnMs = 8

/** Work that can be given up through `signal`. `now` counts milliseconds. */
export function makePace(signal: AbortSignal, now: () => number): Pace {
  const givenUp = new Promise<never>((_, refuse) => {
    const stop = (): void => refuse(new GivenUp())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  // Nobody may be waiting when it is given up.
  givenUp.catch(() => {})
  let since = now()
  const pause = async (): Promise<void> => {
    await new Promise((next) => setImmediate(next))
    since = now()
    if (signal.aborted) throw new GivenUp()
  }
  return {
    breathe() {
      if (signal.aborted) throw new GivenUp()
      return now() - since >= turnMs ? pause() : undefined
    },
    wait: (promise) => Promise.race([promise, givenUp]),
  }
}
