// Title and description of a page: its own, or its document's.
import type { Json } from '../json.js'
import type { Page } from '../pages/page.js'
import type { PostView } from '../site/types.js'

/** Each is looked up when somebody wants it: who shows no title does not depend on it. */
export const textsOf = (
  { props }: Pick<Page, 'props'>,
  post: Pick<PostView, 'title' | 'description'> | undefined,
): { readonly title: Json; readonly description: Json } => ({
  get title() {
    return props['title'] || (post?.title ?? '')
  },
  get description() {
    return props['description'] || (post?.description ?? '')
  },
})
