// The bar at the top: the clock and its speed, what can be done to an instance, and the sentence that says what came
// of it. Killing has no undo, and says so before the button.
import { button, field, h, replace } from '../../../_kit/dom.js'
import { createDrive } from '../../../_kit/drive.js'
import { copyText, linkToScenario } from '../../../_kit/fragment.js'
import { createLiveRegion } from '../../../_kit/live.js'
import { formatClock } from '../core/lab.js'
import { formatPosition } from '../core/litestream/paths.js'
import type { Login } from '../sqlite/vault.js'
import { missingReasons, seconds } from './format.js'
import { happened, type Panel, redrawn, section, table } from './panel.js'
import type { Session, Verb } from './session.js'

export interface Controls extends Panel {
  /** Does something and says what came of it. */
  act(verb: Verb, value?: number, login?: Login): Promise<void>
  say(text: string): void
  /** Where the keyboard goes once everything is loaded. */
  readonly first: HTMLElement
}

const stateNames = { running: '运行中', stopped: '已停止', killed: '被强杀' } as const

export function createControls(
  session: Session,
  key: string,
  changed: () => void,
  isRunning: boolean,
): Controls {
  const live = createLiveRegion('said')
  const clock = h('span', { class: 'clock number' })
  const drive = createDrive((ms) => {
    session.lab.advance(ms)
    changed()
  })
  const act: Controls['act'] = async (verb, value, login) => {
    const before = session.lab.commits.length
    try {
      await session.perform(verb, value, login)
      live.say(outcome(session, verb, session.lab.commits.length - before))
    } catch (error) {
      live.say(`没有做成：${error instanceof Error ? error.message : String(error)}`)
    }
    changed()
  }
  const doing = (verb: Verb, text: string, className?: string): HTMLButtonElement =>
    button(text, () => void act(verb), { class: className })
  const first = doing('write', '写入一条密码', 'primary')
  const needsRunning = [
    first,
    doing('batch', '批量50条'),
    doing('term', '优雅停止（SIGTERM）'),
    doing('kill', '强杀（SIGKILL）', 'danger'),
  ]
  const start = button('冷启动（恢复最新）', () => void act('start'))
  const second = button('再起一个副本', () => void act('second'))
  const pause = button('继续时钟', () => {
    if (drive.running) drive.stop()
    else drive.start()
    pause.textContent = drive.running ? '暂停时钟' : '继续时钟'
  })
  const speed = h(
    'select',
    { on: { change: () => drive.setSpeed(Number(speed.value)) } },
    [0.25, 1, 4, 20].map((rate) => h('option', { value: rate, selected: rate === 1 }, `${rate}×`)),
  )
  const step = button('前进1秒', () => {
    session.lab.advance(1000)
    changed()
  })
  const day = button('快进25小时', () => void act('day'))
  const share = button('复制这段经过的链接', () => {
    linkToScenario(key, {
      v: 1,
      settings: session.settings,
      actions: session.history,
      at: session.elapsedMs,
    })
      .then(copyText)
      .then((copied) => live.say(copied ? '链接已复制：打开它会重演到这里' : '链接已放进地址栏，请手动复制'))
      .catch(() => live.say('经过太长，放不进一个链接'))
  })
  const instances = h('div', { class: 'instances' })
  const draw = redrawn(instances, happened, ({ lab, target }) => {
    const shown = lab.containers.slice(-4)
    return table(
      '实例',
      ['实例', '状态', '启动', '影子WAL到', '已上传到', '查看'],
      shown.map((container) => [
        `#${container.number}`,
        stateNames[container.state],
        formatClock(container.startedMs, 0),
        position(container.state === 'running' ? container.database.position() : null),
        position(container.replica.position),
        container === target
          ? '当前'
          : button(`切换到#${container.number}`, () => void act('target', container.number), {
              'data-key': `target${container.number}`,
            }),
      ]),
      (row) => `state-${shown[row]?.state}`,
    )
  })
  const element = section(
    'controls',
    '实验台',
    h('div', { class: 'bar' }, clock, pause, field('速度', speed), step, day, share),
    h('div', { class: 'bar' }, needsRunning.slice(0, 3), start, second),
    h(
      'p',
      { class: 'bar kill' },
      h('span', {}, '强杀不能撤销：还没上传的提交就此消失，这正是要看的。'),
      needsRunning[3],
    ),
    live.element,
    instances,
  )
  if (isRunning) pause.click()
  return {
    element,
    act,
    first,
    say: (text) => live.say(text),
    update(current) {
      replace(clock, formatClock(current.lab.clock.now(), 1))
      const running = current.lab.running.length
      for (const control of needsRunning) disable(control, current.active === null)
      disable(start, running > 0)
      disable(second, running !== 1)
      draw(current)
    },
  }
}

/** Not the `disabled` attribute: it would take the keyboard focus away from whoever just pressed it. */
function disable(control: HTMLButtonElement, off: boolean): void {
  if (off) control.setAttribute('aria-disabled', 'true')
  else control.removeAttribute('aria-disabled')
}

const position = (at: Parameters<typeof formatPosition>[0] | null): Node | string =>
  at === null ? '—' : h('code', {}, formatPosition(at))

/** One or two sentences on what an action led to. */
function outcome({ lab, lastLoss, target }: Session, verb: Verb, written: number): string {
  if (verb === 'write' || verb === 'batch')
    return `实例#${target?.number}写入${written}条，已提交，等待同步。`
  if (verb === 'target') return `现在看的是实例#${target?.number}。`
  if (verb === 'day') return `过了25小时。桶里有${lab.store.list().length}个对象。`
  if (verb === 'term' || verb === 'kill') {
    const { commits, windowMs } = lastLoss!.loss
    const name = `实例#${lastLoss!.container}${verb === 'kill' ? '被强杀' : '已优雅停止'}`
    return commits.length === 0
      ? `${name}，没有丢失提交。`
      : `${name}，丢失${commits.length}个提交，窗口${seconds(windowMs)}。`
  }
  const { plan, keys, missing } = target!.restored
  const found = plan === null ? '桶是空的，从空库开始' : `恢复出${keys.length}行`
  const reason = missing[0]?.reason
  return `实例#${target!.number}冷启动：${found}${reason === undefined ? '' : `，缺${missing.length}行（${missingReasons[reason]}）`}。`
}
