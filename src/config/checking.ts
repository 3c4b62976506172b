// `check` and `budgets`: what the author knows better than a check, and what a file may weigh. Never throws.
import type { JsonObject } from '../json.js'
import { isObject, type Reader, type Report } from './reader.js'
import type { SiteConfig } from './types.js'

/** What an editor knows of `check.ignore`. */
const ignoreSchema: JsonObject = {
  type: 'array',
  items: {
    type: 'object',
    properties: { code: { type: 'string' }, at: { type: 'string' } },
    required: ['code'],
    additionalProperties: false,
  },
  default: [],
}

export function checkingOf(top: Reader, report: Report): Pick<SiteConfig, 'check' | 'budgets'> {
  const check = top.child('check')
  const budgets = top.child('budgets')
  check.skip('ignore', ignoreSchema)
  const read = {
    check: { ignore: ignoreOf(check.object['ignore'], report) },
    budgets: {
      page: budgets.count('page', 500, 0),
      image: budgets.count('image', 1000, 0),
      script: budgets.count('script', 500, 0),
      style: budgets.count('style', 200, 0),
      font: budgets.count('font', 2000, 0),
      feed: budgets.count('feed', 5000, 0),
    },
  }
  check.done()
  budgets.done()
  return read
}

function ignoreOf(value: unknown, report: Report): SiteConfig['check']['ignore'] {
  const expected = ["{ code: 'links/no-such-page', at: '/made-by-the-host/*' }"]
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    report(['check', 'ignore'], 'check.ignore must be a list', { expected })
    return []
  }
  return value.flatMap((item: unknown, index) => {
    const { code, at = '*', ...more } = isObject(item) ? item : {}
    if (typeof code === 'string' && code !== '' && typeof at === 'string' && Object.keys(more).length === 0)
      return [{ code, at }]
    report(['check', 'ignore'], `item ${index + 1} of check.ignore is no { code, at }`, {
      found: JSON.stringify(item) ?? 'undefined',
      expected,
    })
    return []
  })
}
