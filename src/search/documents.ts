// One `search:` step for each document that is found by search, and the questions about all of them together:
// `postings:SHARD` and `postings:sizes`. What a reader's browser fetches is made from these by pages/search.ts.
import type { Entry } from '../../layouts/scripts/search-look.js'
import type { SiteConfig } from '../config/types.js'
import type { DocId, Meta } from '../content/types.js'
import type { Answers } from '../engine/answers.js'
import { absent, fingerprint } from '../engine/fingerprint.js'
import type { Pace } from '../engine/pace.js'
import { note, type Question } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import type { Bodies } from '../markdown/bodies.js'
import type { Section } from '../markdown/types.js'
import type { Metas, SearchView } from '../site/types.js'
import { hrefOf } from '../urls.js'
import { entryOf, type Folding, termsOf } from './entry.js'
import { writeVariants } from './folding.js'
import { bucketsOf, shardAnswer, shardText } from './postings.js'
import { shardCount } from './searched.js'

export interface SearchSource {
  readonly engine: Engine
  readonly config: SiteConfig
  /** Documents by their number: `searchedIds`. */
  readonly ids: readonly DocId[]
  readonly metas: Metas
  readonly bodies: Bodies
  readonly folding: Folding
}

export interface Search {
  /** Makes what the whole index rests on, bodies too. */
  all(pace: Pace): Promise<void>
  /** What pages are written from. What is not made yet reads as nothing, and is wanted. */
  view(wanted: Set<Question>): SearchView
}

export function openSearch(source: SearchSource, answers: Answers): Search {
  const { engine, config, ids, metas, bodies, folding } = source
  const shards = shardCount(ids.length)
  /** Each document's step, once somebody wanted it. */
  const making = new Map<DocId, Promise<Step>>()
  let steps: readonly Step[] | undefined
  let digests: readonly Uint8Array[] = []
  let buckets: readonly Uint8Array[] | undefined

  const entry = (id: DocId, meta: Meta, body: Step): Entry => {
    note(`meta:${id}`)
    note(`sections:${id}`)
    return entryOf(
      meta,
      hrefOf(meta.url, config.basePath),
      body.part<readonly Section[]>('sections'),
      folding,
    )
  }
  const make = async (id: DocId): Promise<Step> => {
    await bodies.one(id)
    const meta = metas.get(id)
    const body = bodies.made.get(id)
    // Who is listed is published, hence has both.
    if (!meta || !body) throw new Error(`no body of ${id}`)
    const run = () => {
      const whole = entry(id, meta, body)
      const { bytes, digests } = bucketsOf(termsOf(whole, folding), shards)
      return { bytes, digests, size: sizeClass(JSON.stringify(whole)) }
    }
    return engine.step(`search:${id}`, String(shards), run)
  }
  const sizes = (): string => steps?.map((step) => step.part<string>('size')).join('') ?? ''

  answers.answer('postings', (subject) => {
    if (!steps) return absent
    return subject === 'sizes' ? fingerprint(sizes()) : shardAnswer(digests, Number(subject))
  })

  return {
    async all(pace) {
      if (steps) return
      const made: Step[] = []
      for (const id of ids) {
        const step = making.get(id) ?? make(id)
        making.set(id, step)
        made.push(await step)
        await pace.breathe()
      }
      digests = made.map((step) => step.part<Uint8Array>('digests'))
      steps = made
    },
    view: (wanted) => {
      const ready = (question: Question): boolean => {
        note(question)
        if (!steps) wanted.add(question)
        return steps !== undefined
      }
      return {
        variants: () => writeVariants(folding.variants ?? new Map()),
        sizes: () => (ready('postings:sizes') ? sizes() : ''),
        shard(number) {
          if (!ready(`postings:${number}`)) return ''
          buckets ??= steps?.map((step) => step.part<Uint8Array>('bytes')) ?? []
          return shardText(buckets, number)
        },
        text(id) {
          const meta = metas.get(id)
          const body = bodies.made.get(id)
          if (!body) wanted.add(`sections:${id}`)
          return meta && body ? JSON.stringify(entry(id, meta, body)) : ''
        },
      }
    },
  }
}

/** About how many bytes a text costs on its way, in steps of half as much again: one letter from `0` on. */
function sizeClass(text: string): string {
  let bytes = 150
  for (let i = 0; i < text.length; i++) bytes += text.charCodeAt(i) < 0x80 ? 0.36 : 1.3
  return String.fromCharCode(0x30 + Math.max(0, Math.ceil(Math.log(bytes / 256) / Math.log(1.5))))
}
