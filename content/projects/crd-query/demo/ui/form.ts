// The question that both tabs answer: one form, read into plain data.
import { field, h } from '../../../_kit/dom.js'
import { environments, namespaces, owners, phases } from '../core/gen.js'
import { emptyQuestion, type Question, type SortBy } from '../core/query.js'

export interface QuestionForm {
  readonly element: HTMLFormElement
  read(): Question
}

const sorts: readonly (readonly [SortBy, string])[] = [
  ['created_at', '创建时间'],
  ['name', '名称'],
  ['replicas', '副本数'],
  ['owner', '负责人'],
]

const choice = (options: readonly string[]): HTMLSelectElement =>
  h(
    'select',
    {},
    h('option', { value: '' }, '不限'),
    options.map((option) => h('option', { value: option }, option)),
  )

/** A number from 0, or null where nothing (or nonsense) was typed. */
function numberOf(input: HTMLInputElement): number | null {
  const value = Number.parseInt(input.value, 10)
  return Number.isInteger(value) && value >= 0 ? value : null
}

/** Calls `ask` on submit and whenever a field was changed. */
export function createQuestionForm(ask: () => void): QuestionForm {
  const keyword = h('input', { type: 'search', placeholder: '用户画像', autocomplete: 'off' })
  const namespace = choice(namespaces)
  const env = choice(environments)
  const phase = choice(phases)
  const owner = choice(owners)
  const count = (): HTMLInputElement => h('input', { type: 'number', min: 0, max: 999, inputmode: 'numeric' })
  const [min, max] = [count(), count()]
  const sort = h(
    'select',
    {},
    sorts.map(([value, label]) => h('option', { value }, label)),
  )
  const direction = h(
    'select',
    {},
    h('option', { value: 'desc' }, '降序'),
    h('option', { value: 'asc' }, '升序'),
  )
  const element = h(
    'form',
    { class: 'form', 'aria-label': '查询条件' },
    field('关键词', keyword),
    field('namespace', namespace),
    field('env标签', env),
    field('phase', phase),
    field('负责人', owner),
    field('副本数从', min),
    field('到', max),
    field('排序', sort),
    field('方向', direction),
    h('button', { type: 'submit', class: 'primary' }, '查询'),
  )
  element.addEventListener('submit', (event) => {
    event.preventDefault()
    ask()
  })
  element.addEventListener('change', ask)
  return {
    element,
    read: () => ({
      ...emptyQuestion,
      keyword: keyword.value,
      namespace: namespace.value,
      env: env.value,
      phase: phase.value,
      owner: owner.value,
      minReplicas: numberOf(min),
      maxReplicas: numberOf(max),
      sortBy: sorts.find(([value]) => value === sort.value)?.[0] ?? 'created_at',
      isDescending: direction.value === 'desc',
    }),
  }
}
