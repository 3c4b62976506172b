// `inkstone init deploy HOST`: which files each host gets, and what is left to do by hand.
import { cronLines } from './cron.js'
import type { NewFile } from './files.js'
import { githubFiles } from './github.js'
import { cloudflareFiles, netlifyFiles, vercelFiles } from './hosts.js'
import { nginxFiles, s3Files } from './servers.js'
import type { DeployedSite } from './site.js'

interface Host {
  files(site: DeployedSite, now: number): readonly NewFile[]
  /** Sentences for the author. */
  readonly next: readonly string[]
}

export const hosts: Readonly<Record<string, Host>> = {
  github: {
    files: (site, now) => githubFiles(site, cronLines(site.config.timezone, site.moments, now)),
    next: [
      'Push it, and choose Settings, Pages, Source: GitHub Actions once.',
      'GitHub Pages takes no headers: pages carry their own policy, old addresses their stub pages.',
      'Run this again after scheduling a post for a time of day: its moment gets a line of its own.',
    ],
  },
  cloudflare: {
    files: cloudflareFiles,
    next: [
      'Publish: npx wrangler deploy. Or connect the repository in the dashboard under Workers.',
      'Old addresses answer with 301 by _redirects, which the build writes.',
    ],
  },
  netlify: {
    files: netlifyFiles,
    next: ['Connect the repository at app.netlify.com; the settings come from netlify.toml.'],
  },
  vercel: {
    files: vercelFiles,
    next: [
      'Connect the repository at vercel.com; the settings come from vercel.json.',
      'The version of Node.js comes from "engines" in package.json: { "node": "22.x" }.',
    ],
  },
  nginx: { files: nginxFiles, next: ['How to install it and to publish stands at the top of the file.'] },
  s3: {
    files: s3Files,
    next: ['Publish: BUCKET=name bash deploy/s3.sh. What to do once stands at its top.'],
  },
}
