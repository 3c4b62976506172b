// Real SQLite (the same WebAssembly as in the page) against the lab: tables, queries, plans, the limits of free SQL.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { examples } from '../../content/projects/crd-query/demo/core/examples.js'
import { Lab } from '../../content/projects/crd-query/demo/core/lab.js'
import { answers } from '../../content/projects/crd-query/demo/core/labelquery.js'
import {
  emptyQuestion,
  type Question,
  selectCount,
  selectPage,
} from '../../content/projects/crd-query/demo/core/query.js'
import { tables } from '../../content/projects/crd-query/demo/core/resources.js'
import {
  createEngine,
  type Engine,
  type TableChange,
} from '../../content/projects/crd-query/demo/db/engine.js'
import { loadSqlite } from '../../content/projects/crd-query/demo/db/load.js'

type Sqlite = Awaited<ReturnType<typeof loadSqlite>>
let sqlite3: Sqlite
let lab: Lab
let engine: Engine

const loadAll = (into: Engine, from: Lab) =>
  into.load(tables.map(({ resource }) => ({ resource, rows: from.syncer(resource).table.rows() })))

before(async () => {
  sqlite3 = await loadSqlite()
  lab = new Lab({ size: 200 })
  lab.start()
  lab.advance(1_000)
  engine = createEngine(sqlite3, () => 0)
  engine.open()
  loadAll(engine, lab)
})

test('the tables hold what the informers know', () => {
  assert.deepEqual(
    tables.map(({ resource }) => [resource, engine.count(resource)]),
    [
      ['templates', 8],
      ['projects', 200],
      ['plugins', 10],
    ],
  )
})

test('after random writes, mistakes included, SQLite and the table without SQLite hold the same rows', () => {
  for (const bugs of [
    { ignoreTombstones: false, noUpsert: false, trustInformerSync: false },
    { ignoreTombstones: true, noUpsert: true, trustInformerSync: true },
  ]) {
    const live = new Lab({ size: 40, seed: 7 })
    const db = createEngine(sqlite3, () => 0)
    db.open()
    const changes: TableChange[] = []
    live.onChange = ({ resource }, change) => changes.push({ resource, change })
    live.bugs = bugs
    live.start()
    live.platform.setTraffic(true)
    for (let i = 0; i < 60; i++) {
      live.advance(3_000)
      if (i % 7 === 3) live.disconnect(2_000)
      if (i % 11 === 5) live.compact()
      if (i % 23 === 9) live.restartServer(1_000)
      db.apply(changes.splice(0))
    }
    const dump = db.ask('SELECT uid, namespace, name, rv, raw FROM projects ORDER BY namespace, name').rows
    const expected = live
      .syncer('projects')
      .table.rows()
      .map((row) => [row['uid'], row['namespace'], row['name'], row['rv'], row['raw']])
      .sort((a, b) => (`${a[1]}/${a[2]}` < `${b[1]}/${b[2]}` ? -1 : 1))
    assert.deepEqual(dump, expected)
    // Labels and the full-text index follow the rows, whatever happened to them.
    const count = (sql: string) => db.ask(sql).rows[0]?.[0]
    assert.equal(count('SELECT count(*) FROM projects_fts'), dump.length)
    assert.equal(count('SELECT count(*) FROM project_labels'), dump.length * 3)
    assert.equal(count('SELECT count(*) FROM project_labels WHERE uid NOT IN (SELECT uid FROM projects)'), 0)
  }
})

const questions: readonly [name: string, question: Partial<Question>][] = [
  ['everything', {}],
  ['a long word, by the trigram index', { keyword: '用户画像' }],
  ['a word of two characters, by LIKE', { keyword: '退款' }],
  ['a word with the signs of LIKE', { keyword: '%' }],
  ['a word with a quote', { keyword: 'a"b c' }],
  ['a namespace and a label', { namespace: 'pay', env: 'prod' }],
  ['phase, owner and replicas', { phase: 'Running', owner: '李明哲', minReplicas: 2, maxReplicas: 9 }],
]
for (const [name, part] of questions)
  test(`SQL and a client that reads everything find the same number: ${name}`, () => {
    const question = { ...emptyQuestion, ...part }
    const select = selectPage(question, { by: 'offset', page: 1 })
    const { total } = engine.page(select, selectCount(question))
    const expected = lab.server.objects('projects').filter((object) => answers(question, object)).length
    assert.equal(total, expected)
  })

