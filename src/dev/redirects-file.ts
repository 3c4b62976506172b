// `_redirects` of an output folder, as the hosts that know it read it: `FROM TO [STATUS]` a line, the first that fits
// wins. `*` at the end of FROM is `:splat` in TO, `:name` is one segment. Lines with conditions are left to the host.

export interface Redirect {
  readonly to: string
  /** 301, 302, … go elsewhere; 200 and 404 serve the file at `to` in its place. */
  readonly status: number
}

interface Rule {
  readonly pattern: RegExp
  readonly to: string
  readonly status: number
  /** Wins over a file of that name. */
  readonly isForced: boolean
}

export interface Redirects {
  /** What stands for this decoded path. `hasFile`: the site has a file there. */
  find(path: string, hasFile: boolean): Redirect | undefined
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export function readRedirects(text: string): Redirects {
  const rules: Rule[] = []
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [from = '', to = '', status = '301', ...conditions] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
    const [, code, force] = /^(\d{3})(!?)$/.exec(status) ?? []
    if (!from.startsWith('/') || to === '' || code === undefined || conditions.length > 0) continue
    const source = decoded(from)
      .split('/')
      .map((segment) => (/^:[a-z]\w*$/i.test(segment) ? `(?<${segment.slice(1)}>[^/]+)` : literal(segment)))
      .join('/')
      .replace(/\\\*$/, '(?<splat>.*)')
    // With and without the slash at the end: hosts take both for one.
    const end = from.endsWith('*') ? '' : '/?'
    rules.push({
      pattern: new RegExp(`^${source.replace(/\/$/, '')}${end}$`, 'u'),
      to,
      status: Number(code),
      isForced: force === '!',
    })
  }
  return {
    find(path, hasFile) {
      for (const { pattern, to, status, isForced } of rules) {
        const match = pattern.exec(path)
        if (!match || (hasFile && !isForced)) continue
        const filled = Object.entries(match.groups ?? {}).reduce(
          (text, [name, value]) => text.replaceAll(`:${name}`, encodeURI(value)),
          to,
        )
        return { to: filled, status }
      }
      return undefined
    },
  }
}

function decoded(path: string): string {
  try {
    return decodeURI(path).normalize('NFC')
  } catch {
    return path
  }
}
