// `inkstone list posts|drafts|future|tags|urls`: what the site holds, one a line. Reads, changes nothing.
import { join, resolve } from 'node:path'
import { readMeta } from '../content/meta.js'
import { applySlots } from '../content/meta-slots.js'
import { documentsOf } from '../content/metas.js'
import { scan } from '../content/scan.js'
import type { DocId, Meta } from '../content/types.js'
import { realDisk } from '../engine/disk.js'
import { didYouMean } from '../errors.js'
import { inputFolders } from '../inputs.js'
import { featuresWith, planPages } from '../pages/plan.js'
import { readConfig } from '../session.js'
import { buildIndex } from '../site/index.js'
import { absoluteOf } from '../urls.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'

const subjects = ['posts', 'drafts', 'future', 'tags', 'urls']

export const listCommand: Command = {
  usage: `list ${subjects.join('|')}`,
  help: 'list what the site holds',
  words: [1, 1],
  flags: { root: rootFlag, json: { kind: 'flag', help: 'print one JSON list' }, help: helpFlag },
  async run({ words, texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> {
    const subject = words[0] ?? ''
    if (!subjects.includes(subject)) {
      const near = didYouMean(subject, subjects)
      terminal.err(
        `list ${subject}: there are ${subjects.join(', ')}${near ? `; did you mean ${near}?` : ''}\n`,
      )
      return 2
    }
    const rows = await rowsOf(subject, resolve(terminal.folder, texts.get('root') ?? '.'), terminal.now())
    terminal.out(
      flags.has('json')
        ? `${JSON.stringify(rows)}\n`
        : rows.map((row) => `${Object.values(row).join('\t')}\n`).join(''),
    )
    return 0
  },
}

async function rowsOf(
  subject: string,
  root: string,
  now: number,
): Promise<readonly Readonly<Record<string, string | number>>[]> {
  const { config, slots } = await readConfig({ disk: realDisk, root, cache: join(root, '.inkstone') })
  const folders = inputFolders(root)
  const snapshot = scan({ disk: realDisk, root, folders, before: {}, now, verify: false })
  const metas = new Map<DocId, Meta>()
  for (const id of documentsOf(snapshot)) {
    const { meta } = applySlots(
      readMeta(id, (path) => snapshot.text(path), config),
      slots.meta,
    )
    if (meta) metas.set(id, meta)
  }
  const show = { drafts: subject === 'drafts', future: subject === 'future' }
  const index = buildIndex(metas, config, { at: now, ...show })
  const row = (meta: Meta) => ({ date: meta.date ?? '', title: meta.title, url: meta.url, file: meta.file })
  const marked = (mark: string) =>
    [...metas.values()].filter(({ id }) => index.marked.get(id) === mark).map(row)
  if (subject === 'drafts') return marked('draft')
  if (subject === 'future') return marked('future')
  if (subject === 'tags') return index.tags.map(({ name, ids, url }) => ({ name, count: ids.length, url }))
  if (subject === 'urls')
    return planPages(index, metas, featuresWith(slots.pages))
      .pages.map(({ url }) => ({ url: absoluteOf(url, config.baseUrl) }))
      .sort((a, b) => (a.url < b.url ? -1 : 1))
  return index.posts.flatMap((id) => metas.get(id) ?? []).map(row)
}
