// Makes custom resources that look like a platform's: names by ASCII rules, display names and people in Chinese,
// ages, phases, sizes. The same seed gives the same objects everywhere.
import type { Rng } from '../../../_kit/rng.js'
import type { CustomResource } from './types.js'

export const namespaces = ['data', 'edge', 'growth', 'infra', 'pay', 'risk', 'search', 'user'] as const
export const environments = ['prod', 'staging', 'dev'] as const
export const phases = ['Running', 'Pending', 'Failed', 'Paused'] as const
export const owners = [
  '陈思远',
  '方晓',
  '高子涵',
  '何静怡',
  '李明哲',
  '林一帆',
  '陆衡',
  '钱瑾',
  '沈知夏',
  '苏牧',
  '王若楠',
  '吴桐',
  '许嘉宁',
  '杨舟',
  '张弛',
  '赵听澜',
] as const

const templateList = [
  ['web-service', '网页服务'],
  ['grpc-service', '远程调用服务'],
  ['cron-job', '定时任务'],
  ['stream-job', '流式计算任务'],
  ['data-sync', '数据同步'],
  ['model-serving', '模型推理'],
  ['static-site', '静态站点'],
  ['db-proxy', '数据库代理'],
] as const
const pluginNames = [
  'auth',
  'cdn',
  'log',
  'metric',
  'mesh',
  'quota',
  'secret',
  'trace',
  'vault',
  'webhook',
] as const

const subjects: readonly (readonly [slug: string, name: string])[] = [
  ['order', '订单'],
  ['stock', '库存'],
  ['profile', '用户画像'],
  ['coupon', '优惠券'],
  ['billing', '账单'],
  ['recommend', '推荐'],
  ['ranking', '排行榜'],
  ['message', '站内信'],
  ['payment', '支付'],
  ['refund', '退款'],
  ['antifraud', '反欺诈'],
  ['audit', '操作审计'],
  ['gateway', '接入网关'],
  ['feature', '特征平台'],
  ['image', '图片处理'],
  ['report', '经营报表'],
]
const roles: readonly (readonly [slug: string, name: string])[] = [
  ['api', '接口'],
  ['worker', '后台任务'],
  ['sync', '同步'],
  ['query', '查询服务'],
  ['console', '控制台'],
  ['batch', '批处理'],
]
const verbs = ['负责', '支撑', '承接', '汇总'] as const
const traits = ['对延迟敏感', '每天凌晨跑批', '大促前要扩容', '读多写少', '依赖旧系统', '正在迁移'] as const

/** `YYYY-MM-DDTHH:MM:SSZ` */
const timestamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
const dayMs = 86_400_000

/** The name and spec of a new project; unique by `serial`. */
export function newProject(rng: Rng, serial: number): CustomResource {
  const namespace = rng.pick(namespaces)
  const [subjectSlug, subject] = rng.pick(subjects)
  const [roleSlug, role] = rng.pick(roles)
  const env = rng.next() < 0.5 ? 'prod' : rng.pick(environments)
  const owner = rng.pick(owners)
  return {
    metadata: {
      namespace,
      name: `${subjectSlug}-${roleSlug}-${serial.toString(36).padStart(4, '0')}`,
      labels: { env, tier: rng.next() < 0.3 ? 'core' : 'normal', team: namespace },
    },
    spec: {
      displayName: `${subject}${role}`,
      description: `${rng.pick(verbs)}${subject}的${role}，${rng.pick(traits)}`,
      owner,
      replicas: env === 'prod' ? 2 + rng.int(14) : 1 + rng.int(3),
      template: rng.pick(templateList)[0],
    },
  }
}

/** A phase, mostly Running. */
export const newPhase = (rng: Rng): string => (rng.next() < 0.7 ? 'Running' : rng.pick(phases))

/** A version-4 UUID from the seed. */
export function newUid(rng: Rng): string {
  const hex = (): string => rng.uint32().toString(16).padStart(8, '0')
  const [a, b, c, d] = [hex(), hex(), hex(), hex()]
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`
}

/** A project from the 200 days before `epochMs`, with uid and status, for `create(…, restored)`. */
export function seedProject(rng: Rng, serial: number, epochMs: number): CustomResource {
  const project = newProject(rng, serial)
  const createdMs = epochMs - Math.floor(rng.next() * 200 * dayMs)
  return {
    ...project,
    metadata: { ...project.metadata, uid: newUid(rng), creationTimestamp: timestamp(createdMs) },
    status: { phase: newPhase(rng) },
  }
}

const old = (rng: Rng, name: string, createdMs: number) => ({
  namespace: 'platform',
  name,
  uid: newUid(rng),
  creationTimestamp: timestamp(createdMs),
})

export function seedTemplates(rng: Rng, epochMs: number): CustomResource[] {
  return templateList.map(([name, displayName], i) => ({
    metadata: old(rng, name, epochMs - (300 - i) * dayMs),
    spec: { displayName, cpuMillis: 250 * (1 + (i % 4)) },
  }))
}

export function seedPlugins(rng: Rng, epochMs: number): CustomResource[] {
  return pluginNames.map((name, i) => ({
    metadata: old(rng, name, epochMs - (250 - i) * dayMs),
    spec: { displayName: `${name} 插件`, version: `1.${i}.0`, beat: 0 },
  }))
}
