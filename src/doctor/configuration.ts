// Can the configuration be loaded and used? Each of its Problems is told as it would be by a build.
import { type Finding, finding, type Question } from './types.js'

const why = 'every command reads it first'

export const configuration: Question = ({ configFile, configProblems, config }): readonly Finding[] => {
  const told = configProblems.map(
    (problem): Finding => ({
      problem: { ...problem, fix: problem.fix ?? `correct ${problem.file ?? 'the configuration'}` },
      why: problem.severity === 'error' ? `nothing can be built: ${why}` : why,
    }),
  )
  if (told.length > 0) return told
  if (configFile === '')
    return [
      finding('warning', 'doctor/no-config', {
        what: 'there is no site.config.ts (or .mjs, .json …) here',
        why: 'without it the site has no name and no address of its own',
        fix: 'go to the folder of the site, name it with --root, or make one with inkstone init',
      }),
    ]
  return [{ ok: `configuration: ${configFile}${config ? `, ${config.baseUrl}` : ''}` }]
}
