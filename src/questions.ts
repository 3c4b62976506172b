// Who answers which question, floor by floor: the one place where the schemes of all floors stand side by side.
//
//   file:PATH      hash of an input file            exists:PATH     is there such an input file
//   list:FOLDER    names in an input folder         template:NAME   hash of the theme file found for a name
//   meta:ID        a published document's Meta      url:ID          its address
//   label:ID       what lists and links show of it: title, address, date, language
//   html: excerpt: toc: text: facts: ID             a part of its body
//   package:NAME   is a package that few sites need installed
//   git:PATH       date of the last commit
//   backlinks:ID   who links to it, when all bodies are made
//   feed:ID        its HTML for feeds               query:NAME?ARGS fingerprint of a query's result
//   asset:ENTRY    address of a bundled style or script    demo:SLUG   what there is of a project's demo
//   has-demo:SLUG  is there one?                     data:NAME       value of a data file; data:FOLDER/ its names
//   look:PATH      what a picture looks like
import type { DataFiles } from './content/data-files.js'
import type { Snapshot } from './content/scan.js'
import type { Theme } from './content/theme.js'
import type { DocId } from './content/types.js'
import type { Answers } from './engine/answers.js'
import { absent, fingerprint } from './engine/fingerprint.js'
import type { Step } from './engine/step.js'
import type { Ask } from './site/ask.js'
import type { Index } from './site/types.js'

export function answerFiles(answers: Answers, snapshot: Snapshot, theme: Theme): void {
  // Of few folders and once each.
  const names = (folder: string): readonly string[] =>
    snapshot
      .under(folder)
      .flatMap((path) => (path.indexOf('/', folder.length + 1) < 0 ? path.slice(folder.length + 1) : []))
  answers.answer('file', (path) => snapshot.hash(path) ?? absent)
  answers.answer('exists', (path) => (snapshot.has(path) ? 'yes' : absent))
  answers.answer('list', (folder) => fingerprint(names(folder).join('\n')))
  answers.answer('template', (name) => {
    const path = theme.find(name)
    // The path belongs to the answer: relative names in a template resolve against it.
    return path === undefined ? absent : `${path} ${snapshot.hash(path)}`
  })
}

export function answerSite(answers: Answers, index: Index, metas: ReadonlyMap<DocId, Step>, ask: Ask): void {
  const partOf = (id: DocId, part: string) =>
    index.urls.has(id) ? (metas.get(id)?.hash(part) ?? absent) : absent
  answers.answer('meta', (id) => partOf(id, 'view'))
  answers.answer('label', (id) => partOf(id, 'label'))
  answers.answer('url', (id) => index.urls.get(id) ?? absent)
  answers.answer('query', (subject) => ask.answer(subject))
}

/** Parts of a body that somebody may ask about. */
export const partsAsked = ['html', 'excerpt', 'toc', 'text', 'sections', 'facts']

export function answerBodies(answers: Answers, bodies: ReadonlyMap<DocId, Step>): void {
  for (const part of partsAsked) answers.answer(part, (id) => bodies.get(id)?.hash(part) ?? absent)
}

export function answerFeeds(answers: Answers, feeds: ReadonlyMap<DocId, Step>): void {
  answers.answer('feed', (id) => feeds.get(id)?.hash('html') ?? absent)
}

export function answerData(answers: Answers, data: DataFiles): void {
  answers.answer('data', (name) => data.answer(name))
}

export function answerAssets(
  answers: Answers,
  addresses: ReadonlyMap<string, string>,
  demos: ReadonlyMap<string, string>,
): void {
  answers.answer('asset', (entry) => addresses.get(entry) ?? absent)
  answers.answer('demo', (slug) => demos.get(slug) ?? absent)
  answers.answer('has-demo', (slug) => (demos.has(slug) ? 'yes' : absent))
}
