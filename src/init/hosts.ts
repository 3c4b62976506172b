// Hosts that build from the repository themselves: Cloudflare, Netlify, Vercel. Their caches keep node_modules between
// builds and nothing else of ours, so the cache lies there; the output folder is new each time.
import type { NewFile } from './files.js'
import { assetsBelow, forEver, headersFile, securityHeaders } from './headers.js'
import { type DeployedSite, nodeVersion } from './site.js'

const cache = 'node_modules/.cache/inkstone'

/** A name that Cloudflare takes: letters, digits and hyphens. */
const nameOf = (host: string): string =>
  host
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 54) || 'site'

export function cloudflareFiles({ config, host, packages }: DeployedSite): readonly NewFile[] {
  const settings = `{
  // Static assets on Cloudflare Workers: \`npx wrangler deploy\`, or connect the repository in the dashboard.
  "$schema": "node_modules/wrangler/config-schema.json",
  "name": "${nameOf(host)}",
  "compatibility_date": "2025-09-01",
  "build": { "command": "${packages.run} inkstone build" },
  "assets": {
    "directory": "./dist",
    // /about/ is about/index.html, /about leads there; what is missing shows 404.html.
    "html_handling": "force-trailing-slash",
    "not_found_handling": "404-page"
  }
}
`
  return [
    { path: 'wrangler.jsonc', text: settings },
    { path: '.node-version', text: `${nodeVersion}\n` },
    { path: 'public/_headers', text: headersFile(config.basePath) },
  ]
}

export function netlifyFiles({ config, packages }: DeployedSite): readonly NewFile[] {
  const text = `# Headers stand in public/_headers. Old addresses have stub pages, which Netlify serves before it asks _redirects.
[build]
  command = "${packages.run} inkstone build --cache ${cache}"
  publish = "dist"

[build.environment]
  NODE_VERSION = "${nodeVersion}"

# What is published is what was built: the policy of a page names the hashes of its scripts.
[build.processing]
  skip_processing = true
`
  return [
    { path: 'netlify.toml', text },
    { path: 'public/_headers', text: headersFile(config.basePath) },
  ]
}

export function vercelFiles({ config, packages }: DeployedSite): readonly NewFile[] {
  const list = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([key, value]) => ({ key, value }))
  const settings = {
    $schema: 'https://openapi.vercel.sh/vercel.json',
    framework: null,
    buildCommand: `${packages.run} inkstone build --cache ${cache}`,
    outputDirectory: 'dist',
    trailingSlash: true,
    headers: [
      { source: '/(.*)', headers: list(securityHeaders) },
      {
        source: assetsBelow(config.basePath).replace('*', '(.*)'),
        headers: list({ 'Cache-Control': forEver }),
      },
    ],
  }
  return [{ path: 'vercel.json', text: `${JSON.stringify(settings, null, 2)}\n` }]
}
