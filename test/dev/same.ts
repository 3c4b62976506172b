// Is what is served what a clean build would write? Every file of the build is asked for; what is served and not
// built is found by asking for what was there before.
import { encodePath } from '../../src/urls.js'
import type { TestSite } from './site.js'
import { ask, bare, deadlineMs, type Visited } from './visitor.js'

/** The first differences in words; '' where all is the same. `before`: paths that may be gone. */
export async function differences(
  port: number,
  tree: ReadonlyMap<string, string>,
  before: Iterable<string> = [],
): Promise<string> {
  const found: string[] = []
  // A site below a path is served below it: the way from `/` says which.
  const below = ((await ask(port, '/')).headers.location ?? '/').slice(0, -1)
  for (const [path, bytes] of tree) {
    const { status, body } = await ask(
      port,
      below + encodePath(`/${path.replace(/(^|\/)index\.html$/, '$1')}`),
    )
    const served = path.endsWith('.html') ? bare(body) : body
    if (served !== bytes) found.push(`${path}: ${status}, ${served.length} bytes for ${bytes.length}`)
  }
  for (const path of before) {
    if (tree.has(path)) continue
    const { status } = await ask(port, below + encodePath(`/${path}`))
    if (status !== 404) found.push(`${path}: ${status}, but it is gone`)
  }
  return found.slice(0, 5).join('\n')
}

/** Waits until everything served is what a clean build writes; throws with the differences when it never is. */
export async function sameAsClean(
  site: TestSite,
  dev: Visited,
  before: Iterable<string> = [],
): Promise<{ readonly count: number; readonly paths: readonly string[] }> {
  const tree = await site.clean()
  const end = performance.now() + deadlineMs
  for (;;) {
    const found = await differences(dev.port, tree, before)
    if (found === '') return { count: dev.count, paths: [...tree.keys()] }
    if (performance.now() > end) throw new Error(`not what a clean build writes:\n${found}`)
    // Something is still on its way: the system has not told yet, or the rest is being made.
    await dev.built()
  }
}
