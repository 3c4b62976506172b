// The plugins of a configuration, checked before any of them is called; and where to look for one that fails.
import { locateKey } from './config/locate.js'
import { didYouMean, type Problem } from './errors.js'

/** Slot → what it must be. */
const slots: Readonly<Record<string, (value: unknown) => boolean>> = {
  remark: Array.isArray,
  rehype: Array.isArray,
  meta: (value) => typeof value === 'function',
  queries: isRecordOfFunctions,
  pages: (value) => typeof value === 'function',
  filters: isRecordOfFunctions,
  finish: (value) => typeof value === 'function',
}
const expected: Readonly<Record<string, string>> = {
  remark: 'remark: [plugin, [plugin, options]]',
  rehype: 'rehype: [plugin, [plugin, options]]',
  meta: 'meta(meta) { return meta }',
  queries: 'queries: { name(index, metas) { return [] } }',
  pages: 'pages(index, metas) { return [] }',
  filters: 'filters: { name(value) { return value } }',
  finish: 'finish(html, page) { return html }',
}

function isRecordOfFunctions(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((item) => typeof item === 'function')
  )
}

/** What is wrong with `plugins` of the configuration at `file`, whose text is `text`. */
export function checkPlugins(plugins: unknown, file: string, text: string): Problem[] {
  if (plugins === undefined) return []
  const problem = (what: string, allowed: string, key = 'plugins'): Problem => ({
    severity: 'error',
    code: 'config/bad-plugin',
    what,
    ...locateKey(file, text, key === 'plugins' ? ['plugins'] : ['plugins', key]),
    expected: [allowed],
  })
  const form = "a list of objects like { name: 'my-plugin', remark: [...] }"
  if (!Array.isArray(plugins)) return [problem('plugins must be a list', form)]
  return plugins.flatMap((plugin: unknown, i) => {
    if (typeof plugin !== 'object' || plugin === null) return [problem(`plugin ${i + 1} is no object`, form)]
    if (!('name' in plugin) || typeof plugin.name !== 'string')
      return [problem(`plugin ${i + 1} has no name`, form)]
    const { name } = plugin
    const wrong = Object.entries(slots)
      .filter(([slot, accepts]) => slot in plugin && !accepts(Reflect.get(plugin, slot)))
      .map(([slot]) =>
        problem(`${slot} of plugin "${name}" is not what it must be`, expected[slot] ?? '', slot),
      )
    // A plugin may hold more than slots; what looks like one of them is a slip.
    const slips = Object.keys(plugin)
      .filter((key) => key !== 'name' && !Object.hasOwn(slots, key))
      .flatMap((key): Problem[] => {
        const near = didYouMean(key, Object.keys(slots))
        if (!near) return []
        const what = `plugin "${name}" has no slot "${key}", did you mean "${near}"?`
        return [{ ...problem(what, Object.keys(slots).join(', '), key), severity: 'warning' }]
      })
    return [...wrong, ...slips]
  })
}

const ofPlugins = /^(?:plugin|pages|render\/(?:write|finish)$)/

/** What a plugin did wrong without a file of its own to point at is told at `plugins` of the configuration. */
export function atPlugins(
  problems: readonly Problem[],
  { file, text }: { readonly file: string; readonly text: string },
): readonly Problem[] {
  return problems.map((problem) =>
    problem.file === undefined && ofPlugins.test(problem.code)
      ? { ...problem, ...locateKey(file, text, ['plugins']) }
      : problem,
  )
}
