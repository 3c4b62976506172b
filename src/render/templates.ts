// Templates by name: looks them up, notes each look, keeps what is compiled, turns errors into Problems.
// Every extends, include, import and from-import of compiled code calls `getTemplate`, also for names computed at
// run time and for templates already compiled; hence the note stands there and nowhere else (a loader would be
// asked only once per template). Must never touch the disk: `find` is handed in and answers from the snapshot.
import { note } from '../engine/reads.js'
import { didYouMean, frame as frameOf, type Problem, ProblemError, passOn } from '../errors.js'
import {
  type CompiledCalls,
  type CompiledCode,
  compileTemplate,
  Environment,
  emptyTemplate,
  makeTemplate,
  type RuntimeContext,
  type RuntimeFrame,
  syntax,
  type Template,
  TemplateFault,
} from './compile.js'
import { OutsideLayouts, resolveName } from './template-name.js'

export interface TemplateSource {
  readonly source: string
  /** Relative to the site's root, for messages. */
  readonly path: string
}

export type Filter = (...args: never[]) => unknown

export interface TemplateWorld {
  /** Looks in the site's layouts, then in the package's. */
  find(name: string): TemplateSource | undefined
  readonly filters: Readonly<Record<string, Filter>>
  readonly globals: Readonly<Record<string, unknown>>
  /** Compiled code by name and source, shared between builds of one process. */
  readonly compiled?: CompiledTemplates
}

export type CompiledTemplates = Map<string, { readonly source: string; readonly code: CompiledCode }>

export interface Templates {
  /** `url` is the page's address, for messages. Throws `ProblemError`. */
  render(name: string, context: Readonly<Record<string, unknown>>, url: string): string
}

class MissingTemplate extends Error {}
class UndefinedName extends Error {}
class UnknownFilter extends Error {}

type Loaded = (error: Error | null, template: Template | null) => void

/** nunjucks' environment with our lookup: the one inheritance in the program, because compiled code calls it. */
class TemplateEnvironment extends Environment implements CompiledCalls {
  /** Compiled templates; valid only while the source is the very same text, so an edit can never be missed. */
  private readonly compiled = new Map<string, { readonly source: string; readonly template: Template }>()
  private readonly world: TemplateWorld
  private readonly none: Template
  /** Template → the template that first asked for it, in the page being rendered. */
  parents = new Map<string, string>()
  /** The first template that asked for one from which it was itself asked for. */
  loop: string | undefined

  constructor(world: TemplateWorld) {
    super([], syntax)
    this.world = world
    this.none = emptyTemplate(this)
  }

  override getTemplate(
    name: string,
    _eager?: boolean,
    parent?: string | null | Loaded,
    ignoreMissing?: boolean,
    loaded?: Loaded,
  ): Template {
    const asker = typeof parent === 'string' ? parent : null
    const resolved = resolveName(String(name), asker)
    note(`template:${resolved}`)
    if (asker === resolved)
      throw new Error(`${resolved} names itself; one that replaces the theme's may extend base.njk`)
    if (asker && this.chainTo(asker).includes(resolved)) this.loop ??= asker
    else if (asker && !this.parents.has(resolved)) this.parents.set(resolved, asker)
    const found = this.world.find(resolved)
    if (!found && !ignoreMissing) throw new MissingTemplate(`there is no template "${resolved}"`)
    const template = found ? this.compileOnce(resolved, found.source) : this.none
    // `compile()` fills `blocks`, which `extends` reads; the published types leave it out.
    ;(template as Template & { compile(): void }).compile()
    loaded?.(null, template)
    return template
  }

  /** Who asked for whom, from the page's template down to this one. */
  chainTo(name: string): string[] {
    const chain = [name]
    for (let up = this.parents.get(name); up && !chain.includes(up); up = this.parents.get(up))
      chain.unshift(up)
    return chain
  }

  private compileOnce(name: string, source: string): Template {
    const kept = this.compiled.get(name)
    if (kept?.source === source) return kept.template
    const shared = this.world.compiled?.get(name)
    const code = shared?.source === source ? shared.code : compileTemplate(source, name)
    this.world.compiled?.set(name, { source, code })
    const template = makeTemplate(code, this, name)
    this.compiled.set(name, { source, template })
    return template
  }

  override getFilter(name: string): (...args: unknown[]) => unknown {
    const filters = (this as unknown as { filters: Record<string, (...args: unknown[]) => unknown> }).filters
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined
    if (filter) return filter
    const near = didYouMean(name, Object.keys(filters))
    throw new UnknownFilter(`there is no filter "${name}"${near ? `; did you mean "${near}"?` : ''}`)
  }

