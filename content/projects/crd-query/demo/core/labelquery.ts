// The same question with nothing but the Kubernetes API: what a namespace and a label selector can narrow down, and
// how much then has to be fetched, read and thrown away by the client.

import type { Question } from './query.js'
import { parseLabelSelector } from './selector.js'
import type { CustomResource, ListOptions, ListResult } from './types.js'

export interface LabelPlan {
  readonly namespace: string
  readonly labelSelector: string
  /** What the API cannot be asked, and who has to do it instead. */
  readonly cannot: readonly string[]
}

/** Which parts of the question the server can answer. */
export function planLabels(question: Question): LabelPlan {
  const cannot: string[] = []
  if (question.keyword.trim() !== '') cannot.push('关键词：selector没有子串匹配，中文名称也不能做标签值')
  if (question.phase !== '') cannot.push('phase在status里，不是标签')
  if (question.owner !== '') cannot.push('负责人在spec里；中文姓名不是合法的标签值')
  if (question.minReplicas !== null || question.maxReplicas !== null)
    cannot.push('副本数在spec里；标签的>和< 只能比较标签中的整数')
  cannot.push('排序：LIST只按namespace/name的键序返回')
  cannot.push('跳到第n页和总数：只有limit/continue逐页向后，带selector时没有remainingItemCount')
  const labelSelector = question.env === '' ? '' : `env=${question.env}`
  return {
    namespace: question.namespace,
    labelSelector: parseLabelSelector(labelSelector).toString(),
    cannot,
  }
}

/** Whether an object answers the question, the way a client would look. Letters match regardless of case, as in SQL. */
export function answers(question: Question, object: CustomResource): boolean {
  const { metadata, spec = {}, status = {} } = object
  const keyword = question.keyword.trim().toLowerCase()
  const texts = [metadata.name, spec['displayName'], spec['owner'], spec['description']]
  const replicas = Number(spec['replicas'] ?? 0)
  return (
    (keyword === '' ||
      texts.some((text) =>
        String(text ?? '')
          .toLowerCase()
          .includes(keyword),
      )) &&
    (question.namespace === '' || metadata.namespace === question.namespace) &&
    (question.env === '' || metadata.labels?.['env'] === question.env) &&
    (question.phase === '' || status['phase'] === question.phase) &&
    (question.owner === '' || spec['owner'] === question.owner) &&
    (question.minReplicas === null || replicas >= question.minReplicas) &&
    (question.maxReplicas === null || replicas <= question.maxReplicas)
  )
}

export interface LabelAnswer {
  readonly plan: LabelPlan
  /** One for each page of 500. */
  readonly requests: readonly string[]
  /** UTF-8 bytes of all bodies. */
  readonly bytes: number
  readonly fetched: number
  /** How many of them answer the question; the rest was fetched for nothing. */
  readonly matching: number
}

const limit = 500

type List = (options: ListOptions) => ListResult

/**
 * Lists everything the plan cannot exclude, page by page, and yields what is known after each: reading thousands of
 * objects takes long enough to let others in between. Throws the 410 that a compaction between two pages leads to.
 */
export function* askInPages(list: List, path: string, question: Question): Generator<LabelAnswer, void> {
  const plan = planLabels(question)
  const encoder = new TextEncoder()
  const requests: string[] = []
  let bytes = 0
  let fetched = 0
  let matching = 0
  let token: string | undefined
  do {
    const result = list({
      limit,
      ...(plan.namespace === '' ? {} : { namespace: plan.namespace }),
      ...(plan.labelSelector === '' ? {} : { labelSelector: plan.labelSelector }),
      ...(token === undefined ? {} : { continue: token }),
    })
    const query = [
      plan.labelSelector === '' ? '' : `labelSelector=${encodeURIComponent(plan.labelSelector)}`,
      `limit=${limit}`,
      token === undefined ? '' : 'continue=…',
    ].filter((part) => part !== '')
    const scope = plan.namespace === '' ? '' : `namespaces/${plan.namespace}/`
    requests.push(`GET ${path.replace('{namespace}', scope)}?${query.join('&')}`)
    bytes += encoder.encode(JSON.stringify(result)).length
    fetched += result.items.length
    matching += result.items.filter((object) => answers(question, object)).length
    token = result.metadata.continue
    yield { plan, requests: [...requests], bytes, fetched, matching }
  } while (token !== undefined)
}

/** The last word of `askInPages`. */
export function askByLabels(list: List, path: string, question: Question): LabelAnswer {
  let last: LabelAnswer | null = null
  for (const answer of askInPages(list, path, question)) last = answer
  if (last === null) throw new Error('a list has at least one page')
  return last
}
