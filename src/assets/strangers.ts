// What of a stranger's files is published: by a list of what browsers show or save and never run. Code beside projects is
// neither run nor published. Files of public/ are the owner's and go as they are.
import { posix } from 'node:path'
import type { Snapshot } from '../content/scan.js'
import type { Meta, Path } from '../content/types.js'
import type { Problem } from '../errors.js'
import type { Copy } from './copies.js'
import { frameOf } from './demos.js'
import { cleanSvg } from './svg.js'

const harmless =
  /\.(?:png|apng|jpe?g|gif|webp|avif|ico|bmp|mp4|m4v|webm|ogv|mov|mp3|m4a|aac|ogg|oga|opus|wav|flac|vtt|pdf|txt|csv|json|zip|gz|7z|epub)$/i
const picture = /\.svg$/i

const isStrangers = ({ source }: Copy): boolean => source.startsWith('content/')
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Of these copies the ones that may be published; pictures that could hold scripts are written anew. */
export function strangersCopies(copies: readonly Copy[]): Copy[] {
  return copies.flatMap((copy): Copy[] => {
    if (!isStrangers(copy) || harmless.test(copy.path)) return [copy]
    if (!picture.test(copy.path)) return []
    return [{ ...copy, change: (bytes) => Buffer.from(cleanSvg(textOf(bytes)).text) }]
  })
}

/** What is told about those that are not published, or not as they are. */
export function strangersProblems(copies: readonly Copy[], snapshot: Snapshot): Problem[] {
  return copies.filter(isStrangers).flatMap(({ path, source }): Problem[] => {
    if (harmless.test(path)) return []
    if (!picture.test(path))
      return [
        warning(
          'trust/file',
          'a browser may run this file, so it is not published: content is untrusted',
          source,
        ),
      ]
    const { removed } = cleanSvg(textOf(snapshot.bytes(source) ?? new Uint8Array()))
    if (removed.length === 0) return []
    return [
      {
        ...warning('trust/svg', 'this picture is published without what may run or be fetched', source),
        found: removed.join(', ').slice(0, 200),
      },
    ]
  })
}

/** One warning for each project whose code is left alone. */
export function strangersCode(projects: readonly Meta[], snapshot: Snapshot): Problem[] {
  return projects.flatMap(({ file }): Problem[] => {
    const folder = posix.dirname(file)
    const code = ['demo/index.ts', 'demo.ts', 'walkthrough.ts']
      .map((name) => `${folder}/${name}`)
      .find((path) => snapshot.has(path))
    const found = code ?? frameOf(snapshot, folder)
    return found === undefined
      ? []
      : [warning('trust/code', 'this code is neither run nor published: content is untrusted', found)]
  })
}

const warning = (code: string, what: string, file: Path): Problem => ({
  severity: 'warning',
  code,
  what,
  file,
  fix: "remove the file, or set trust to 'content-is-mine' if all of content/ is your own",
})
