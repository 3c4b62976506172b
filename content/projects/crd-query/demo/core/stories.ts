// Short scripts for the lab: what to press, in which order, and what to look at afterwards. The page plays them step by
// step, the walkthrough renders the first one at build time, the tests check what they claim.
import type { Lab, LabOptions } from './lab.js'
import { playbill } from './playbill.js'

export interface Step {
  /** What is done. */
  readonly title: string
  /** What to see in it. */
  readonly note: string
  readonly act: (lab: Lab) => void
  /** Virtual milliseconds that pass afterwards, or: at most, until all is quiet. */
  readonly runMs: number
  readonly isUntilQuiet?: boolean
}
interface Script {
  readonly options: LabOptions
  readonly steps: readonly Step[]
}
export type Story = Script & (typeof playbill)[number]

/** The projects on the server, in the informer and in the table agree on a version, and nothing waits. */
const isQuiet = (lab: Lab): boolean => {
  const { state, lastSync, revision, queued, pending } = lab.view()
  return state === 'WATCH' && lastSync === `${revision}` && queued === 0 && pending === 0
}

/** Does a step and lets its time pass. */
export function playStep(lab: Lab, { act, runMs, isUntilQuiet = false }: Step): void {
  act(lab)
  const until = lab.clock.now() + runMs
  lab.advance(Math.min(runMs, 100))
  while (lab.clock.now() < until && !(isUntilQuiet && isQuiet(lab)))
    lab.advance(Math.min(100, until - lab.clock.now()))
}

/** The first project in key order; stories change and delete this one. */
const firstProject = (lab: Lab) => {
  const object = lab.server.objects('projects')[0]!
  return { object, namespace: object.metadata.namespace ?? '', name: object.metadata.name }
}
const setReplicas = (lab: Lab, nth: number, replicas: number): void => {
  const object = lab.server.objects('projects')[nth]!
  lab.server.update('projects', { ...object, spec: { ...object.spec, replicas } })
}
const deleteFirst = (lab: Lab): void => {
  const { namespace, name } = firstProject(lab)
  lab.platform.delete(namespace, name)
}

const start: Step = {
  title: '进程启动',
  note: 'LIST用resourceVersion="0"，对象经DeltaFIFO进indexer，处理器再写进SQLite。',
  act: (lab) => lab.start(),
  runMs: 2_000,
}

const baseLine: Script = {
  options: { size: 12 },
  steps: [
    start,
    {
      title: '六次写入',
      note: '新建两个、修改三个、删除一个：每个事件把lastSync推到自己的版本；同一个key的几次变化在DeltaFIFO里攒成一批。',
      act: (lab) => {
        const draft = () => lab.server.create('projects', { ...lab.platform.draft() })
        draft()
        setReplicas(lab, 3, 7)
        draft()
        setReplicas(lab, 5, 9)
        setReplicas(lab, 7, 11)
        deleteFirst(lab)
      },
      runMs: 1_000,
    },
    {
      title: '别的种类在写，书签到了',
      note: '插件的心跳让R前进，项目的watch什么也收不到；BOOKMARK只移动lastSync，不碰缓存。',
      act: (lab) => {
        for (let i = 0; i < 4; i++) lab.platform.beat()
      },
      runMs: 4_000,
    },
    {
      title: '断线两秒半',
      note: '断线期间有一次修改。连接被拒绝只会退避，再从lastSync续上WATCH，不需要LIST。',
      act: (lab) => {
        lab.disconnect(2_500)
        setReplicas(lab, 2, 13)
      },
      runMs: 8_000,
    },
    {
      title: '断线时删除，又压缩了历史',
      note: '续WATCH得到410，LIST从lastSync起；列表里少了一个key，DeltaFIFO给它补一个墓碑。',
      act: (lab) => {
        lab.disconnect(2_000)
        deleteFirst(lab)
        lab.compact()
      },
      runMs: 60_000,
      isUntilQuiet: true,
    },
  ],
}

const loseHistory = (change: (lab: Lab) => void): Step['act'] => {
  return (lab) => {
    lab.disconnect(1_000)
    change(lab)
    lab.compact()
  }
}

