// `inkstone init editor vscode`: schemas of the configuration and of folders' defaults, snippets that complete the front
// matter of a document, and a build task whose problems are underlined where they stand. (No extension that is widely
// used checks front matter inside Markdown against a schema; the build does, and better than a schema could.)
import { join } from 'node:path'
import { configSchema } from '../config/schema.js'
import type { SiteConfig } from '../config/types.js'
import { frontMatterSchema } from '../content/field-schema.js'
import { fieldSpecs } from '../content/fields.js'
import type { Disk } from '../engine/disk.js'
import type { Problem } from '../errors.js'
import type { Json } from '../json.js'
import type { NewFile } from './files.js'
import { type Setting, withSettings } from './jsonc.js'

export interface EditorFiles {
  /** Ours alone. */
  readonly files: readonly NewFile[]
  /** The author's, with our settings put into them. */
  readonly merged: readonly NewFile[]
  readonly problems: readonly Problem[]
}

const configFile = '.vscode/inkstone-config.schema.json'
const fieldsFile = '.vscode/inkstone-front-matter.schema.json'

export function vscodeFiles(disk: Disk, root: string, config: SiteConfig): EditorFiles {
  const json = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`
  const files = [
    { path: configFile, text: json(configSchema()) },
    { path: fieldsFile, text: json(frontMatterSchema(config.frontMatter)) },
    { path: '.vscode/inkstone.code-snippets', text: json(snippetsOf(config.frontMatter)) },
  ]
  const merged: NewFile[] = []
  const problems: Problem[] = []
  for (const [path, settings] of Object.entries(shared)) {
    const place = join(root, path)
    const there = disk.stat(place) ? Buffer.from(disk.read(place)).toString('utf8') : ''
    const text = withSettings(there, settings)
    if (text !== undefined) merged.push({ path, text: text.endsWith('\n') ? text : `${text}\n` })
    else
      problems.push({
        severity: 'error',
        code: 'init/not-json',
        what: 'this file cannot be read as JSON with comments, so nothing was put into it',
        file: path,
        fix: 'mend it, or move it away and run this again',
      })
  }
  return { files, merged, problems }
}

/** First line: place, severity, code; second line: what is wrong. As `report.ts` prints it. */
const matcher: Json = {
  owner: 'inkstone',
  fileLocation: ['relative', `\${workspaceFolder}`],
  pattern: [
    {
      regexp: '^(\\S.*?):(\\d+):(\\d+) {2}(error|warning) {2}(\\S+)$',
      file: 1,
      line: 2,
      column: 3,
      severity: 4,
      code: 5,
    },
    { regexp: '^ {2}(\\S.*)$', message: 1 },
  ],
}

const shared: Readonly<Record<string, readonly Setting[]>> = {
  '.vscode/settings.json': [
    {
      path: ['json.schemas'],
      value: { fileMatch: ['/site.config.json'], url: `./${configFile}` },
      isItem: true,
    },
    { path: ['yaml.schemas', `./${fieldsFile}`], value: ['content/**/_defaults.yml'] },
    {
      path: ['[markdown]', 'editor.quickSuggestions'],
      value: { other: 'on', comments: 'off', strings: 'off' },
    },
    { path: ['[markdown]', 'editor.snippetSuggestions'], value: 'top' },
  ],
  '.vscode/extensions.json': [{ path: ['recommendations'], value: 'redhat.vscode-yaml', isItem: true }],
  '.vscode/tasks.json': [
    { path: ['version'], value: '2.0.0' },
    {
      path: ['tasks'],
      value: {
        label: 'inkstone build',
        type: 'shell',
        command:
          'npx inkstone build --quiet --drafts --future --out .inkstone/check --cache .inkstone/check-cache',
        group: { kind: 'build', isDefault: true },
        presentation: { reveal: 'silent', clear: true },
        problemMatcher: matcher,
      },
      isItem: true,
    },
  ],
}

/** What follows `key: ` when it is completed. */
const samples: Readonly<Record<string, string>> = {
  list: '[$1]',
  series: '$1',
  addresses: '[$1]',
  switch: `\${1|true,false|}`,
  published: `\${1|true,false|}`,
  math: `\${1|true,false,auto|}`,
  date: `\${1:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}`,
}

function snippetsOf(rules: SiteConfig['frontMatter']): Json {
  const fields = Object.values(fieldSpecs).map(({ names: [name = ''], kind, about }) => ({
    name: names[name] ?? name,
    body: samples[kind] ?? '$1',
    about,
  }))
  const own = Object.entries(rules).map(([name, { type, oneOf }]) => ({
    name,
    body:
      oneOf.length > 0 && type === 'text'
        ? `\${1|${oneOf.map(escaped).join(',')}|}`
        : (samples[type] ?? '$1'),
    about: 'A field of this site.',
  }))
  const post = [
    '---',
    'title: $1',
    'date: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE',
    'tags: [$2]',
    '---',
    '',
    '$0',
  ]
  return Object.fromEntries([
    ['Front matter', { scope: 'markdown', prefix: '---', body: post, description: 'Begin a post.' }],
    ...[...fields, ...own].map(({ name, body, about }) => [
      `Front matter: ${name}`,
      { scope: 'markdown,yaml', prefix: name, body: `${name}: ${body}`, description: about },
    ]),
  ])
}

/** Spelled as in documents, where the table knows lower case only. */
const names: Readonly<Record<string, string>> = { coveralt: 'coverAlt' }

const escaped = (text: string): string => text.replace(/[\\,|$}]/g, '\\$&')
