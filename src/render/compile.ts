// The fence around nunjucks 3.2.4: the only file that imports it. Compiles one template's source to functions.
// Must never know of pages, sites or where templates lie. Traps of the library that are closed here:
//  - errors carry a position only after a function call, and the wrong template's name inside blocks and macros:
//    our compiler writes the position before every lookup and filter, and each function names its own template;
//  - undefined names print as nothing: `{{ … }}` of an undefined name is an error here (null still prints nothing);
//  - `Template.render` drops position and cause of errors unless the `dev` option is set: it is always set.
import type { CompileFrame, Compiler, Node, RuntimeContext, RuntimeFrame, TemplateProps } from 'nunjucks'
import nunjucks from 'nunjucks'
import transformer from 'nunjucks/src/transformer.js'

export const Environment = nunjucks.Environment
export const SafeString = nunjucks.runtime.SafeString
export type Template = nunjucks.Template
export type { RuntimeContext, RuntimeFrame }

export const syntax = { autoescape: true, trimBlocks: true, lstripBlocks: true, dev: true } as const

/** An error with the place in the template where it came up; line and column from 1. */
export class TemplateFault extends Error {
  readonly template: string
  readonly line: number
  readonly column: number
  constructor(cause: unknown, template: string, line: number, column: number) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.template = template
    this.line = line
    this.column = column
  }
}

/** What compiled code calls on its environment, beside `getTemplate`, `getFilter` and `getTest`. */
export interface CompiledCalls {
  /** Called with zero-based positions, as nunjucks counts. */
  located(error: unknown, template: string, line: number, column: number): Error
  guarded(
    macro: (...args: unknown[]) => unknown,
    template: string,
    at: () => readonly [number, number],
  ): (...args: unknown[]) => unknown
  shown(value: unknown, names: readonly string[], context: RuntimeContext, frame: RuntimeFrame): unknown
}

/** The template that an `include … ignore missing` of an absent template gets. */
export function emptyTemplate(env: object): Template {
  const root = (_env: unknown, _context: unknown, _frame: unknown, _runtime: unknown, done: Done) =>
    done(null, '')
  return makeTemplate({ root }, env, '')
}

type Done = (error: unknown, text: string) => void

/** What a template compiles to: functions that know no environment, so that any may use them. */
export type CompiledCode = TemplateProps

/**
 * Compiles `source`. `name` is the virtual name that relative includes are resolved against.
 * Throws a `TemplateFault` with the position of a syntax error.
 */
export function compileTemplate(source: string, name: string): CompiledCode {
  try {
    const tree = nunjucks.parser.parse(source, [], syntax)
    const compiler = new nunjucks.compiler.Compiler(name, false)
    teachPositions(compiler, name)
    teachUndefined(compiler)
    teachLoops(compiler)
    compiler.compile(transformer.transform(tree, [], name))
    // The code is made from a template of the site or of the theme, which are programs of the site's author.
    return new Function(compiler.getCode())()
  } catch (error) {
    const at = error as { readonly lineno?: number; readonly colno?: number } // TemplateError of nunjucks, from 1
    const cause = new SyntaxError(error instanceof Error ? error.message : String(error))
    throw new TemplateFault(cause, name, at.lineno ?? 1, at.colno ?? 1)
  }
}

/** The template of compiled code in one environment. */
export function makeTemplate(props: CompiledCode, env: object, name: string): Template {
  // The published types know only templates made from a string.
  const Code = nunjucks.Template as unknown as nunjucks.CodeTemplate
  return new Code({ type: 'code', obj: props }, env, name)
}

/** Where a reader looks for it: at the name, not at the dot before it or the parenthesis after it. */
function placeOf(node: Node): Node {
  if (node.typename === 'LookupVal' && node.val) return node.val
  return node.typename === 'FunCall' && node.name ? placeOf(node.name) : node
}