const ghostRow: Script = {
  options: { size: 12 },
  steps: [
    {
      ...start,
      title: '带着错误启动',
      note: 'OnDelete里只断言对象类型，失败就返回。',
      act: (lab) => {
        lab.bugs = { ...lab.bugs, ignoreTombstones: true }
        lab.start()
      },
    },
    {
      title: '断线时删除一个项目，历史被压缩',
      note: '删除事件永远收不到了，来的是墓碑；处理器不认识它，表里多出一行幽灵。',
      act: loseHistory(deleteFirst),
      runMs: 60_000,
      isUntilQuiet: true,
    },
    {
      title: '改对，重启进程',
      note: '墓碑要拆开，按key删除。表从空开始重建，行数重新相等。',
      act: (lab) => {
        lab.bugs = { ...lab.bugs, ignoreTombstones: false }
        lab.restartProcess()
      },
      runMs: 2_000,
    },
  ],
}

const lostUpdate: Script = {
  options: { size: 12 },
  steps: [
    {
      ...start,
      title: '带着错误启动',
      note: 'OnAdd执行INSERT，OnUpdate执行UPDATE … WHERE uid = ?。',
      act: (lab) => {
        lab.bugs = { ...lab.bugs, noUpsert: true }
        lab.start()
      },
    },
    {
      title: '断线时删除并重建同名项目',
      note: '重新LIST后key还在，informer调用OnUpdate(旧, 新)；uid已经换了，UPDATE影响0行。',
      act: loseHistory((lab) => {
        const { object, namespace, name } = firstProject(lab)
        lab.platform.delete(namespace, name)
        lab.server.create('projects', {
          metadata: { namespace, name, labels: object.metadata.labels ?? {} },
          spec: { ...object.spec, description: '重建之后的描述' },
        })
      }),
      runMs: 60_000,
      isUntilQuiet: true,
    },
    {
      title: '改对，重启进程',
      note: '按(namespace, name)冲突时更新，连uid一起换掉。',
      act: (lab) => {
        lab.bugs = { ...lab.bugs, noUpsert: false }
        lab.restartProcess()
      },
      runMs: 2_000,
    },
  ],
}

const earlyService: Script = {
  options: { size: 200 },
  steps: [
    {
      title: '慢处理器，带着错误启动',
      note: 'informer.HasSynced说的是indexer满了；处理器每条要10 ms，放行时SQLite里只有一小部分。',
      act: (lab) => {
        lab.handlerDelayMs = 10
        lab.bugs = { ...lab.bugs, trustInformerSync: true }
        lab.start()
      },
      runMs: 400,
    },
    {
      title: '改对，重启进程',
      note: '等AddEventHandler返回的登记说HasSynced：最初那批通知都处理完才放行。',
      act: (lab) => {
        lab.bugs = { ...lab.bugs, trustInformerSync: false }
        lab.restartProcess()
      },
      runMs: 3_000,
    },
  ],
}

const beats: Step = {
  title: '插件写十次',
  note: '项目一个也没变，R却走远了；没有书签，lastSync留在原地。',
  act: (lab) => {
    for (let i = 0; i < 10; i++) lab.platform.beat()
  },
  runMs: 6_000,
}

const bookmarks: Script = {
  options: { size: 200, allowWatchBookmarks: false },
  steps: [
    { ...start, note: '这个informer没有要书签（allowWatchBookmarks=false）。' },
    beats,
    {
      title: 'apiserver重启',
      note: 'lastSync停在最初的LIST，续WATCH得到410，200个对象全部重来一遍。打开书签就只是续上。',
      act: (lab) => lab.restartServer(1_000),
      runMs: 60_000,
      isUntilQuiet: true,
    },
  ],
}

const scripts: Readonly<Record<string, Script>> = {
  base: baseLine,
  ghost: ghostRow,
  upsert: lostUpdate,
  synced: earlyService,
  bookmark: bookmarks,
}

/** In the order of the playbill. */
export const stories: readonly Story[] = playbill.map((entry) => ({ ...entry, ...scripts[entry.id]! }))
