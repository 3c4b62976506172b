// Names of templates: relative to layouts/, and never out of it.

/** Thrown for a name that leaves the layouts folder, or is none. */
export class OutsideLayouts extends Error {
  constructor(name: string) {
    super(`"${name}" is not the name of a template: names are relative to layouts/ and stay inside it`)
  }
}

/**
 * The virtual name that `name` means inside `parent`: `./x.njk` and `../x.njk` are relative to its folder, all
 * else is relative to the layouts folder. Throws where the name would leave the layouts folder.
 */
export function resolveName(name: string, parent: string | null | undefined): string {
  const base = name.startsWith('.') && parent ? parent.split('/').slice(0, -1) : []
  const parts: string[] = []
  for (const part of [...base, ...name.split('/')]) {
    if (part === '..' && parts.pop() === undefined) throw new OutsideLayouts(name)
    if (part !== '.' && part !== '..') parts.push(part)
  }
  if (name === '' || /^\/|\\|\0|^[a-z]:/i.test(name) || parts.includes('')) throw new OutsideLayouts(name)
  return parts.join('/')
}
