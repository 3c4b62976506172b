// The parts of nunjucks 3.2.4 that `@types/nunjucks` leaves out and `compile.ts` needs. The package exports them
// (`index.js` of nunjucks names parser, compiler and runtime), only their types are missing.
import type { Template } from 'nunjucks'

declare module 'nunjucks' {
  interface Node {
    readonly typename: string
    /** Both from 0. */
    readonly lineno: number
    readonly colno: number
    readonly value?: unknown
    readonly target?: Node
    readonly val?: Node
    readonly name?: Node
    readonly args?: Node
    readonly children?: readonly Node[]
  }
  /** Compile-time scope: a name's JavaScript variable. */
  interface CompileFrame {
    readonly parent?: CompileFrame
  }
  interface Compiler {
    buffer: string | null
    compile(node: Node, frame?: CompileFrame): void
    compileFilter(node: Node, frame: CompileFrame): void
    compileFunCall(node: Node, frame: CompileFrame): void
    compileLookupVal(node: Node, frame: CompileFrame): void
    compileOutput(node: Node, frame: CompileFrame): void
    compileLiteral(node: Node, frame: CompileFrame): void
    _compileMacro(node: Node, frame?: CompileFrame): string
    _compileGetTemplate(node: Node, frame: CompileFrame, eager: boolean, ignoreMissing: boolean): string
    _emit(code: string): void
    _emitLine(code: string): void
    _emitFuncEnd(noReturn?: boolean): void
    /** `index` and `length` are JavaScript variables. */
    _emitLoopBindings(node: Node, list: string, index: string, length: string): void
    _tmpid(): string
    _closeScopeLevels(): void
    getCode(): string
  }
  interface RuntimeFrame {
    lookup(name: string): unknown
  }
  interface RuntimeContext {
    lookup(name: string): unknown
    readonly ctx: Readonly<Record<string, unknown>>
  }
  interface TemplateProps {
    readonly [block: string]: unknown
  }
  const compiler: { Compiler: new (name: string, throwOnUndefined: boolean) => Compiler }
  const parser: { parse(source: string, extensions: readonly never[], options: object): Node }
  /** Compiled: `new Template({ type: 'code', obj }, env, name)`. */
  interface CodeTemplate {
    new (source: { type: 'code'; obj: TemplateProps }, env: object, path: string): Template
  }
}
