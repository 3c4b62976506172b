// Who links to a document: the links of all bodies turned round, from scratch in each moment, so they cannot be stale.
// What is asked before all bodies are made is a guess (what the moment before knew, else nobody), and its answer that of
// the guess: a page that guessed wrongly is made again when the truth is there.
import type { DocId, Url } from '../content/types.js'
import type { Answers } from '../engine/answers.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import type { Index } from '../site/types.js'
import type { Bodies } from './bodies.js'

export interface Backlinks {
  /** Listed documents that link to this one, posts first, newest first. */
  of(id: DocId): readonly DocId[]
  /** To be called when all bodies are made, once or again: from now on questions are answered. */
  settle(): void
}

export interface BacklinksSource {
  readonly index: Index
  readonly bodies: Pick<Bodies, 'targets'>
  readonly answers: Answers
  /** What the moment before knew. */
  readonly before?: Pick<Backlinks, 'of'>
}

export function openBacklinks({ index, bodies, answers, before }: BacklinksSource): Backlinks {
  let graph: ReadonlyMap<DocId, readonly DocId[]> | undefined
  let isSettled = false
  // Let go when it is not needed any more: else every moment would keep all before it.
  let earlier = before
  const known = (id: DocId): readonly DocId[] => {
    graph ??= turnRound(index, bodies)
    return graph.get(id) ?? []
  }
  const of = (id: DocId): readonly DocId[] =>
    isSettled ? known(id) : (earlier?.of(id) ?? []).filter((other) => index.urls.has(other))
  const answer = (id: DocId): Answer => fingerprint(of(id).join('\n'))
  answers.guess('backlinks', answer)
  return {
    of,
    settle() {
      // A moment that was given up is made to its end later.
      if (isSettled) return
      isSettled = true
      earlier = undefined
      answers.answer('backlinks', answer)
    },
  }
}

function turnRound(index: Index, bodies: Pick<Bodies, 'targets'>): ReadonlyMap<DocId, readonly DocId[]> {
  const owners = new Map<Url, DocId>([...index.urls].map(([id, url]) => [url, id]))
  const graph = new Map<DocId, DocId[]>()
  for (const from of [...index.posts, ...index.pages, ...index.projects]) {
    const seen = new Set<DocId>()
    for (const { url } of bodies.targets.of(from)) {
      const to = url === '' ? undefined : owners.get(url)
      if (to === undefined || to === from || seen.has(to)) continue
      seen.add(to)
      const list = graph.get(to)
      if (list) list.push(from)
      else graph.set(to, [from])
    }
  }
  return graph
}
