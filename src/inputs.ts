// Which folders of a site are read, by their prefix in the snapshot.
import { join } from 'node:path'
import { ledgerFile, packageLayouts } from './content/input-names.js'
import { packageFolder } from './package.js'

/** The site's own folders and its ledger (a file), and the package's layouts where the site is not the package itself. */
export function inputFolders(root: string): Record<string, string> {
  const folders = Object.fromEntries(
    ['content', 'layouts', 'public', 'data', 'fonts', ledgerFile].map((name) => [name, join(root, name)]),
  )
  return root === packageFolder ? folders : { ...folders, [packageLayouts]: join(packageFolder, 'layouts') }
}
