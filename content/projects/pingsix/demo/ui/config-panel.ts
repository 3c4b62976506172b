// The configuration: a plain text area with line numbers, and what there is to say about it. Pressing an issue
// selects its line.
import { append, button, h, replace } from '../../../_kit/dom.js'
import type { ConfigIssue } from '../core/types.js'
import type { Session } from './session.js'

export function configPanel(session: Session): { element: HTMLElement; render(): void } {
  const gutter = h('pre', { class: 'gutter', 'aria-hidden': 'true' })
  const area = h('textarea', {
    id: 'pingsix-yaml',
    class: 'yaml',
    spellcheck: 'false',
    wrap: 'off',
    autocapitalize: 'off',
    rows: 22,
  })
  const issues = h('ul', { class: 'issues' })
  const state = h('p', { class: 'config-state', role: 'status', id: 'pingsix-config-state' })
  const reverse = h('input', { type: 'checkbox' })
  area.setAttribute('aria-describedby', state.id)

  const restart = (): void =>
    session.start({ ...session.scenario, yaml: area.value, reverse: reverse.checked })
  let timer: ReturnType<typeof setTimeout> | undefined
  area.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(restart, 250)
  })
  area.addEventListener('scroll', () => {
    gutter.scrollTop = area.scrollTop
  })
  reverse.addEventListener('change', restart)

  const goTo = (line: number): void => {
    const lines = area.value.split('\n')
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
    area.focus()
    area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
    area.scrollTop = Math.max(0, line - 4) * (area.scrollHeight / Math.max(1, lines.length))
  }
  const issueItem = (kind: '错误' | '提醒', issue: ConfigIssue): HTMLElement =>
    h(
      'li',
      { class: kind === '错误' ? 'error' : 'warning' },
      button(`${kind} 第${issue.line}行`, () => goTo(issue.line), { class: 'line-link' }),
      ' ',
      h('code', {}, issue.path === '' ? issue.code : `${issue.path} ${issue.code}`),
      h('span', {}, issue.message),
    )

  return {
    element: h(
      'section',
      { class: 'config', 'aria-labelledby': 'pingsix-config-title' },
      h('h2', { id: 'pingsix-config-title' }, '配置'),
      h('label', { class: 'aside', for: area.id }, 'PingSIX的YAML配置'),
      h('div', { class: 'editor' }, gutter, area),
      h('label', { class: 'check' }, reverse, h('span', {}, '倒序插入路由')),
      state,
      issues,
    ),
    render() {
      const { scenario, loaded } = session
      if (area.value !== scenario.yaml) area.value = scenario.yaml
      reverse.checked = scenario.reverse
      const { errors, warnings } = loaded
      const marked = new Map<number, string>()
      for (const issue of warnings) marked.set(issue.line, 'warning')
      for (const issue of errors) marked.set(issue.line, 'error')
      replace(
        gutter,
        scenario.yaml
          .split('\n')
          .map((_, i) => h('span', { class: marked.get(i + 1) ?? null }, `${i + 1}\n`)),
      )
      gutter.scrollTop = area.scrollTop
      const told = [
        errors.length > 0 && `${errors.length}个错误，真实程序不会启动`,
        warnings.length > 0 && `${warnings.length}条提醒`,
      ]
      const verdict = told.filter(Boolean).join('；') || '配置有效'
      // The same words again would be read out again.
      if (state.textContent !== verdict) state.textContent = verdict
      area.setAttribute('aria-invalid', String(errors.length > 0))
      replace(issues)
      append(
        issues,
        errors.map((issue) => issueItem('错误', issue)),
        warnings.map((issue) => issueItem('提醒', issue)),
      )
    },
  }
}
