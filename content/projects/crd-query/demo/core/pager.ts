// A LIST in pages (client-go tools/pager): asks page after page, and once more for everything at a time if a later
// page has expired meanwhile.
import { isResourceExpired } from './status.js'
import type { CustomResource, ListerWatcher, ListOptions, ListResult } from './types.js'

export interface Paged {
  readonly result: ListResult
  /** Whether more than one page was asked for. */
  readonly isPaginated: boolean
}

/** The page size where nobody said otherwise. */
export const defaultPageSize = 500

/** Lists all of `options`; `pageSize` 0 asks for everything at once. Responds once. */
export function listPages(
  lister: Pick<ListerWatcher, 'list'>,
  options: ListOptions,
  pageSize: number,
  respond: (answer: Paged | Error) => void,
): void {
  const items: CustomResource[] = []
  let resourceVersion: string | null = null
  let isPaginated = false

  const ask = (request: ListOptions): void => {
    lister.list(request, (answer) => {
      if (answer instanceof Error) {
        // The first page failing is the caller's business: only a later one may fall back to the full list.
        if (!isResourceExpired(answer) || !request.continue) respond(answer)
        else
          lister.list(options, (full) =>
            respond(full instanceof Error ? full : { result: full, isPaginated }),
          )
        return
      }
      const token = answer.metadata.continue ?? ''
      if (token === '' && resourceVersion === null) return respond({ result: answer, isPaginated })
      resourceVersion ??= answer.metadata.resourceVersion
      items.push(...answer.items)
      if (token === '') return respond({ result: { metadata: { resourceVersion }, items }, isPaginated })
      isPaginated = true
      ask({ ...request, continue: token, resourceVersion: '' })
    })
  }
  ask(pageSize > 0 ? { ...options, limit: pageSize } : options)
}
