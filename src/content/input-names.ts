// Names of what a site is read from that more than one floor must know.

/** Prefix of the package's own layouts in a snapshot of another site. */
export const packageLayouts = 'inkstone/layouts'

/** The ledger of addresses and feed ids, beside the configuration. */
export const ledgerFile = 'urls.lock.json'

/** Which versions of packages the site is built with. */
export const lockfiles = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
]
