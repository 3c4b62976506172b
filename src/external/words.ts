// What is said of an address that does not answer as it should.
import type { Problem } from '../errors.js'
import type { Verdict } from './visit.js'

export function problemOf(url: string, verdict: Verdict): Problem | undefined {
  const warning = (code: string, what: string, fix: string): Problem => ({
    severity: 'warning',
    code: `external/${code}`,
    what,
    found: url,
    fix,
  })
  switch (verdict.kind) {
    case 'good':
      return undefined
    case 'moved':
      return warning('moved', `${url} has moved for good`, `write ${verdict.to}`)
    case 'gone':
      return warning(
        'gone',
        `${url} is gone: its host answers ${verdict.status}`,
        `look for its new address, or for a copy at https://web.archive.org/web/${url}`,
      )
    case 'refused':
      return warning(
        'refused',
        `${url} cannot be checked: its host answers ${verdict.status} to a program`,
        `open it yourself; if it is fine: check: { ignore: [{ code: 'external/refused', at: '${new URL(url).origin}/*' }] }`,
      )
    case 'failed':
      return warning(
        'no-answer',
        `${url} does not answer: ${verdict.why}`,
        'try it again tomorrow, then correct or remove it',
      )
    case 'private':
      return warning(
        'private',
        `${url} leads into a private network and was not asked`,
        'write an address that every reader can reach',
      )
  }
}
