// Shiki as an option (`markdown.highlighter: 'shiki'`), for those who want its grammars and pay for them: it is not
// installed with us, so it is looked up by name when first needed. Its css-variables theme keeps light and dark in the
// style sheet; colours come as `style="color:var(--shiki-…)"`. Only what is called here is assumed of its interface.
import type { Element, ElementContent, Root } from 'hast'
import { ProblemError } from '../errors.js'
import type { Highlighter } from './languages.js'

interface Shiki {
  createHighlighter(options: { langs: string[]; themes: unknown[] }): Promise<{
    loadLanguage(language: string): Promise<void>
    codeToHast(code: string, options: { lang: string; theme: string }): Root
  }>
  createCssVariablesTheme(options: { name: string }): unknown
  readonly bundledLanguages: Readonly<Record<string, unknown>>
}

// Not a literal: bundlers and the type checker must not look for what may be absent.
const packageName = ['shiki'].join('')

async function loadShiki(): Promise<Shiki> {
  try {
    return (await import(packageName)) as Shiki
  } catch {
    throw new ProblemError({
      severity: 'error',
      code: 'markdown/no-shiki',
      what: "markdown.highlighter is 'shiki', but the package is not installed",
      fix: "run npm i shiki, or set markdown.highlighter to 'lowlight'",
    })
  }
}

const plain = /^(?:text|txt|plain|plaintext|none|raw|output|mermaid|math)?$/

/** The highlighter of `languages.ts`, made by Shiki. `find` throws a ProblemError where it is not installed. */
export function createShikiHighlighter(): Highlighter {
  const theme = 'css-variables'
  const start = async () => {
    const shiki = await loadShiki()
    const themes = [shiki.createCssVariablesTheme({ name: theme })]
    return {
      names: shiki.bundledLanguages,
      highlighter: await shiki.createHighlighter({ langs: [], themes }),
    }
  }
  let started: ReturnType<typeof start> | undefined
  let ready: Awaited<ReturnType<typeof start>> | undefined
  const open = async () => {
    started ??= start()
    ready = await started
    return ready
  }
  return {
    async find(language) {
      const { names, highlighter } = await open()
      if (plain.test(language)) return ''
      if (!Object.hasOwn(names, language)) return undefined
      await highlighter.loadLanguage(language)
      return language
    },
    highlight(name, code) {
      if (name === '' || !ready) return [{ type: 'text', value: code }]
      return linesOf(ready.highlighter.codeToHast(code, { lang: name, theme }))
    },
    async names() {
      return Object.keys((await open()).names).sort()
    },
  }
}

/** The tokens alone: Shiki's own `pre`, `code` and line elements are ours to make. */
function linesOf(root: Root): ElementContent[] {
  const pre = root.children.find((node): node is Element => node.type === 'element')
  const code = pre?.children.find((node): node is Element => node.type === 'element')
  return (code?.children ?? []).flatMap((line): ElementContent[] =>
    line.type === 'element' ? line.children : [line],
  )
}
