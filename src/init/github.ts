// GitHub Pages: a workflow that builds and publishes. GitHub Pages takes no headers and answers no redirects of ours:
// the pages' own policies and the stub pages at old addresses do what can be done there.
import type { CronLine } from './cron.js'
import type { NewFile } from './files.js'
import { type DeployedSite, nodeVersion } from './site.js'

export function githubFiles(
  { config, branch, packages }: DeployedSite,
  cron: readonly CronLine[],
): readonly NewFile[] {
  const { name, lockfile, install, run } = packages
  const isCached = lockfile !== 'package.json' && name === 'npm'
  const text = `# Builds the site and publishes it on GitHub Pages.
# Once: Settings, Pages, Build and deployment, Source: GitHub Actions.
name: Publish

on:
  push:
    branches: [${branch}]
  workflow_dispatch:
  # Scheduled posts appear and expired ones vanish without a push. Times are UTC.
  schedule:
${cron.map((line) => `    # ${line.why}\n    - cron: '${line.cron}'\n`).join('')}
permissions:
  contents: read

# One at a time; one that has begun is not broken off.
concurrency:
  group: pages
  cancel-in-progress: false

jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v4
${config.gitDates ? '        with:\n          # Dates come from the history.\n          fetch-depth: 0\n' : ''}      - uses: actions/setup-node@v4
        with:
          node-version: '${nodeVersion}'
${isCached ? '          cache: npm\n' : ''}      # With the cache and the last output only what changed is made again. It is never believed when it does not fit.
      - uses: actions/cache@v4
        with:
          path: |
            .inkstone
            dist
            dist.inkstone
          key: inkstone-\${{ hashFiles('${lockfile}') }}-\${{ github.run_id }}
          restore-keys: |
            inkstone-\${{ hashFiles('${lockfile}') }}-
            inkstone-
      - run: ${install}
      - run: ${run} inkstone build
      - uses: actions/upload-pages-artifact@v3
        with:
          path: dist

  publish:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: \${{ steps.pages.outputs.page_url }}
    steps:
      - id: pages
        uses: actions/deploy-pages@v4
`
  return [{ path: '.github/workflows/publish.yml', text }]
}
