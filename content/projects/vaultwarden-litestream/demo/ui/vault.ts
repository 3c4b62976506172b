// The vault as its owner sees it and as the database, and so the bucket, holds it. Decrypting is WebCrypto's work
// and takes a moment; what was decrypted once is kept by its row.
import { field, h } from '../../../_kit/dom.js'
import { type CipherRow, type Login, listCiphers, openLogin } from '../sqlite/vault.js'
import type { Controls } from './controls.js'
import { fold, happened, type Panel, redrawn, section, table } from './panel.js'
import { demoAccount, type Session } from './session.js'

export function createVaultPanel(session: Session, controls: Controls, changed: () => void): Panel {
  const opened = new Map<string, Login>()
  const folds = new Map<string, boolean>()
  const plain = h('input', { type: 'checkbox', on: { change: () => changed() } })
  const text = (type: string, value = ''): HTMLInputElement =>
    h('input', { type, value, autocomplete: 'off', spellcheck: 'false' })
  const [name, username, password] = [text('text'), text('text'), text('password')]
  const email = text('email', demoAccount.email)
  const master = text('password', demoAccount.password)
  const progress = h('span', { role: 'status' })
  const own = form(
    '加密并写入',
    [field('名称', name), field('用户名', username), field('密码', password)],
    () =>
      controls.act('write', undefined, {
        name: name.value || '未命名',
        username: username.value,
        password: password.value,
      }),
  )
  const again = form('从头开始', [field('邮箱', email), field('主密码', master)], async () => {
    progress.textContent = '正在派生主密钥（PBKDF2，60万轮）…'
    opened.clear()
    await session.begin(email.value || demoAccount.email, master.value || demoAccount.password)
    progress.textContent = ''
    controls.say('全部重来：空桶，新账户，实例#1。')
    changed()
  })
  const body = h('div')
  const draw = redrawn(
    body,
    (current) => `${happened(current)}/${plain.checked}/${opened.size}`,
    (current) => {
      const container = current.active
      if (container === null) return h('p', { class: 'empty' }, '没有运行中的实例。')
      const rows = listCiphers(container.connection, 30)
      const total = container.connection.rows('SELECT count(*) FROM ciphers')[0]?.[0]
      if (rows.length === 0) return h('p', { class: 'empty' }, '保险库是空的。')
      if (plain.checked) open(rows, current, opened, changed)
      return [
        h('p', { class: 'note' }, `${total}条，最新的${rows.length}条：`),
        table(
          '保险库条目',
          ['名称', '用户名', '密码'],
          rows.map((row) => {
            const login = plain.checked ? opened.get(row.uuid) : undefined
            if (login !== undefined) return [login.name, login.username, login.password]
            const sealed = JSON.parse(row.data) as Record<'username' | 'password', string> // written by this page
            return [row.name, sealed.username, sealed.password].map((value) =>
              h('code', { class: 'sealed' }, value),
            )
          }),
        ),
        fold(folds, 'row', '最新一条在数据库里的样子', () =>
          h(
            'dl',
            { class: 'row' },
            Object.entries(rows[0]!).map(([column, value]) => [
              h('dt', {}, h('code', {}, column)),
              h('dd', {}, h('code', {}, value)),
            ]),
          ),
        ),
      ]
    },
  )
  return {
    element: section(
      'vault',
      '保险库',
      h('p', { class: 'warning' }, '请不要输入真实的密码。没有任何东西离开这个页面，刷新以后一切归零。'),
      h(
        'label',
        { class: 'check' },
        plain,
        h('span', {}, '显示明文（在这个页面里用主密钥解密；数据库和桶里始终是密文）'),
      ),
      body,
      h('details', {}, h('summary', {}, '自己写一条'), own),
      h(
        'details',
        {},
        h('summary', {}, '换一个账户，从头开始'),
        again,
        progress,
        h(
          'p',
          { class: 'note' },
          '主密钥 = PBKDF2-SHA256，60万轮；用户密钥64字节，由主密钥展开出的密钥加密后存成akey；条目用AES-256-CBC加HMAC-SHA256。',
        ),
      ),
    ),
    update: draw,
  }
}

/** Fields and a button in one row; Enter in a field is the button. */
function form(label: string, fields: readonly HTMLElement[], run: () => Promise<void>): HTMLElement {
  return h(
    'form',
    {
      class: 'bar',
      autocomplete: 'off',
      on: {
        submit: (event) => {
          event.preventDefault()
          void run()
        },
      },
    },
    fields,
    h('button', {}, label),
  )
}

/** Decrypts what is not known yet, then asks for another look. */
function open(
  rows: readonly CipherRow[],
  session: Session,
  opened: Map<string, Login>,
  changed: () => void,
): void {
  const unknown = rows.filter(({ uuid }) => !opened.has(uuid))
  if (unknown.length === 0) return
  const { userKey } = session.account
  void Promise.all(unknown.map(async (row) => opened.set(row.uuid, await openLogin(row, userKey)))).then(
    changed,
  )
}
