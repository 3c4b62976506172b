// A console for the Admin API with an etcd behind it; loaded when it is opened for the first
// time. It gets the reader of resources handed in: that one is part of the page already.
import { button, field, h, replace } from '../../../_kit/dom.js'
import { createLog, formatMs } from '../../../_kit/log.js'
import { handleAdmin } from '../core/admin.js'
import { createStore, type ReadResource, startSync } from '../core/etcd.js'
import type { Session } from './session.js'

const etcdYaml = `pingsix:
  listeners:
    - address: 0.0.0.0:8080
  etcd:
    host: [http://127.0.0.1:2379]
    prefix: /pingsix
  admin:
    address: 127.0.0.1:9181
    api_key: secret

# 有了etcd，写在文件里的资源都不生效；用下面的控制台放进去。
`
const sampleBody = `{
  "uri": "/{*rest}",
  "upstream": { "nodes": { "10.0.0.9:80": 1 } }
}`

/** The console. It keeps its etcd for as long as the page lives, as a real one would. */
export function adminPanel(
  session: Session,
  changed: () => void,
  read: ReadResource,
): { element: HTMLElement; render(): void } {
  const store = createStore()
  const log = createLog<string>({ now: () => session.clock.now() }, 40)
  let synced: unknown = null
  const method = h(
    'select',
    {},
    ['PUT', 'GET', 'DELETE', 'POST'].map((name) => h('option', {}, name)),
  )
  const path = h('input', { type: 'text', value: '/apisix/admin/routes/1', spellcheck: 'false' })
  const key = h('input', { type: 'text', value: 'secret', spellcheck: 'false', autocomplete: 'off' })
  const type = h('input', { type: 'text', value: 'application/json', spellcheck: 'false' })
  const body = h('textarea', { rows: 6, spellcheck: 'false' })
  body.value = sampleBody
  const answer = h('pre', { role: 'status', class: 'answer' })
  const events = h('ol', { class: 'log' })
  const broken = h('input', { type: 'checkbox' })
  broken.addEventListener('change', () => {
    store.setReachable(!broken.checked)
    changed()
  })
  const off = h(
    'div',
    {},
    h('p', {}, '现在的配置里没有etcd和admin，真实程序不会打开Admin API。'),
    button('换成etcd的配置', () => session.start({ ...session.scenario, yaml: etcdYaml, nodes: {} })),
  )
  const send = (): void => {
    const { admin, etcd } = session.loaded.config ?? {}
    if (!admin || !etcd) return
    const headers = [
      ['X-API-KEY', key.value],
      ['Content-Type', type.value],
    ] as const
    const request = { method: method.value, path: path.value, headers, body: body.value }
    const reply = handleAdmin(request, {
      apiKey: admin.apiKey,
      prefix: etcd.prefix,
      store,
      read,
    })
    answer.textContent = `${reply.status}${reply.body === '' ? '（空）' : `\n${reply.body}`}`
    changed()
  }
  const on = h(
    'div',
    {},
    h(
      'div',
      { class: 'fields' },
      field('方法', method),
      field('路径', path, 'field wide'),
      field('x-api-key', key),
      field('Content-Type', type),
      field('JSON', body, 'field wide'),
    ),
    h(
      'div',
      { class: 'actions' },
      button('发到Admin API', send, { class: 'primary' }),
      h('label', { class: 'check' }, broken, h('span', {}, 'etcd断开')),
    ),
    answer,
    h('h3', {}, '数据面的同步'),
    events,
  )
  return {
    element: h('div', { class: 'admin' }, off, on),
    render() {
      const { gateway, config } = session.loaded
      const ready = gateway !== null && config?.etcd != null && config.admin !== null
      off.hidden = ready
      on.hidden = !ready
      if (ready && synced !== gateway) {
        synced = gateway
        log.clear()
        startSync(store, config.etcd.prefix, gateway.plane, session.clock, read, (text) => {
          if (synced === gateway) log.add(text)
        })
        changed()
      }
      replace(
        events,
        [...log.events]
          .reverse()
          .map(({ atMs, data }) => h('li', {}, h('span', { class: 'quiet' }, formatMs(atMs)), ` ${data}`)),
      )
    },
  }
}
