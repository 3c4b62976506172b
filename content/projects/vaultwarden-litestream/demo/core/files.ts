// The files that deploy this for real, as the page and the walkthrough show them. They are correct for Litestream
// 0.3.13 (whose format the demo models) and for 0.5.7 and later; `test/demos` parses them.

export interface DeployFile {
  readonly name: string
  readonly language: string
  readonly text: string
  /** Remarks on single lines, counted from 1. */
  readonly notes: readonly { readonly line: number; readonly text: string }[]
}

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`

export const deployFiles: readonly DeployFile[] = [
  {
    name: 'litestream.yml',
    language: 'yaml',
    text: lines(
      'dbs:',
      '  - path: /data/db.sqlite3',
      '    replicas:',
      '      - type: s3',
      `        endpoint: \${REPLICA_URL}`,
      '        region: auto',
      '        bucket: sqlite',
      '        path: vaultwarden',
      '        sync-interval: 1s',
      '        snapshot-interval: 6h',
      '        retention: 72h',
    ),
    notes: [
      {
        line: 3,
        text: 'v0.5每个数据库只允许一个副本，推荐写法是replica:加一个映射；只有一项的replicas:仍被接受。',
      },
      {
        line: 5,
        text: '$变量由Litestream从环境变量展开（-no-expand-env可关闭）。写了endpoint就使用路径风格的地址。',
      },
      { line: 8, text: '一个桶放多个数据库时必须用path隔开。文章里没写，对象就在桶的根下。' },
      {
        line: 10,
        text: 'v0.3的键，默认不做定期快照。v0.5把快照移到顶层的snapshot:段，这一行和下一行要挪过去。',
      },
      {
        line: 11,
        text: '清理由进程里每小时一次的定时器触发，活不满一小时的实例从不清理：请给桶配生命周期规则。',
      },
    ],
  },
  {
    name: 'litestream-v0.5.yml',
    language: 'yaml',
    text: lines(
      'snapshot:',
      '  interval: 6h',
      '  retention: 72h',
      'dbs:',
      '  - path: /data/db.sqlite3',
      '    replica:',
      '      type: s3',
      `      endpoint: \${REPLICA_URL}`,
      '      region: auto',
      '      bucket: sqlite',
      '      path: vaultwarden',
      '      sync-interval: 1s',
    ),
    notes: [
      { line: 1, text: '同样的部署，v0.5的写法。复制到镜像里时改名为litestream.yml，其余文件不变。' },
      { line: 6, text: '单数。格式已经换成ltx/下的事务文件；0.5.7起可以恢复v0.3留下的副本。' },
    ],
  },
  {
    name: 'entrypoint.sh',
    language: 'bash',
    text: lines(
      '#!/bin/bash',
      'set -euo pipefail',
      '',
      'db=/data/db.sqlite3',
      'config=/etc/litestream.yml',
      '',
      'if [[ -f "$db" ]]; then',
      '  echo "$db exists, restore skipped"',
      'else',
      '  litestream restore -if-replica-exists -config "$config" "$db"',
      'fi',
      '',
      'exec litestream replicate -exec /start.sh -config "$config"',
    ),
    notes: [
      { line: 2, text: '恢复失败就停下：宁可起不来，也不要带着空库对外服务。' },
      { line: 10, text: '桶是空的时正常退出（第一次部署）；存储连不上、密钥不对仍然是错误。' },
      {
        line: 13,
        text: 'exec让Litestream成为一号进程，收到SIGTERM后转给Vaultwarden，等它退出，再做最后一次同步。',
      },
    ],
  },
  {
    name: 'Dockerfile',
    language: 'dockerfile',
    text: lines(
      'FROM litestream/litestream:0.3.13 AS litestream',
      '',
      'FROM vaultwarden/server:1.32.0',
      'COPY --from=litestream /usr/local/bin/litestream /usr/local/bin/litestream',
      'COPY litestream.yml /etc/litestream.yml',
      'COPY --chmod=755 entrypoint.sh /entrypoint.sh',
      'CMD ["/entrypoint.sh"]',
    ),
    notes: [
      { line: 1, text: '写死版本：latest如今是v0.5，副本格式不同。' },
      { line: 6, text: '--chmod需要BuildKit，Docker 23起是默认。' },
    ],
  },
  {
    name: 'compose.yaml',
    language: 'yaml',
    text: lines(
      'services:',
      '  vaultwarden:',
      '    build: .',
      '    image: vaultwarden-litestream:1.32.0',
      '    env_file: .env',
      '    ports:',
      '      - "8080:80"',
      '    tmpfs:',
      '      - /data',
      '    restart: unless-stopped',
      '    stop_grace_period: 30s',
      '    deploy:',
      '      replicas: 1',
    ),
    notes: [
      {
        line: 4,
        text: '运行的是刚构建的镜像，不是官方镜像：官方镜像里没有Litestream，写下的东西哪儿也没有去。',
      },
      { line: 8, text: '故意不给卷：每次启动都从桶里恢复，等于每次都演练一遍。' },
      { line: 11, text: '给收尾的同步留够时间，超时就是SIGKILL。' },
      { line: 13, text: '只能有一个：两个实例各写各的generation，下一次恢复只留一个。' },
    ],
  },
  {
    name: '.env.example',
    language: 'ini',
    text: lines(
      'LITESTREAM_ACCESS_KEY_ID=',
      'LITESTREAM_SECRET_ACCESS_KEY=',
      'REPLICA_URL=https://ACCOUNT.r2.cloudflarestorage.com',
      'SIGNUPS_ALLOWED=true',
      'PUSH_ENABLED=true',
      'PUSH_INSTALLATION_ID=',
      'PUSH_INSTALLATION_KEY=',
      'PUSH_RELAY_BASE_URI=https://push.bitwarden.com',
    ),
    notes: [
      { line: 4, text: '注册完自己的账号就改成false。' },
      { line: 6, text: '推送用的两个值到bitwarden.com/host申请；不用推送就把PUSH_ENABLED改成false。' },
    ],
  },
]

/** What lies beside the database in /data and is not replicated. */
export const notReplicated: readonly (readonly [path: string, consequence: string])[] = [
  ['/data/rsa_key.pem', '签发登录令牌的密钥。丢了会重新生成，所有登录会话随之失效。'],
  ['/data/attachments', '附件。真的会丢。'],
  ['/data/sends', 'Send的文件。真的会丢。'],
  ['/data/icon_cache', '网站图标的缓存，会重新抓取。'],
]

/** `litestream restore`, step by step. */
export const restoreAlgorithm: readonly string[] = [
  '目标文件已存在就拒绝，从不覆盖。',
  '选generation：不指定时间时取最后更新的一个；指定时间时，只看时间范围包含它的，再取最后更新的。',
  '选快照：不晚于指定时间的最新一个。',
  '列WAL段：按索引、偏移排序，遇到创建时间晚于指定时间的就停。每个索引必须从偏移0开始，索引之间不能有缺口。',
  '逐个索引把各段拼成-wal文件，打开数据库执行wal_checkpoint(TRUNCATE)。',
  '全部成功才把临时文件改成正式的名字。一个generation也没有时报错；有-if-replica-exists则正常退出。',
]

/** How v0.5 differs from the modelled v0.3. */
export const versionDifferences: readonly (readonly [what: string, v3: string, v5: string])[] = [
  ['位置', 'generation/索引:偏移', '事务号（TXID）'],
  ['对象', 'generations/…/snapshots与wal下的*.lz4', 'ltx/<级别>/%016x-%016x.ltx（最小与最大TXID）'],
  ['合并', '没有，靠快照', 'L0原始，L1每30秒，L2每5分钟，L3每小时；快照在第9级，每24小时'],
  ['保留', '24小时', '24小时；L0保留5分钟'],
  ['本地', '影子WAL', '没有影子WAL'],
  ['副本', '每库可有多个', '每库一个；0.5.7起能恢复v0.3的副本'],
  ['加密', '可选age', '已移除'],
]
