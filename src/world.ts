// The world line: everything outside the inputs that may change a result. Another world: nothing kept is used.
import { join } from 'node:path'
import type { SiteConfig } from './config/types.js'
import { lockfiles } from './content/input-names.js'
import type { Disk } from './engine/disk.js'
import { type Answer, absent, canonical, fingerprint } from './engine/fingerprint.js'
import type { World } from './engine/store.js'
import { encoderVersion } from './images/sharp.js'

export interface WorldSource {
  readonly disk: Disk
  readonly root: string
  readonly program: Answer
  /** Hash of the config file with all that it imports and read. */
  readonly code: Answer
  readonly config: SiteConfig
}

/** Each part has a name, so that a user can be told what differs. */
export function makeWorld({ disk, root, program, code, config }: WorldSource): World {
  const lock = lockfiles.map((name) => {
    const path = join(root, name)
    return disk.stat(path) ? fingerprint(disk.read(path)) : absent
  })
  const { node, icu = '', unicode = '', tz = '' } = process.versions
  const parts: Record<string, Answer> = {
    inkstone: program,
    'the configuration': fingerprint(canonical({ code, config })),
    'the lockfile': fingerprint(lock.join(' ')),
    'Node.js': fingerprint([node, icu, unicode, tz].join(' ')),
    // It gives names to what it makes.
    ...((config.images.variants || config.cards) && { sharp: encoderVersion() }),
  }
  return { hash: fingerprint(canonical(parts)), parts }
}
