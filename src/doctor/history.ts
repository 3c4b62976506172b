// Can git say when a post was changed? Asked only where the configuration takes dates from it.
import { type Finding, finding, type Question } from './types.js'

export const history: Question = ({ config }, { git }): readonly Finding[] => {
  if (!config?.gitDates) return [{ ok: 'git: not asked for dates' }]
  const shallow = git('rev-parse', '--is-shallow-repository')?.trim()
  const why = 'gitDates is on, and "updated" in pages, feeds and the sitemap comes from commits'
  if (shallow === undefined)
    return [
      finding('warning', 'doctor/no-git', {
        what: 'git is not installed, or this is no repository',
        why,
        fix: 'install git, commit the site, or switch gitDates off',
      }),
    ]
  if (shallow === 'true')
    return [
      finding('warning', 'doctor/shallow', {
        what: 'this is a shallow clone: of every post it seems to say the same day',
        why: `${why}; nothing is taken from such a clone, so posts lose their dates`,
        fix: 'git fetch --unshallow; in CI: fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 for GitLab',
      }),
    ]
  return [{ ok: 'git: the whole history is here' }]
}
