// Eight questions for the free SQL box, each something that a LIST with selectors cannot answer.

export interface Example {
  readonly title: string
  readonly sql: string
}

export const examples: readonly Example[] = [
  {
    title: '每个namespace有多少失败的项目',
    sql: `SELECT namespace, count(*) AS 总数,
  count(*) FILTER (WHERE phase = 'Failed') AS 失败
FROM projects GROUP BY namespace ORDER BY 失败 DESC, namespace`,
  },
  {
    title: '全文检索：三个字起走trigram索引',
    sql: `SELECT p.namespace, p.name, p.title, p.owner
FROM projects_fts AS f JOIN projects AS p ON p.rowid = f.rowid
WHERE projects_fts MATCH '"用户画像"' ORDER BY p.name LIMIT 10`,
  },
  {
    title: '两个字只能用LIKE',
    sql: `SELECT namespace, name, title FROM projects
WHERE title LIKE '%退款%' ORDER BY namespace, name LIMIT 10`,
  },
  {
    title: '和模板表连接：各模板占用的CPU',
    sql: `SELECT t.title AS 模板, count(*) AS 项目,
  sum(p.replicas * json_extract(t.raw, '$.spec.cpuMillis')) / 1000.0 AS 核
FROM projects AS p JOIN templates AS t ON t.name = p.template
GROUP BY t.name ORDER BY 核 DESC`,
  },
  {
    title: '按标签分组，标签也是一张表',
    sql: `SELECT v AS env, count(*) AS 项目, round(avg(p.replicas), 1) AS 平均副本
FROM project_labels AS l JOIN projects AS p USING (uid)
WHERE k = 'env' GROUP BY v ORDER BY v`,
  },
  {
    title: '每个负责人最新的项目（窗口函数）',
    sql: `SELECT owner, namespace, name, created_at FROM (
  SELECT *, row_number() OVER (PARTITION BY owner ORDER BY created_at DESC, uid) AS n
  FROM projects)
WHERE n = 1 ORDER BY created_at DESC LIMIT 10`,
  },
  {
    title: '直接查原始JSON',
    sql: `SELECT name, raw ->> '$.spec.template' AS template,
  raw ->> '$.metadata.labels.tier' AS tier
FROM projects WHERE raw ->> '$.spec.replicas' > 12 ORDER BY name LIMIT 10`,
  },
  {
    title: '执行计划：分页用不用得上索引',
    sql: `EXPLAIN QUERY PLAN
SELECT name FROM projects WHERE phase = 'Failed'
ORDER BY created_at DESC LIMIT 10`,
  },
]