/** Makes the compiler write `lineno` and `colno` wherever something may fail, and name the template in errors. */
function teachPositions(compiler: Compiler, name: string): void {
  const quoted = JSON.stringify(name)
  const at = (node: Node) => `lineno = ${placeOf(node).lineno}, colno = ${placeOf(node).colno}`
  const filter = compiler.compileFilter.bind(compiler)
  compiler.compileFilter = (node, frame) => {
    compiler._emit(`(${at(node)}, `)
    filter(node, frame)
    compiler._emit(')')
  }
  const lookup = compiler.compileLookupVal.bind(compiler)
  compiler.compileLookupVal = (node, frame) => {
    compiler._emit(`(${at(node)}, `)
    lookup(node, frame)
    compiler._emit(')')
  }
  const call = compiler.compileFunCall.bind(compiler)
  compiler.compileFunCall = (node, frame) => {
    const { lineno, colno } = placeOf(node)
    call(Object.create(node, { lineno: { value: lineno }, colno: { value: colno } }), frame)
  }
  const getTemplate = compiler._compileGetTemplate.bind(compiler)
  compiler._compileGetTemplate = (node, frame, eager, ignoreMissing) => {
    compiler._emitLine(`${at(node)};`)
    return getTemplate(node, frame, eager, ignoreMissing)
  }
  const macro = compiler._compileMacro.bind(compiler)
  compiler._compileMacro = (node, frame) => {
    const id = macro(node, frame)
    compiler._emitLine(`${id} = env.guarded(${id}, ${quoted}, function () { return [lineno, colno] });`)
    return id
  }
  compiler._emitFuncEnd = (noReturn) => {
    if (!noReturn) compiler._emitLine(`cb(null, ${compiler.buffer});`)
    compiler._closeScopeLevels()
    compiler._emitLine(`} catch (e) { cb(env.located(e, ${quoted}, lineno, colno)); }`)
    compiler._emitLine('}')
    compiler.buffer = null
  }
}

/** The names of `a.b["c"]`: `['a', 'b', 'c']`; null for anything that is not such a chain. */
function chainOf(node: Node): readonly string[] | null {
  if (node.typename === 'Symbol') return [String(node.value)]
  if (node.typename !== 'LookupVal' || !node.target || node.val?.typename !== 'Literal') return null
  const before = chainOf(node.target)
  return before && [...before, String(node.val.value)]
}

/** What `{{ a.b | upper }}` shows first: `a.b`. `default` is the way to allow an undefined name. */
function subjectOf(node: Node): Node {
  const first = node.args?.children?.[0]
  const allows = node.name?.value === 'default' || node.name?.value === 'd'
  return node.typename === 'Filter' && first && !allows ? subjectOf(first) : node
}

/** Makes `{{ … }}` of an undefined name an error; conditions and arguments may still ask for one. */
function teachUndefined(compiler: Compiler): void {
  const checked = new WeakSet<Node>()
  const wrap = (node: Node, compile: () => void): void => {
    if (!checked.delete(node)) {
      compile()
      return
    }
    compiler._emit(`(lineno = ${placeOf(node).lineno}, colno = ${placeOf(node).colno}, env.shown(`)
    compile()
    compiler._emit(`, ${JSON.stringify(chainOf(node))}, context, frame))`)
  }
  const compile = compiler.compile.bind(compiler)
  compiler.compile = (node, frame) => wrap(node, () => compile(node, frame))
  compiler.compileOutput = (node, frame: CompileFrame) => {
    for (const child of node.children ?? []) {
      if (child.typename === 'TemplateData') {
        if (child.value === '') continue
        compiler._emit(`${compiler.buffer} += `)
        compiler.compileLiteral(child, frame)
        compiler._emitLine(';')
        continue
      }
      const subject = subjectOf(child)
      if (chainOf(subject)) checked.add(subject)
      compiler._emit(`${compiler.buffer} += runtime.suppressValue(`)
      compiler.compile(child, frame)
      compiler._emit(', env.opts.autoescape);\n')
    }
  }
}

/** What `loop` holds is set in one place: nunjucks looks for each of the seven by a dotted name, for every item of a list. */
function teachLoops(compiler: Compiler): void {
  compiler._emitLoopBindings = (_node, _list, index, length) => {
    const loop = compiler._tmpid()
    compiler._emitLine(`var ${loop} = frame.variables.loop || (frame.variables.loop = {});`)
    compiler._emitLine(`${loop}.index = ${index} + 1; ${loop}.index0 = ${index};`)
    compiler._emitLine(
      `${loop}.revindex = ${length} - ${index}; ${loop}.revindex0 = ${length} - ${index} - 1;`,
    )
    compiler._emitLine(`${loop}.first = ${index} === 0; ${loop}.last = ${index} === ${length} - 1;`)
    compiler._emitLine(`${loop}.length = ${length};`)
  }
}
