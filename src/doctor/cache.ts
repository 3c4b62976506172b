// Is the cache one that the next build can use? Whatever it is, it never makes a build wrong: at worst it makes it slow.
import { examineStore } from '../engine/store.js'
import { filesBelow, nameOf, nearestExisting, sizeText } from './folders.js'
import { type Finding, finding, type Patient, type Question, type Surroundings } from './types.js'

/** A cache of more than this is worth a word. */
const large = 2e9

export const cacheHealth: Question = (patient, surroundings): readonly Finding[] => {
  const { root, cache } = patient
  const { disk } = surroundings
  if (disk.stat(cache)?.kind !== 'folder') return [{ ok: 'cache: none yet, the next build makes it' }]
  const name = nameOf(root, cache)
  const bytes = filesBelow(disk, cache).reduce((sum, { size }) => sum + size, 0)
  const health = examineStore(disk, cache)
  const damage = (what: string): Finding =>
    finding('warning', 'doctor/cache-damaged', {
      what,
      why: 'nothing of it is believed, so the output is right, but the next build takes as long as the first; a disk that does this may damage posts as well',
      fix: 'nothing need be done; if it comes back, look at the disk (its SMART values, dmesg) and at what else writes there',
    })
  const findings: Finding[] = []
  if (health.kind === 'damaged') findings.push(damage(`the cache in ${name} cannot be read`))
  else if (health.kind === 'cut') findings.push(damage(`the cache in ${name} is not whole`))
  else if (health.kind === 'sound' && health.damaged > 0)
    findings.push(damage(`${health.damaged} of ${health.entries} values kept in ${name} are damaged`))
  else findings.push({ ok: `cache: ${sizeText(bytes)}${ageOf(patient, health)}` })
  if (bytes > large)
    findings.push(
      finding('warning', 'doctor/cache-large', {
        what: `the cache in ${name} holds ${sizeText(bytes)}`,
        why: 'CI saves and loads it with each run, and it only ever holds what can be made again',
        fix: `delete ${name} once and build; give each large picture a sensible size`,
      }),
    )
  return [...findings, ...elsewhere(patient, surroundings)]
}

/** Why the next build would not use it. */
function ageOf({ worldParts }: Patient, health: ReturnType<typeof examineStore>): string {
  if (health.kind === 'none') return ', nothing in it that this version could use'
  if (!('worldParts' in health) || !worldParts) return ''
  const differing = Object.keys({ ...worldParts, ...health.worldParts })
    .sort()
    .filter((part) => worldParts[part] !== health.worldParts[part])
  return differing.length === 0
    ? ', sound'
    : `, sound; changed since: ${differing.join(', ')}, so the next build makes everything anew`
}

/** The cache may lie anywhere; it is good to know where, since it may be gone after a restart. */
function elsewhere({ root, cache }: Patient, { disk, volumeOf }: Surroundings): readonly Finding[] {
  const [own, its] = [root, cache].map((path) => volumeOf(nearestExisting(disk, path))?.device)
  return own === its ? [] : [{ ok: 'cache: on another file system than the site, which is fine' }]
}
