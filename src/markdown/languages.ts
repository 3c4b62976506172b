// The highlighter: grammars of highlight.js, run by `colouring.ts` and, where a part's language is to be guessed, by
// lowlight. Traps: a grammar with free sub-languages looks at what is registered, so the set must never depend on which
// documents came first: there are two fixed ones, the common languages and all of them, the second loaded only when a
// document asks for a rare one. Unknown languages never fail and are never guessed: guessing costs a hundred times as much.
import type { ElementContent } from 'hast'
import { common, createLowlight } from 'lowlight'
import { type Colour, GuessWanted, openColouring } from './colouring.js'
import { commonAliases } from './common-aliases.js'
import { type Grammars, openGrammars } from './grammars.js'

type Lowlight = ReturnType<typeof createLowlight>

export interface Highlighter {
  /** The grammar's name for a language as typed; '' for text that shall stay plain; undefined where unknown. */
  find(language: string): Promise<string | undefined>
  /** `name` as `find` gave it; plain text where it is ''. */
  highlight(name: string, code: string): readonly ElementContent[]
  /** Every name and alias that `find` knows, sorted. */
  names(): Promise<readonly string[]>
}

const plain = new Set(
  'text txt plain plaintext none nohighlight raw input stdin output out stdout result log ascii mermaid math latex-math tree csv tsv'.split(
    ' ',
  ),
)

/** Spellings of the wild that highlight.js does not know itself. */
const aliases: Readonly<Record<string, string>> = {
  'c/c++': 'cpp',
  'c#': 'csharp',
  'f#': 'fsharp',
  'objective-c': 'objectivec',
  asm: 'x86asm',
  assembly: 'x86asm',
  astro: 'xml',
  bat: 'dos',
  caddyfile: 'nginx',
  'c++': 'cpp',
  cmd: 'dos',
  conf: 'ini',
  cron: 'bash',
  crontab: 'bash',
  csh: 'bash',
  cshell: 'bash',
  dosbatch: 'dos',
  editorconfig: 'ini',
  elisp: 'lisp',
  'emacs-lisp': 'lisp',
  env: 'bash',
  dotenv: 'bash',
  fish: 'bash',
  gitconfig: 'ini',
  go_mod: 'go',
  gomod: 'go',
  ini_file: 'ini',
  jinja2: 'django',
  json5: 'json',
  jsonl: 'json',
  linux: 'bash',
  mysql: 'sql',
  njk: 'django',
  nunjucks: 'django',
  node: 'javascript',
  nodejs: 'javascript',
  npm: 'bash',
  'obj-c': 'objectivec',
  postgres: 'pgsql',
  powershell: 'powershell',
  'properties-file': 'properties',
  py3: 'python',
  python2: 'python',
  python3: 'python',
  rstats: 'r',
  service: 'ini',
  'shell-script': 'bash',
  sqlite: 'sql',
  sqlite3: 'sql',
  svelte: 'xml',
  swig: 'django',
  systemd: 'ini',
  terminal: 'shell',
  toml: 'ini',
  tsql: 'sql',
  viml: 'vim',
  vimscript: 'vim',
  vue: 'xml',
  wat: 'wasm',
  wxml: 'xml',
  wxss: 'css',
}

/** Beyond this a block stays plain: highlighting is for reading, and grammars are not all linear. */
const longestCode = 100_000

/** Some languages, and how code in one of them is coloured. */
interface Palette {
  readonly grammars: Grammars
  readonly colour: Colour
  readonly guess: () => Lowlight
}

function paletteOf(of: typeof common, aliases?: Readonly<Record<string, string>>): Palette {
  const grammars = openGrammars(of, aliases)
  let lowlight: Lowlight | undefined
  return { grammars, colour: openColouring(grammars), guess: () => (lowlight ??= createLowlight(of)) }
}