for (const sortBy of ['created_at', 'name', 'replicas', 'owner'] as const)
  for (const isDescending of [true, false])
    test(`by ${sortBy} ${isDescending ? 'down' : 'up'}, pages by number and by key are the same and cover everything once`, () => {
      const question: Question = { ...emptyQuestion, sortBy, isDescending, pageSize: 17 }
      const byNumber: string[] = []
      const byKey: string[] = []
      let after: readonly [value: string | number | null, uid: string] | null = null
      for (let page = 1; page <= 12; page++) {
        const count = selectCount(question)
        for (const row of engine.page(selectPage(question, { by: 'offset', page }), count).page.rows)
          byNumber.push(String(row[0]))
        const { page: result } = engine.page(selectPage(question, { by: 'keyset', after }), count)
        for (const row of result.rows) byKey.push(String(row[0]))
        const last: readonly (string | number | null)[] | undefined = result.rows.at(-1)
        if (last !== undefined) after = [last[result.columns.indexOf(sortBy)] ?? null, String(last[0])]
      }
      assert.deepEqual(byKey, byNumber)
      assert.equal(new Set(byNumber).size, 200)
    })

test('a filter by phase, newest first, is answered from its index', () => {
  const question: Question = { ...emptyQuestion, phase: 'Failed' }
  const { plan } = engine.page(selectPage(question, { by: 'offset', page: 1 }), selectCount(question))
  assert.equal(plan[0], 'SEARCH p USING INDEX projects_by_phase (phase=?)')
})

for (const { title, sql } of examples)
  test(`the example "${title}" answers with rows`, () => {
    assert.ok(engine.ask(sql).rows.length > 0)
  })

for (const sql of [
  'insert into projects(uid) values (1)',
  'update projects set owner = 1',
  'drop table projects',
  'create table t(a)',
  "attach ':memory:' as other",
  'begin',
  'pragma cache_size=1',
  'pragma journal_mode',
  'vacuum',
  'with x as (select 1) delete from projects',
  "insert into projects_fts(projects_fts) values ('rebuild')",
])
  test(`free SQL refuses "${sql}" and changes nothing`, () => {
    assert.throws(() => engine.ask(sql), { message: '这里只读：写入请走 CR，由informer同步到表里' })
    assert.equal(engine.count('projects'), 200)
  })

for (const sql of [
  'select 1;',
  ' ; -- a comment\nselect 1 /* the end */ ; ',
  'values (1)',
  'with recursive n(i) as (values (1) union all select i + 1 from n where i < 3) select i from n where i = 1',
  "select value from json_each('[1]')",
  "select 1 from pragma_table_info('projects') limit 1",
])
  test(`free SQL runs "${sql.replaceAll('\n', ' ')}"`, () => {
    assert.deepEqual(engine.ask(sql).rows, [[1]])
  })

test('free SQL shows what SQLite says of a mistake', () => {
  assert.throws(() => engine.ask('select nosuch from projects'), /no such column: nosuch/)
  assert.throws(() => engine.ask(' -- nothing'), { message: '请输入一条SELECT语句' })
})

test('free SQL shows 500 rows and says that there are more', () => {
  const numbers =
    'with recursive n(i) as (values (1) union all select i + 1 from n where i < 501) select i from n'
  const { rows, isCut } = engine.ask(numbers)
  assert.deepEqual([rows.length, isCut], [500, true])
})

test('free SQL is stopped after a second', () => {
  let nowMs = 0
  const impatient = createEngine(sqlite3, () => {
    nowMs += 400
    return nowMs
  })
  impatient.open()
  const endless = 'with recursive n(i) as (values (1) union all select i + 1 from n) select count(*) from n'
  assert.throws(() => impatient.ask(endless), { message: '执行超过1秒，已经中止' })
  assert.deepEqual(impatient.ask('select 1').rows, [[1]])
})
