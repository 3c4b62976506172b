// May the dev server watch every folder of the site? Linux counts watches (inotify), one a folder.
import { join } from 'node:path'
import { foldersBelow } from './folders.js'
import { type Finding, finding, type Question } from './types.js'

export const watches: Question = ({ root }, { disk, watchLimit }): readonly Finding[] => {
  if (watchLimit === undefined) return []
  const folders = ['content', 'layouts', 'public', 'data', 'fonts'].reduce(
    (sum, name) => sum + foldersBelow(disk, join(root, name)).length,
    1,
  )
  // Editors and other servers of the same user want their share.
  if (folders * 2 <= watchLimit) return [{ ok: `watches: ${folders} folders of ${watchLimit}` }]
  return [
    finding('warning', 'doctor/watch-limit', {
      what: `the site has ${folders} folders, and this user may watch ${watchLimit}`,
      why: 'where no more can be watched, inkstone dev looks at every file again and again, which is slower and costs battery',
      fix: 'sudo sysctl fs.inotify.max_user_watches=524288 (and the same line in /etc/sysctl.d/ to keep it)',
    }),
  ]
}
