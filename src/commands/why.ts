// `inkstone why URL-or-output-path`: what stands behind one output, and why it was or was not made again in the
// last build. Read from the cache alone: the traces are the truth, nothing is guessed.
import { join, resolve } from 'node:path'
import { realDisk } from '../engine/disk.js'
import { loadState, type State } from '../engine/state.js'
import { didYouMean } from '../errors.js'
import { decodePath, outPathOf } from '../urls.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'

export const whyCommand: Command = {
  usage: 'why URL-or-output-path',
  help: 'what is behind an output, and why it was made again',
  words: [1, 1],
  flags: {
    root: rootFlag,
    cache: { kind: 'text', value: 'DIR', help: 'cache folder (default: ROOT/.inkstone)' },
    json: { kind: 'flag', help: 'print one JSON object' },
    help: helpFlag,
  },
  run: async ({ words, texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> => {
    const root = resolve(terminal.folder, texts.get('root') ?? '.')
    const cache = texts.has('cache')
      ? resolve(terminal.folder, texts.get('cache') ?? '')
      : join(root, '.inkstone')
    const state = loadState(realDisk, join(cache, 'state'))
    if (typeof state === 'string') {
      terminal.err(`There is no finished build in ${cache}. Run inkstone build first.\n`)
      return 1
    }
    const asked = words[0] ?? ''
    const key = keyOf(state, asked)
    if (key === undefined) {
      const pages = [...state.steps.keys()]
        .filter((step) => step.startsWith('page:'))
        .map((step) => step.slice('page:'.length))
      const near = didYouMean(pathOf(asked), pages)
      const copied = ['public', 'content']
        .map((folder) => `${folder}/${pathOf(asked).slice(1)}`)
        .find((file) => realDisk.stat(join(root, file)))
      if (copied !== undefined) terminal.out(`${asked} is a copy of ${copied}\n`)
      else terminal.err(`No page at ${asked}${near === undefined ? '' : `; did you mean ${near}?`}\n`)
      return copied === undefined ? 1 : 0
    }
    const answer = explain(state, key)
    terminal.out(flags.has('json') ? `${JSON.stringify(answer)}\n` : show(answer))
    return 0
  },
}

/** The path of an address as an author may give it: absolute, encoded, or a path of the output folder. */
function pathOf(asked: string): string {
  const path = URL.canParse(asked) ? new URL(asked).pathname : asked
  return decodePath(path.startsWith('/') ? path : `/${path}`)
}

function keyOf(state: State, asked: string): string | undefined {
  const wanted = outPathOf(pathOf(asked))
  const ways = new Set([wanted, outPathOf(`${pathOf(asked)}/`)])
  return [...state.steps.keys()].find(
    (key) => key.startsWith('page:') && ways.has(outPathOf(key.slice('page:'.length))),
  )
}

interface Explained {
  readonly step: string
  /** Why it ran in the last build; '' where it was kept. */
  readonly reason: string
  readonly files: readonly string[]
  readonly templates: readonly string[]
  readonly questions: readonly string[]
  /** Steps of lower floors that it rests on, with their reasons. */
  readonly below: readonly { readonly step: string; readonly reason: string }[]
}

/** Which step makes the value that a question is about. */
function stepOf(question: string): string | undefined {
  const [scheme = '', subject = ''] = [
    question.slice(0, question.indexOf(':')),
    question.slice(question.indexOf(':') + 1),
  ]
  if (['html', 'excerpt', 'toc', 'text', 'facts'].includes(scheme)) return `body:${subject}`
  if (scheme === 'feed' || scheme === 'meta' || scheme === 'data') return `${scheme}:${subject}`
  return scheme === 'asset' ? `bundle:${subject}` : undefined
}

function explain(state: State, key: string): Explained {
  const below = new Set<string>()
  const files = new Set<string>()
  const collect = (step: string): void => {
    for (const [question] of state.steps.get(step)?.reads ?? []) {
      if (question.startsWith('file:')) files.add(question.slice('file:'.length))
      const under = stepOf(question)
      if (under === undefined || below.has(under) || !state.steps.has(under)) continue
      below.add(under)
      collect(under)
    }
  }
  collect(key)
  const reads = state.steps.get(key)?.reads ?? []
  // A template's answer is the path it was found at and its hash.
  const templates = reads.filter(([question]) => question.startsWith('template:'))
  return {
    step: key,
    reason: state.reasons[key] ?? '',
    files: [...files].sort(),
    templates: templates.map(([question, answer]) => answer.split(' ')[0] ?? question),
    questions: reads.map(([question]) => question).filter((question) => !question.startsWith('template:')),
    below: [...below].sort().map((step) => ({ step, reason: state.reasons[step] ?? '' })),
  }
}

function show({ step, reason, files, templates, questions, below }: Explained): string {
  const block = (title: string, rows: readonly string[]) =>
    rows.length === 0 ? [] : [`${title}:`, ...rows.map((row) => `  ${row}`)]
  const made = reason === '' ? 'kept: every question has the answer it had' : `made again: ${reason}`
  return `${[
    `${step}  ${made}`,
    ...block('source files', files),
    ...block('templates', templates),
    ...block('questions', questions),
    ...block(
      'steps below',
      below.map((under) => `${under.step}  ${under.reason === '' ? 'kept' : under.reason}`),
    ),
  ].join('\n')}\n`
}
