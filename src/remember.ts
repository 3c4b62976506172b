// What one moment of a site leaves for the next in the same process: values that a fresh process would compute equal,
// so that an edit costs what it changed. It holds no answers: those belong to one moment.
import type { SiteConfig } from './config/types.js'
import type { DocId } from './content/types.js'
import type { Answer } from './engine/fingerprint.js'
import type { Step } from './engine/step.js'
import type { StepKey, Trace } from './engine/trace.js'
import { highlighterFor } from './markdown/body.js'
import type { Highlighter } from './markdown/languages.js'
import type { PageVersions } from './pages/page.js'
import type { Plan } from './pages/plan.js'
import type { CompiledTemplates } from './render/templates.js'
import type { Ask } from './site/ask.js'
import type { Index, Metas } from './site/types.js'

export interface SiteMemory {
  readonly metas: Metas
  readonly index: Index
  readonly ask: Ask
  readonly plan: Plan
}

export interface Memory {
  /** Small parts of kept values by their hash. */
  readonly values: Map<Answer, unknown>
  readonly templates: CompiledTemplates
  readonly versions: PageVersions
  /** Made when first wanted. */
  highlighter(config: SiteConfig): Highlighter
  /**
   * The same documents and ledger before the next change of what is public: the same Index, queries and plan; else
   * `gather`.
   */
  site(documents: ReadonlyMap<DocId, Step>, at: number, gather: () => SiteMemory, ledger: Answer): SiteMemory
  /** Forgets values that none of these traces has. */
  tidy(traces: ReadonlyMap<StepKey, Trace>): void
}

/** For one configuration. `values` may be handed on: they are known by their hash alone. */
export function makeMemory(values: Map<Answer, unknown> = new Map()): Memory {
  let highlighter: Highlighter | undefined
  let last: { readonly documents: string; readonly at: number; readonly site: SiteMemory } | undefined
  return {
    values,
    templates: new Map(),
    versions: new WeakMap(),
    highlighter(config) {
      highlighter ??= highlighterFor(config)
      return highlighter
    },
    site(documents, at, gather, ledger) {
      const told = [ledger, ...[...documents].map(([id, step]) => `${id}\0${step.hash('meta')}`)].join('\n')
      const next = last?.site.index.nextChange ?? null
      if (last && last.documents === told && at >= last.at && (next === null || at < next)) return last.site
      const site = gather()
      last = { documents: told, at, site }
      return site
    },
    tidy(traces) {
      const live = new Set<Answer>()
      for (const { parts } of traces.values()) for (const [, , hash] of Object.values(parts)) live.add(hash)
      for (const hash of values.keys()) if (!live.has(hash)) values.delete(hash)
    },
  }
}
