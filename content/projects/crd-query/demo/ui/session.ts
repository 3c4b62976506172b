// One lab on the page: its clock driven by real time in small slices, the database that follows it, and everyone who
// wants to draw what changed. No elements in here.
import { createDrive, type Drive } from '../../../_kit/drive.js'
import { Lab, type LabOptions } from '../core/lab.js'
import { tables } from '../core/resources.js'
import type { playStep, Story } from '../core/stories.js'
import type { DatabaseClient } from '../db/client.js'
import type { TableChange } from '../db/engine.js'

/** Longer than this the page does not work at a stretch. */
const sliceMs = 12
/** Changes sent to the database at a time. */
const batchSize = 200

/** Lets the page draw and listen before more work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

export interface Scenario {
  readonly size: number
  readonly story: string
  readonly steps: number
}

export class Session {
  lab: Lab = new Lab({ size: 0 })
  readonly drive: Drive
  database: DatabaseClient | null = null
  story: Story | null = null
  /** Steps of the story that were played. */
  played = 0
  size = 200
  /** Called after anything changed; drawing is up to the listener's own pace. */
  onChange: () => void = () => {}
  #changes: TableChange[] = []
  #isBusy = false
  #playStep: typeof playStep | null = null

  constructor() {
    this.drive = createDrive((ms) => this.advance(ms))
  }

  /** A new lab with `size` projects, made piece by piece; it is not started. */
  async reset(size: number, options: LabOptions = {}): Promise<void> {
    this.drive.stop()
    this.#isBusy = true
    const lab = new Lab({ ...options, size, isSeededLater: true })
    for (let isMore = true; isMore; ) {
      const until = performance.now() + sliceMs
      while (isMore && performance.now() < until) isMore = lab.platform.seedSome(50)
      if (isMore) await breathe()
    }
    lab.onChange = ({ resource }, change) => this.#changes.push({ resource, change })
    this.lab = lab
    this.size = size
    this.story = null
    this.played = 0
    this.#changes = tables.map(({ resource }) => ({ resource, change: null }))
    this.#isBusy = false
    this.onChange()
  }

  /** Lets virtual time pass, never more than a slice at a stretch. */
  async advance(ms: number): Promise<void> {
    if (this.#isBusy) return
    const { lab } = this
    let left = ms
    while (left > 0 && lab === this.lab) {
      const until = performance.now() + sliceMs
      while (left > 0 && performance.now() < until) {
        lab.advance(Math.min(5, left))
        left -= 5
      }
      if (left > 0) await breathe()
    }
    this.changed()
  }

  /** Runs to the next line of the log. */
  step(): void {
    this.drive.stop()
    this.lab.step()
    this.changed()
  }

  /** Sets the stage for a story; its scripts are loaded with the first. An id that there is not does nothing. */
  async begin(id: string): Promise<void> {
    const scripts = await import('../core/stories.js')
    const story = scripts.stories.find((one) => one.id === id)
    if (story === undefined) return
    this.#playStep = scripts.playStep
    await this.reset(story.options.size ?? 200, story.options)
    this.story = story
    this.onChange()
  }

  /** The next step of the story; false where there is none. */
  nextStep(): boolean {
    const step = this.story?.steps[this.played]
    if (step === undefined) return false
    this.drive.stop()
    this.#playStep?.(this.lab, step)
    this.played++
    this.changed()
    return true
  }

  /** Fills a database with what the tables hold, batch by batch, and keeps it up to date from then on. */
  async attach(database: DatabaseClient): Promise<void> {
    this.database = database
    this.#changes = tables.flatMap(({ resource }): TableChange[] => [
      { resource, change: null },
      ...this.lab
        .syncer(resource)
        .table.rows()
        .map((row): TableChange => ({ resource, change: { op: 'insert', row } })),
    ])
    await this.flush()
    this.onChange()
  }

  /** Something was done to the lab: the database follows, the page draws. */
  changed(): void {
    void this.flush()
    this.onChange()
  }

  /** Sends the changes that wait. Calls are answered in order, so a query sent afterwards sees them. */
  async flush(): Promise<void> {
    // Without a database nobody needs them: `attach` reads the tables.
    if (this.database === null) this.#changes = []
    while (this.database !== null && this.#changes.length > 0)
      await this.database.apply(this.#changes.splice(0, batchSize))
  }

  /** Replays a shared scenario. What it names must exist; anything else is left out. */
  async restore(scenario: Scenario): Promise<void> {
    await this.reset(scenario.size)
    await this.begin(scenario.story)
    for (let i = 0; i < scenario.steps; i++) this.nextStep()
  }
}

export const sizes: readonly number[] = [200, 2_000, 5_000]

/** What a link may carry, out of what came in from it. */
export function checkedScenario(value: unknown): Scenario | null {
  if (typeof value !== 'object' || value === null) return null
  const { size, story, steps } = { size: 200, story: '', steps: 0, ...value }
  return {
    size: sizes.includes(size) ? size : 200,
    story: typeof story === 'string' ? story : '',
    steps: Number.isInteger(steps) ? Math.max(0, Math.min(20, steps)) : 0,
  }
}