  located(error: unknown, template: string, line: number, column: number): Error {
    const known = innermost(error)
    // Where the stack overruns is chance: the place of an endless loop is the tag that closes it.
    const isChance = known instanceof TemplateFault && known.template !== this.loop
    if (isChance && template === this.loop && known.cause instanceof RangeError)
      return new TemplateFault(known.cause, template, line + 1, column + 1)
    return known ?? new TemplateFault(error, template, line + 1, column + 1)
  }

  guarded(
    macro: (...args: unknown[]) => unknown,
    template: string,
    at: () => readonly [number, number],
  ): (...args: unknown[]) => unknown {
    return (...args) => {
      try {
        return macro(...args)
      } catch (error) {
        throw this.located(error, template, ...at())
      }
    }
  }

  shown(value: unknown, names: readonly string[], context: RuntimeContext, frame: RuntimeFrame): unknown {
    if (value !== undefined) return value
    const [first = '', ...rest] = names
    let known: unknown = frame.lookup(first) ?? context.lookup(first)
    let path = first
    let allowed = Object.keys(context.ctx).concat(Object.keys(this.world.globals))
    for (const name of rest) {
      if (known === null) throw new UndefinedName(`${path} is null here and has no "${name}"`)
      if (known === undefined) break
      allowed = Object.keys(known)
      known = (known as Readonly<Record<string, unknown>>)[name] // any value of a template may be looked into
      path += `.${name}`
    }
    const near = didYouMean(path.split('.').pop() ?? '', allowed)
    throw new UndefinedName(`${path} is not defined${near ? `; did you mean "${near}"?` : ''}`)
  }
}

/** Errors pass through several hands of nunjucks, each wrapping the last: the first place is the right one. */
function innermost(error: unknown): TemplateFault | ProblemError | null {
  let fault: TemplateFault | ProblemError | null = null
  for (const e of causesOf(error))
    if (e instanceof TemplateFault || (e instanceof ProblemError && hasPlace(e))) fault = e
  return fault
}

/** The error, what it was made of, and so on. */
function causesOf(error: unknown): readonly Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}

/** What a query or a view complains of without knowing who asked has its place in the template that did. */
const hasPlace = (error: ProblemError): boolean => error.problems.every(({ file }) => file !== undefined)

const kinds: readonly [abstract new (...args: never[]) => Error, code: string, fix: string][] = [
  [UndefinedName, 'render/undefined', 'correct the name, or allow it to be absent with | default("")'],
  [
    MissingTemplate,
    'render/missing-template',
    'add it under layouts/, or write {% include … ignore missing %}',
  ],
  [UnknownFilter, 'render/unknown-filter', 'correct the name, or add the filter through a plugin'],
  [
    OutsideLayouts,
    'render/bad-template-name',
    'name the template relative to layouts/, such as "partials/x.njk"',
  ],
  [SyntaxError, 'render/syntax', 'see https://mozilla.github.io/nunjucks/templating.html'],
  [RangeError, 'render/endless', 'a template may not extend or include itself without an end'],
]

/** One lookup and error policy around nunjucks; compiled templates are kept for the life of this object. */
export function createTemplates(world: TemplateWorld): Templates {
  const env = new TemplateEnvironment(world)
  const random = () => {
    throw new Error('the filter "random" is switched off: the same site must give the same pages')
  }
  for (const [name, filter] of Object.entries({ random, ...world.filters }))
    env.addFilter(name, filter as Filter)
  for (const [name, value] of Object.entries(world.globals)) env.addGlobal(name, value)

  const problemsOf = (fault: TemplateFault, page: string, url: string): readonly Problem[] => {
    const chain = env.chainTo(fault.template)
    if (chain[0] !== page) chain.unshift(page)
    const found = world.find(fault.template)
    const kind = kinds.find(([type]) => fault.cause instanceof type)
    const frame = found ? frameOf(found.source, fault.line, fault.column) : ''
    const place = {
      file: found?.path ?? fault.template,
      line: fault.line,
      column: fault.column,
      ...(frame && { frame }),
    }
    const told = causesOf(fault).find((cause) => cause instanceof ProblemError)
    if (told) return told.problems.map((problem) => ({ ...problem, ...place }))
    const problem: Problem = {
      severity: 'error',
      code: kind?.[1] ?? 'render/failed',
      what: fault.message,
      ...place,
      // Not in `what`: one mistake in a template is told once, however many pages it breaks.
      found: `on page ${url}, by ${chain.join(' → ')}`,
      ...(kind && { fix: kind[2] }),
    }
    return [problem]
  }

  return {
    render(name, context, url) {
      env.parents = new Map()
      env.loop = undefined
      try {
        return env.getTemplate(name).render(context)
      } catch (error) {
        passOn(error)
        const fault = innermost(error) ?? new TemplateFault(error, name, 1, 1)
        throw fault instanceof ProblemError ? fault : new ProblemError(...problemsOf(fault, name, url))
      }
    },
  }
}
