#!/usr/bin/env node
// `npm create inkstone my-blog`: a folder with a site in it. Asks nothing: what is not told by a flag is guessed, and
// every guess stands in a file that can be edited. Node's own modules only; no network.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const here = dirname(fileURLToPath(import.meta.url))
const version = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).version

const help = `create-inkstone ${version}: begin a site

  npm create inkstone FOLDER [-- FLAGS]

  --lang TAG       language of the site and of its first posts: zh-CN (default) or en
  --title TEXT     name of the site (default: a word in its language)
  --author TEXT    who writes (default: the name that git knows)
  --base-url URL   where it will stand (default: https://example.com/)
  --inkstone SPEC  the generator, as package.json names it: a version, or file:PATH of a folder or tarball
  --help           show this
`

const words = {
  'zh-CN': {
    title: '我的博客',
    author: '我',
    description: '写字的地方',
    archive: '归档',
    tags: '标签',
    about: '关于',
    zone: 'Asia/Shanghai',
    next: '接下来',
  },
  en: {
    title: 'My Blog',
    author: 'Me',
    description: 'A place to write',
    archive: 'Archive',
    tags: 'Tags',
    about: 'About',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    next: 'Next',
  },
}

/** Ends with wrong usage. */
function refuse(what, fix) {
  console.error(`create-inkstone: ${what}\n  fix: ${fix}`)
  process.exit(2)
}

function readArguments() {
  const text = { type: 'string' }
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        lang: text,
        title: text,
        author: text,
        'base-url': text,
        inkstone: text,
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    return refuse(error.message.split('. ')[0], 'see create-inkstone --help')
  }
}

/** In a checkout the generator lies beside us, and the new site uses it; published, it is a version like ours. */
function generatorFor(folder) {
  const checkout = join(here, '..')
  if (!existsSync(join(checkout, 'src', 'cli.ts'))) return `^${version}`
  return `file:${relative(folder, checkout).replaceAll('\\', '/')}`
}

const gitName = () =>
  spawnSync('git', ['config', 'user.name'], { encoding: 'utf8' }).stdout?.trim().replace(/\s+/g, ' ') ?? ''

/** Every file of a template folder, by its name in the site. npm would leave a .gitignore out of the package. */
function templateFiles(name) {
  const folder = join(here, 'template', name)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
    .map((path) => [path.replace(/^gitignore$/, '.gitignore'), readFileSync(join(folder, path), 'utf8')])
}

const { values, positionals } = readArguments()
if (values.help) {
  process.stdout.write(help)
  process.exit(0)
}
if (positionals.length !== 1)
  refuse(
    positionals.length === 0 ? 'the name of a folder is missing' : `one folder, not ${positionals.length}`,
    'npm create inkstone my-blog',
  )
const lang = values.lang ?? 'zh-CN'
if (!Object.hasOwn(words, lang))
  refuse(
    `--lang ${lang}: there are ${Object.keys(words).join(', ')}`,
    'choose one; others are set in site.config.ts',
  )
const said = words[lang]
const folder = resolve(positionals[0])
const baseUrl = values['base-url'] ?? 'https://example.com/'
if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl))
  refuse(`--base-url ${baseUrl} is no address`, 'write it like https://example.org/')
if (existsSync(folder)) {
  if (!statSync(folder).isDirectory()) refuse(`${folder} is a file`, 'choose another name')
  // A repository that was just begun is as good as empty.
  const there = readdirSync(folder).filter((name) => !['.git', '.DS_Store'].includes(name))
  if (there.length > 0)
    refuse(
      `${folder} is not empty: ${there.slice(0, 3).join(', ')}${there.length > 3 ? ' …' : ''} is in it`,
      'choose a new folder; nothing was written',
    )
}

const name = basename(folder)
  .toLowerCase()
  .replace(/[^a-z0-9._-]+/g, '-')
  .replace(/^[-._]+|[-._]+$/g, '')
const filled = {
  NAME: name || 'my-blog',
  INKSTONE: values.inkstone ?? generatorFor(folder),
  LANGUAGE: lang,
  TITLE: values.title ?? said.title,
  AUTHOR: values.author ?? (gitName() || said.author),
  DESCRIPTION: said.description,
  BASE_URL: baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`,
  TIMEZONE: said.zone,
  ARCHIVE: said.archive,
  TAGS: said.tags,
  ABOUT: said.about,
  DATE: new Intl.DateTimeFormat('en-CA', {
    timeZone: said.zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date()),
}
/** In code and JSON a value is written as a literal, elsewhere as it is. */
const fill = (path, text) =>
  text.replace(/"?%([A-Z_]+)%"?/g, (whole, key) => {
    const value = filled[key]
    if (value === undefined) return whole
    if (!whole.startsWith('"')) return value
    if (!path.endsWith('.ts')) return JSON.stringify(value)
    return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', ' ')}'`
  })
for (const [path, text] of [...templateFiles('common'), ...templateFiles(lang)]) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), fill(path, text))
}

const shown = relative(process.cwd(), folder) || '.'
console.log(`${shown}\n\n${said.next}:\n\n  cd ${shown}\n  npm install\n  npm run dev\n`)
