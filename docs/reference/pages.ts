// The pages of reference that are made and not written: of the configuration's types and defaults, of what templates
// get, of what the commands say of themselves. They are written by `npm run docs` and kept nowhere, so they cannot drift.
// Paths are relative to the repository.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { checkConfig } from '../../src/config/check.js'
import { isObject as isAnyObject } from '../../src/config/reader.js'
import { configSchema } from '../../src/config/schema.js'
import { type FieldKind, fieldSpecs } from '../../src/content/fields.js'
import type { JsonObject } from '../../src/json.js'
import { type Member, membersOf } from './members.js'

const isObject = (value: unknown): value is JsonObject => isAnyObject(value)

const front = (title: string, description: string): string =>
  `---\ntitle: ${title}\ndescription: ${JSON.stringify(description)}\n---\n`

const cell = (text: string): string => text.replaceAll('|', '\\|')
const code = (text: string): string => `\`${text}\``
const sentence = (words: string): string => (/[.:]$/.test(words) ? words : words && `${words}.`)

/** What checking an empty configuration makes of a key; '' for what has no default of its own. */
function defaultOf(path: readonly string[]): string {
  const { config } = checkConfig({ value: { baseUrl: 'https://example.com/' }, file: '', text: '' })
  let value: unknown = config
  for (const key of path) value = isObject(value) ? value[key] : undefined
  return value === undefined ? '' : JSON.stringify(value).replaceAll('"', "'")
}

/** A schema's forms: itself, or what `anyOf` offers. */
const formsOf = (schema: JsonObject): readonly JsonObject[] =>
  (Array.isArray(schema['anyOf']) ? schema['anyOf'] : [schema]).filter(isObject)

/** What may stand there, in a few words. */
function allowed(schema: JsonObject): string {
  const one = (form: JsonObject): string => {
    const { enum: choices, type, minimum, maximum, items, additionalProperties } = form
    if (Array.isArray(choices)) return choices.map((choice) => code(`'${String(choice)}'`)).join(', ')
    if (type === 'integer')
      return maximum === 1_000_000 ? `a number from ${minimum}` : `a number from ${minimum} to ${maximum}`
    if (type === 'array')
      return isObject(items) && isObject(items['properties']) ? 'a list of objects' : 'a list'
    if (type === 'object')
      return isObject(additionalProperties) && additionalProperties['type'] === 'string'
        ? 'an object of texts'
        : 'an object'
    return type === 'string' ? 'a text' : type === 'boolean' ? '`true`, `false`' : String(type ?? 'anything')
  }
  return formsOf(schema).map(one).join(', or ')
}

/** The keys below a schema: of an object, of the objects in a list or in a record. */
function keysOf(schema: JsonObject): readonly (readonly [string, JsonObject])[] {
  for (const form of formsOf(schema))
    for (const place of [form, form['items'], form['additionalProperties']])
      if (isObject(place) && isObject(place['properties']))
        return Object.entries(place['properties']).flatMap(([key, value]) =>
          isObject(value) ? [[key, value]] : [],
        )
  return []
}

function keyRows(schema: JsonObject, path: readonly string[]): string[] {
  return keysOf(schema).flatMap(([key, inner]) => {
    const at = [...path, key]
    const own =
      keysOf(inner).length > 0
        ? ''
        : defaultOf(at) || (inner['default'] === undefined ? '' : `'${String(inner['default'])}'`)
    const cells = [
      code(at.slice(1).join('.')),
      allowed(inner),
      own && code(own),
      sentence(String(inner['description'] ?? '')),
    ]
    return [`| ${cells.map(cell).join(' | ')} |`, ...keyRows(inner, at)]
  })
}

