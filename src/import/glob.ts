// The patterns of paths that configurations are written with: `*`, `**`, `?`, `{a,b}`. Everything else means itself.

/** Does the pattern match the whole path? Case counts. */
export function globMatches(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^{}]*)\}/g, (_, list: string) => `(?:${list.split(',').join('|')})`)
    .replace(/\*\*\/?|\*|\?/g, (glob) => (glob.startsWith('**') ? '.*' : glob === '*' ? '[^/]*' : '[^/]'))
  return new RegExp(`^${source}$`, 's').test(path)
}
