// Is there room for another copy of the output, on the file system that holds it and on that of the cache?
import { filesBelow, nameOf, nearestExisting, sizeText } from './folders.js'
import { type Finding, finding, type Question } from './types.js'

/** Below this nothing sensible can be written. */
const least = 16e6
const leastFiles = 100

export const room: Question = ({ root, out, cache }, { disk, volumeOf }): readonly Finding[] => {
  const sum = (folder: string): number => filesBelow(disk, folder).reduce((all, { size }) => all + size, 0)
  // A first build writes about what lies there and what there is to copy; a later one at most all of it anew.
  const wanted = least + sum(out) + sum(`${root}/content`) + sum(`${root}/public`)
  const seen = new Set<string>()
  return [out, cache].flatMap((path): Finding[] => {
    const volume = volumeOf(nearestExisting(disk, path))
    if (!volume || seen.has(volume.device)) return []
    seen.add(volume.device)
    const name = nameOf(root, path)
    const why = 'a build keeps the new files beside the old ones until all are there, and writes nothing half'
    if (volume.free < least || volume.freeFiles < leastFiles)
      return [
        finding('error', 'doctor/disk-full', {
          what:
            volume.free < least
              ? `there are ${sizeText(volume.free)} free where ${name} lies`
              : `${volume.freeFiles} more files may be made where ${name} lies`,
          why: `${why}: with so little it fails, and the site stays as it was`,
          fix: 'make room, or choose another disk with --out and --cache',
        }),
      ]
    if (volume.free < wanted)
      return [
        finding('warning', 'doctor/disk-low', {
          what: `there are ${sizeText(volume.free)} free where ${name} lies; a build of everything may need ${sizeText(wanted)}`,
          why,
          fix: 'make room before it fails, or choose another disk with --out and --cache',
        }),
      ]
    return [{ ok: `room for ${name}: ${sizeText(volume.free)}` }]
  })
}