function keySection([key, schema]: readonly [string, JsonObject]): string {
  const rows = keyRows(schema, [key])
  const own = key === 'baseUrl' ? '' : defaultOf([key])
  const isPlain = rows.length === 0 || own === '[]' || own === '{}'
  return [
    `## ${key}`,
    sentence(String(schema['description'] ?? '')),
    `Value: ${allowed(schema)}${isPlain && own !== '' ? `; default ${code(own)}` : ''}.`,
    rows.length > 0 ? ['| key | allowed | default | meaning |', '|---|---|---|---|', ...rows].join('\n') : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** `reference/configuration.md`: what the check of the configuration says that it takes, and its defaults. */
export function configurationPage(): string {
  const keys = keysOf(configSchema()).filter(([key]) => key !== '$schema' && key !== 'plugins')
  return `${front('Configuration', 'Every key of site.config.ts: what may stand there, and its default.')}
\`site.config.ts\` exports one object. Every key may be left out, at every level; \`baseUrl\` is the only one that is
missed. \`.mts\`, \`.js\`, \`.mjs\`, \`.cjs\` and \`.json\` files are read as well. An unknown key and a wrong value are errors
with their line. Nothing is taken from the machine that builds.

${keys.map(keySection).join('\n\n')}

## plugins

A list of objects, called in this order: see [Plugins](../plugins.md).
`
}

const kindWords: Readonly<Record<FieldKind, string>> = {
  text: 'text',
  list: 'list',
  series: 'text',
  addresses: 'list of addresses',
  switch: 'true or false',
  published: 'true or false',
  math: 'true, false, auto',
  number: 'number',
  date: 'date',
  cover: 'file or address',
  lang: 'language tag',
  canonical: 'address',
}

/** `reference/front-matter.md`: the table of fields that the reader itself goes by. */
export function frontMatterPage(): string {
  const rows = Object.entries(fieldSpecs).map(([field, { names, kind, about }]) => {
    const others = names.filter((name) => name !== field.toLowerCase()).map(code)
    return `| ${code(field)} | ${kindWords[kind]} | ${about}${others.length > 0 ? ` Also read as ${others.join(', ')}.` : ''} |`
  })
  return `${front('Front matter', 'Every field that a document may have.')}
YAML between \`---\`, TOML between \`+++\`, or one JSON object, at the very beginning of the file. Upper and lower case
are the same in names of fields. A field that is not in this table is yours: templates have it as \`post.data.NAME\`, and
\`frontMatter\` in the [configuration](configuration.md#frontmatter) gives it rules. What looks like a slip
(\`tilte\`) is a warning with its line.

| field | value | meaning |
|---|---|---|
${rows.join('\n')}

## Dates

A date without a zone is in the site's zone. A date without a time stays that calendar day everywhere. Without the
field, the date in the file's name counts. A post with a date after the moment of the build is not published; the
build says when the next one is due.

## Defaults of a folder

\`_defaults.yml\` holds front matter for everything below its folder. The nearest file that has a key decides, key by
key; \`[]\`, \`''\` and \`false\` are values, an empty key is not.

\`\`\`yaml title="content/posts/notes/_defaults.yml"
tags: [notes]
comments: false
\`\`\`
`
}

const memberTable = (members: readonly Member[]): string =>
  [
    '| name | type | meaning |',
    '|---|---|---|',
    ...members.map(
      ({ name, type, words }) => `| ${code(name)} | ${cell(code(type))} | ${cell(sentence(words))} |`,
    ),
  ].join('\n')

/** What documents have in templates: PostView with the fields of Meta that it keeps. */
export function documentMembers(): readonly Member[] {
  const left =
    /PostView extends Omit<Meta, ([^>]+)>/.exec(readFileSync('src/site/types.ts', 'utf8'))?.[1] ?? ''
  const own = membersOf('src/site/types.ts', 'PostView')
  const names = new Set([...left.matchAll(/'(\w+)'/g)].map(([, name = '']) => name))
  for (const { name } of own) names.add(name)
  const about = new Map<string, string>(
    Object.entries(fieldSpecs).map(([field, spec]) => [field, spec.about]),
  )
  const kept = membersOf('src/content/types.ts', 'Meta').filter(({ name }) => !names.has(name))
  return [
    ...kept.map((member) => ({ ...member, words: member.words || (about.get(member.name) ?? '') })),
    ...own,
  ]
}

export const siteMembers = (): readonly Member[] => membersOf('src/site/types.ts', 'SiteView')

/** `reference/templates.md`: the contract in layouts/README.md, and every property of a document and of the site. */
export function templatesPage(): string {
  const contract = readFileSync('layouts/README.md', 'utf8').replace(/^# .*\n+/, '')
  return `${front('Templates', 'The contract between the engine and a theme: templates, blocks, variables, filters.')}
${contract.trimEnd()}

## A document in full

What \`post\` and each member of \`site.posts\` have.

${memberTable(documentMembers())}

## The site in full

What \`site\` has.

${memberTable(siteMembers())}
`
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const ask = (...args: readonly string[]): string => {
  const { stdout, status } = spawnSync(process.execPath, ['bin/inkstone.mjs', ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`inkstone ${args.join(' ')} ended with ${status}`)
  return stdout.trimEnd()
}

/** `reference/commands.md`, from what `--help` prints. */
export function commandsPage(): string {
  const names = [...ask('--help').matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name)
  const sections = [...new Set(names)].map((name) => {
    const [first = '', ...flags] = ask(name, '--help').split('\n')
    const at = first.lastIndexOf(': ') < 0 ? first.length : first.indexOf(': ')
    return `## ${name}\n\n${capital(first.slice(at + 2))}.\n\n\`\`\`txt\n${first.slice(0, at)}\n\n${flags.join('\n').trim().replace(/^/gm, '  ').replace(/^ {4}/gm, '  ')}\n\`\`\``
  })
  return `${front('Commands', 'Every command with its flags, as the program prints them.')}
In a site's folder: \`npx inkstone COMMAND\`. Each command takes \`--help\`.

Exit codes: 0 fine (warnings included), 1 errors in the site, 2 wrong usage. With \`--json\` standard output holds JSON
alone; problems are in it with code, file, line and column.

${sections.join('\n\n')}
`
}

/** Below `content/` of the documentation. */
export const pages: Readonly<Record<string, () => string>> = {
  'reference/front-matter.md': frontMatterPage,
  'reference/configuration.md': configurationPage,
  'reference/templates.md': templatesPage,
  'reference/commands.md': commandsPage,
}
