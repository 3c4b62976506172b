// Data files: everything below `data/` that templates read as `data.NAME`. A step `data:NAME` for each; folders are
// nested keys. Questions: `data:NAME` is the value (so a comment in a file makes no page again), `data:FOLDER/` the
// names in a folder. What is not there is an answer, too.
import { type Answer, absent, deepFreeze, fingerprint } from '../engine/fingerprint.js'
import { note } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import { type Problem, ProblemError } from '../errors.js'
import type { Json } from '../json.js'
import { blogrollName } from './blogroll.js'
import { type DataResult, dataEnding, parseData } from './data-parse.js'
import type { Snapshot } from './scan.js'
import type { Path } from './types.js'

/** What templates see: a folder of `data/`, whose keys are noted when they are asked for. */
export interface DataFolder {
  readonly [name: string]: Json | DataFolder | undefined
}

export interface DataFiles {
  readonly view: DataFolder
  /** Is there a blogroll, and nothing wrong with it? */
  readonly hasBlogroll: boolean
  /** The answer to `data:` + subject; total. */
  answer(subject: string): Answer
  /** Of all files, read by a page or not. */
  readonly problems: readonly Problem[]
}

export interface DataSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
}

/** Makes a step for each data file, and the view of them all. */
export async function makeData({ engine, snapshot }: DataSource): Promise<DataFiles> {
  const steps = new Map<string, Step>()
  const files = new Map<string, Path>()
  const problems: Problem[] = []
  /** Folder (`''`, `people/`) → its keys. */
  const folders = new Map<string, Set<string>>()
  for (const path of snapshot.under('data')) {
    const ending = dataEnding(path)
    if (ending === undefined) continue
    const name = path.slice('data/'.length, -ending.length - 1)
    const first = files.get(name)
    if (first !== undefined) {
      problems.push(sameName(path, first, name))
      continue
    }
    files.set(name, path)
    const parts = name.split('/')
    parts.forEach((part, at) => {
      const folder = parts
        .slice(0, at)
        .map((parent) => `${parent}/`)
        .join('')
      folders.set(folder, (folders.get(folder) ?? new Set()).add(part))
    })
  }
  for (const [name, path] of files) {
    if (folders.has(`${name}/`)) problems.push(sameName(path, `data/${name}/`, name))
    const step = await engine.step(`data:${name}`, path, async () => {
      note(`file:${path}`)
      const { value, problems } = await parseData(path, snapshot.text(path) ?? '')
      // As text: kept values have their keys sorted, and here the author's order is worth something.
      return { text: JSON.stringify(value), problems }
    })
    steps.set(name, step)
    problems.push(...problemsOf(step))
  }

  const loaded = (name: string, step: Step): Json => {
    const wrong = problemsOf(step)
    if (wrong.length > 0) throw new ProblemError(...wrong)
    const known = values.get(name)
    if (known !== undefined) return known
    const value = deepFreeze(JSON.parse(step.part<string>('text')) as Json)
    values.set(name, value)
    return value
  }
  const values = new Map<string, Json>()
  const views = new Map<string, DataFolder>()
  const viewOf = (folder: string): DataFolder => {
    const known = views.get(folder)
    if (known) return known
    const at = (key: string): Json | DataFolder | undefined => {
      const name = folder + key
      note(`data:${name}`)
      const step = steps.get(name)
      if (step) return loaded(name, step)
      return folders.has(`${name}/`) ? viewOf(`${name}/`) : undefined
    }
    // A getter for each key would say nothing of a key that is asked for and absent; hence a proxy.
    const refuse = (): boolean => false
    const view = new Proxy<DataFolder>(
      {},
      {
        get: (_, key) => (typeof key === 'string' ? at(key) : undefined),
        has: (_, key) => typeof key === 'string' && at(key) !== undefined,
        ownKeys() {
          note(`data:${folder}/`)
          return [...(folders.get(folder) ?? [])].sort()
        },
        getOwnPropertyDescriptor(_, key) {
          const value = typeof key === 'string' ? at(key) : undefined
          return value === undefined ? undefined : { value, enumerable: true, configurable: true }
        },
        set: refuse,
        defineProperty: refuse,
        deleteProperty: refuse,
      },
    )
    views.set(folder, view)
    return view
  }
  const blogroll = steps.get(blogrollName)
  return {
    view: viewOf(''),
    hasBlogroll: blogroll !== undefined && problemsOf(blogroll).length === 0,
    problems,
    answer(subject) {
      const folder = subject.slice(0, -1)
      if (subject.endsWith('/')) return fingerprint([...(folders.get(folder) ?? [])].sort().join('\n'))
      const step = steps.get(subject)
      if (step) return `${step.hash('text')} ${step.hash('problems')}`
      return folders.has(`${subject}/`) ? 'folder' : absent
    },
  }
}

const problemsOf = (step: Step): readonly Problem[] => step.part<DataResult['problems']>('problems')

function sameName(path: Path, other: Path, name: string): Problem {
  return {
    severity: 'error',
    code: 'data/same-name',
    what: `data.${name.replaceAll('/', '.')} would be this file and ${other}`,
    file: path,
    fix: 'rename one of the two',
  }
}
