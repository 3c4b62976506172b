// What a page's own policy (a meta element) cannot say, and how long browsers may keep what. The policy of a page comes
// from the build, hashes of inline scripts included; frame-ancestors is ignored in a meta element (CSP Level 3, 6.4.2).

/** For every answer. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "frame-ancestors 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

/** Names in `assets/` hold the hash of their bytes: they never change. */
export const forEver = 'public, max-age=31536000, immutable'
export const askAgain = 'public, max-age=0, must-revalidate'

/** Everything below `assets/`, as a path of the host. */
export const assetsBelow = (basePath: string): string => `${basePath}assets/*`

/** `_headers`, as Cloudflare and Netlify read it: a path, then its headers, indented. */
export function headersFile(basePath: string): string {
  const rows = (headers: Readonly<Record<string, string>>): string =>
    Object.entries(headers)
      .map(([name, value]) => `  ${name}:${value && ` ${value}`}\n`)
      .join('')
  return `# Headers of every answer. The build fills the empty policy with what the pages need, and forbids others' frames.
/*
${rows({ ...securityHeaders, 'Content-Security-Policy': '' })}
# Names in assets/ hold the hash of their bytes.
${assetsBelow(basePath)}
${rows({ 'Cache-Control': forEver })}`
}
