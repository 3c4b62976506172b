// `inkstone check --external`: do the addresses outside the site still answer? Advice only: others' hosts must not decide
// whether a site can be built. Asks nobody unless it is called.
import type { Outside } from '../check/check.js'
import { makeIgnores } from '../check/ignore.js'
import type { SiteConfig } from '../config/types.js'
import type { Disk } from '../engine/disk.js'
import { compareProblems, type Problem } from '../errors.js'
import { openAnswers } from './kept.js'
import { hostByHost, takingTurns } from './manners.js'
import { type Verdict, visit } from './visit.js'
import type { Web } from './web.js'
import { problemOf } from './words.js'

export interface ExternalSource {
  /** Each absolute address once, with the first place where it stands. */
  readonly outside: readonly Outside[]
  readonly config: SiteConfig
  readonly disk: Disk
  readonly cache: string
  readonly web: Web
  readonly progress?: ((done: number, total: number) => void) | undefined
}

export interface External {
  readonly addresses: number
  /** How many of them were asked now; the others were known. */
  readonly asked: number
  /** Warnings, in report order. */
  readonly problems: readonly Problem[]
}

const code = 'external/'

export async function checkExternal(source: ExternalSource): Promise<External> {
  const { outside, config, disk, cache, web, progress } = source
  const ignores = makeIgnores(config)
  const wanted = outside.filter(({ url }) => !ignores(`${code}*`, [url]))
  const urls = wanted.map(({ url }) => url)
  const answers = openAnswers(disk, cache, web.now)
  const unknown = urls.filter((url) => answers.of(url) === undefined)
  const publicOnly = config.trust === 'content-is-untrusted'
  const turn = takingTurns(web)
  const asked = new Map<string, Verdict>()
  await hostByHost(unknown, async (url) => {
    asked.set(url, await visit(url, web, { turn, publicOnly }))
    progress?.(asked.size, unknown.length)
  })

  const failed = [...asked].filter(([, { kind }]) => kind === 'failed')
  const hosts = new Set(failed.map(([url]) => new URL(url).host))
  const isAlone = failed.length === asked.size && hosts.size > 2
  // What a machine without a network learns is nothing worth keeping.
  if (!isAlone) for (const [url, verdict] of asked) answers.learn(url, verdict)
  if (asked.size > 0) answers.save(urls)

  const problems: Problem[] = isAlone
    ? [
        {
          severity: 'warning',
          code: `${code}offline`,
          what: `none of ${asked.size} addresses outside the site answers`,
          fix: 'look whether this machine has a network, and whether a proxy stands before it',
        },
      ]
    : []
  for (const { url, where } of wanted) {
    const verdict = isAlone && asked.has(url) ? undefined : (asked.get(url) ?? answers.of(url))
    const said = verdict && problemOf(url, verdict)
    if (!said) continue
    if (!ignores(said.code, [url, where.file ?? ''])) problems.push({ ...said, ...where })
  }
  return { addresses: urls.length, asked: asked.size, problems: problems.sort(compareProblems) }
}