/** One highlighter for all documents of a build. */
export function createHighlighter(): Highlighter {
  const usual = paletteOf(common, commonAliases)
  let rare: Promise<Palette> | undefined
  let loaded: Palette | undefined
  const loadRare = async (): Promise<Palette> => {
    rare ??= import('./rare-languages.js').then(({ all }) => paletteOf(all))
    loaded = await rare
    return loaded
  }
  return {
    async find(language) {
      if (language === '' || plain.has(language)) return ''
      const name = Object.hasOwn(aliases, language) ? aliases[language]! : language
      return usual.grammars.find(name) ?? (await loadRare()).grammars.find(name)
    },
    highlight(name, code) {
      const palette = usual.grammars.find(name) ? usual : loaded
      const grammar = palette?.grammars.find(name)
      if (!palette || !grammar || code.length > longestCode) return [{ type: 'text', value: code }]
      try {
        return palette.colour(grammar, code)
      } catch (error) {
        if (error instanceof GuessWanted) return guessed(palette, grammar, code)
        return [{ type: 'text', value: code }]
      }
    },
    async names() {
      const all = (await loadRare()).grammars.names()
      return [...all, ...plain, ...Object.keys(aliases), 'js', 'ts', 'py', 'rb', 'sh', 'golang'].sort(
        (a, b) => (a < b ? -1 : 1),
      )
    },
  }
}

function guessed({ guess }: Palette, name: string, code: string): readonly ElementContent[] {
  try {
    // lowlight's root holds elements and text only.
    return guess().highlight(name, code).children as ElementContent[]
  } catch {
    return [{ type: 'text', value: code }]
  }
}

const shown: Readonly<Record<string, string>> = {
  bash: 'Bash',
  c: 'C',
  cmake: 'CMake',
  cpp: 'C++',
  csharp: 'C#',
  css: 'CSS',
  diff: 'Diff',
  django: 'Jinja',
  dockerfile: 'Dockerfile',
  dos: 'Batch',
  fsharp: 'F#',
  go: 'Go',
  graphql: 'GraphQL',
  html: 'HTML',
  http: 'HTTP',
  ini: 'INI',
  java: 'Java',
  javascript: 'JavaScript',
  json: 'JSON',
  jsx: 'JSX',
  kotlin: 'Kotlin',
  latex: 'LaTeX',
  less: 'Less',
  lua: 'Lua',
  makefile: 'Makefile',
  markdown: 'Markdown',
  mermaid: 'Mermaid',
  mysql: 'MySQL',
  nginx: 'Nginx',
  objectivec: 'Objective-C',
  ocaml: 'OCaml',
  pgsql: 'PostgreSQL',
  php: 'PHP',
  powershell: 'PowerShell',
  protobuf: 'Protobuf',
  python: 'Python',
  ruby: 'Ruby',
  rust: 'Rust',
  scss: 'SCSS',
  shell: 'Shell',
  sql: 'SQL',
  sqlite: 'SQLite',
  svelte: 'Svelte',
  svg: 'SVG',
  swift: 'Swift',
  toml: 'TOML',
  tsx: 'TSX',
  typescript: 'TypeScript',
  vim: 'Vim',
  vue: 'Vue',
  wasm: 'WebAssembly',
  xml: 'XML',
  yaml: 'YAML',
}
const short: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  js: 'javascript',
  kt: 'kotlin',
  md: 'markdown',
  objc: 'objectivec',
  'objective-c': 'objectivec',
  proto: 'protobuf',
  ps1: 'powershell',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  ts: 'typescript',
  viml: 'vim',
  yml: 'yaml',
  zsh: 'bash',
  console: 'shell',
}

/** The name to show for a language as typed: `rs` → `Rust`; '' for plain text; unknown ones with a capital. */
export function languageName(language: string): string {
  if (language === '' || (plain.has(language) && language !== 'mermaid')) return ''
  const name = Object.hasOwn(short, language) ? short[language]! : language
  return Object.hasOwn(shown, name) ? shown[name]! : name.charAt(0).toUpperCase() + name.slice(1)
}
