// The site as a build would open it; what keeps it from opening is kept to be told.
import type { Disk } from '../engine/disk.js'
import { type Problem, ProblemError } from '../errors.js'
import { readConfig } from '../session.js'
import type { Patient } from './types.js'

/** `scratch`: an empty folder for the compiled configuration, so that nothing of the site is touched. */
export async function readPatient(
  disk: Disk,
  folders: Pick<Patient, 'root' | 'out' | 'cache'>,
  scratch: string,
): Promise<Patient> {
  const unread = { config: undefined, written: new Set<string>(), configFile: '', worldParts: undefined }
  try {
    const { config, loaded, world, problems } = await readConfig({ disk, root: folders.root, cache: scratch })
    const written = new Set(Object.keys(loaded.value))
    return {
      ...folders,
      config,
      written,
      configFile: loaded.file,
      configProblems: problems,
      worldParts: world.parts,
    }
  } catch (error) {
    return { ...folders, ...unread, configProblems: problemsOf(error) }
  }
}

/** What is no Problem comes from packages or the disk, which other questions look at; here it keeps the site from opening. */
function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems
  const what = `the configuration cannot be loaded: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`
  return [{ severity: 'error', code: 'doctor/config', what, fix: 'mend what is told below, then try again' }]
}
