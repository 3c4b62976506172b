// Does this Node fit what the package asks for?
import { type Finding, finding, type Question } from './types.js'

export const nodeVersion: Question = (_, { node, engines }): readonly Finding[] => {
  const least = /^>=\s*([\d.]+)$/.exec(engines)?.[1] ?? ''
  if (compareVersions(node, least) >= 0) return [{ ok: `Node.js ${node}` }]
  return [
    finding('error', 'doctor/node', {
      what: `this is Node.js ${node}; Inkstone needs ${engines}`,
      why: 'older versions lack what it is written with, so that a build fails in the middle or is never begun',
      fix: `install Node.js ${least} or newer (https://nodejs.org), then run npm ci again`,
    }),
  ]
}

/** Negative where `a` is older. A part that is missing counts as 0; what follows a hyphen is left out. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) =>
    text
      .replace(/^v|-.*$/gs, '')
      .split('.')
      .map(Number),
  )
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
