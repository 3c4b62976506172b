// Writes one CR: load it with its resourceVersion, change it, send it to the apiserver, and watch it travel to SQLite.
// Two readers with the same version show the 409 that optimistic concurrency is made of.
import { button, field, h } from '../../../_kit/dom.js'
import type { LiveRegion } from '../../../_kit/live.js'
import { environments, owners, phases } from '../core/gen.js'
import { errorText } from '../core/narrate.js'
import { type CustomResource, keyOf } from '../core/types.js'
import type { Panel } from './panel.js'
import type { Session } from './session.js'

const keysListed = 300
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const select = (options: readonly string[]): HTMLSelectElement =>
  h(
    'select',
    {},
    options.map((option) => h('option', {}, option)),
  )

export function createEditor(session: Session, live: LiveRegion): Panel {
  const keys = h('datalist', { id: 'crd-query-keys' })
  const key = h('input', {
    list: 'crd-query-keys',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'pay/order-api-0001',
  })
  const title = h('input', { autocomplete: 'off' })
  const owner = select(owners)
  const env = select(environments)
  const phase = select(phases)
  const replicas = h('input', { type: 'number', min: 0, max: 999, value: 2 })
  const message = h('p', { class: 'message', id: 'crd-query-edited', role: 'status' })
  const version = h('output', { class: 'note' })
  key.setAttribute('aria-describedby', message.id)
  let loaded: CustomResource | null = null

  const show = (said: string, isBad = false): void => {
    message.textContent = said
    message.dataset['tone'] = isBad ? 'bad' : 'good'
    key.setAttribute('aria-invalid', String(isBad))
  }
  const fill = (object: CustomResource | null): void => {
    loaded = object
    version.textContent =
      object === null
        ? '未载入'
        : `resourceVersion "${object.metadata.resourceVersion ?? ''}"，generation ${object.metadata.generation ?? 1}`
    if (object === null) return
    key.value = keyOf(object)
    title.value = text(object.spec?.['displayName'])
    owner.value = text(object.spec?.['owner'])
    env.value = object.metadata.labels?.['env'] ?? 'dev'
    phase.value = text(object.status?.['phase']) || 'Pending'
    replicas.value = String(object.spec?.['replicas'] ?? 1)
  }
  const identity = (): { namespace: string; name: string } => {
    const [namespace = '', name = ''] = key.value.trim().split('/')
    return { namespace, name }
  }
  const draft = (from: CustomResource | null): CustomResource => ({
    metadata: { ...from?.metadata, ...identity(), labels: { ...from?.metadata.labels, env: env.value } },
    spec: { ...from?.spec, displayName: title.value, owner: owner.value, replicas: Number(replicas.value) },
    status: { phase: phase.value },
  })
  /** Runs a request; shows what it did, or the Status that came back. */
  const request = (run: () => string): void => {
    try {
      show(run())
    } catch (error) {
      show(errorText(error instanceof Error ? error : new Error(String(error))), true)
    }
    session.changed()
    live.say(message.textContent ?? '')
  }

  const load = (): string => {
    const { namespace, name } = identity()
    fill(session.lab.server.get('projects', namespace, name))
    return `已载入${key.value}`
  }
  key.addEventListener('change', () => {
    if (session.lab.server.objects('projects').some((object) => keyOf(object) === key.value.trim()))
      request(load)
  })

  const actions = h(
    'div',
    { class: 'row' },
    button('载入', () => request(load)),
    button('换一个名字', () => {
      fill({ ...session.lab.platform.draft() })
      loaded = null
      version.textContent = '尚未创建'
    }),
    button('新建', () =>
      request(() => {
        fill(session.lab.platform.create(draft(null)))
        return `已创建${key.value}，R=${session.lab.server.revision}`
      }),
    ),
    button('保存', () =>
      request(() => {
        if (loaded === null) throw new Error('请先载入一个项目')
        fill(session.lab.platform.update(draft(loaded)))
        return `已保存${key.value}，R=${session.lab.server.revision}`
      }),
    ),
    button('别人改一下', () =>
      request(() => {
        const { namespace, name } = identity()
        const other = session.lab.server.get('projects', namespace, name)
        const count = Number(other.spec?.['replicas'] ?? 0) + 1
        session.lab.platform.update({ ...other, spec: { ...other.spec, replicas: count } })
        return `别人把副本数改成了${count}；你载入的版本已经旧了，再保存会得到409`
      }),
    ),
    button('删除', () =>
      request(() => {
        const { namespace, name } = identity()
        session.lab.platform.delete(namespace, name)
        fill(null)
        return `已删除${namespace}/${name}，R=${session.lab.server.revision}`
      }),
    ),
  )
  let lastLab: Session['lab'] | null = null

  return {
    element: h(
      'section',
      { class: 'editor' },
      h('h3', {}, '改一个CR'),
      h(
        'p',
        { class: 'note' },
        '写入走apiserver，再看它经过informer走到表里。中文可以做显示名，做不了标签。',
      ),
      h(
        'div',
        { class: 'form' },
        field('namespace/name', key, 'field wide'),
        field('显示名', title),
        field('负责人', owner),
        field('env标签', env),
        field('phase', phase),
        field('副本数', replicas),
      ),
      keys,
      actions,
      version,
      message,
    ),
    update() {
      const { server } = session.lab
      const isSame = lastLab === session.lab
      // Listing thousands of keys for every frame would cost more than it helps: the suggestions follow the count.
      if (isSame && keys.childElementCount === Math.min(server.count('projects'), keysListed)) return
      lastLab = session.lab
      const first = server.objects('projects').slice(0, keysListed)
      keys.replaceChildren(...first.map((object) => h('option', { value: keyOf(object) })))
      if (!isSame) loaded = null
      if (loaded === null && first[0] !== undefined) fill(first[0])
    },
  }
}
