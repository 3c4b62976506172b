// nunjucks' own step between parser and compiler (it lifts `super()`); untyped, and not named by its index.js.
declare module 'nunjucks/src/transformer.js' {
  const transformer: {
    transform(
      tree: import('nunjucks').Node,
      asyncFilters: readonly string[],
      name: string,
    ): import('nunjucks').Node
  }
  export default transformer
}
