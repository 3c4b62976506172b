// The page without JavaScript: the first story of the lab played at build time by the same core, then the same
// question asked both ways, and the examples with their answers from the same SQLite. No clock, no chance: the same
// input gives the same bytes.
import { type Html, html } from '../_kit/html.js'
import { formatMs } from '../_kit/log.js'
import { examples } from './demo/core/examples.js'
import { Lab } from './demo/core/lab.js'
import { askByLabels, type LabelAnswer } from './demo/core/labelquery.js'
import type { Actor } from './demo/core/narrate.js'
import { emptyQuestion, type Question, selectCount, selectPage } from './demo/core/query.js'
import { tables } from './demo/core/resources.js'
import { playStep, type Step, stories } from './demo/core/stories.js'
import { createEngine, type Engine, type QueryResult } from './demo/db/engine.js'
import { loadSqlite } from './demo/db/load.js'

/** For feeds, where the page itself cannot be shown. */
export const summary =
  '一个可以动手的实验：模拟的kube-apiserver、按client-go 0.31实现的informer、真实的SQLite。LIST、WATCH、书签、断线、410、墓碑，每一步都停得下来；三个经典错误各有一个开关；同一个问题分别去问标签选择器和SQL。'

const actors: Readonly<Record<Actor, string>> = {
  apiserver: 'apiserver',
  informer: 'informer',
  sqlite: 'SQLite',
  service: '服务',
  reader: '操作',
}

interface Played {
  readonly step: Step
  readonly lines: readonly Html[]
  readonly state: Html
}

/** The story, step by step, with what the log said and where everyone stood. */
function playBase(): Played[] {
  const story = stories[0]!
  const lab = new Lab(story.options)
  let last = 0
  return story.steps.map((step, i) => {
    playStep(lab, step)
    const events = lab.log.events.filter((event) => event.id > last)
    last = events.at(-1)?.id ?? last
    const { revision, lastSync, indexed, rows, objects, nowMs } = lab.view()
    return {
      step,
      lines: events.map(
        ({ atMs, data }) =>
          html`<li${data.tone === 'bad' ? html` class="bad"` : ''}><span class="at">${formatMs(atMs)}</span> <span class="actor">${actors[data.actor]}</span> ${data.text}</li>
`,
      ),
      state: html`<tr><td>${i + 1}</td><th scope="row">${step.title}</th><td>${formatMs(nowMs)}</td><td>${revision}</td><td>${lastSync}</td><td>${objects}</td><td>${indexed}</td><td>${rows}</td></tr>
`,
    }
  })
}

/** The uid is for paging, not for reading: it is left out. */
function results(caption: string, { columns, rows }: QueryResult, limit: number): Html {
  const shown = columns.flatMap((name, i) => (name === 'uid' ? [] : [i]))
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table>
<caption>${caption}${rows.length > limit ? `（共${rows.length}行，列出${limit}行）` : ''}</caption>
<thead><tr>${shown.map((i) => html`<th scope="col">${columns[i]}</th>`)}</tr></thead>
<tbody>${rows.slice(0, limit).map(
    (row) => html`<tr>${shown.map((i) => html`<td>${row[i] ?? 'NULL'}</td>`)}</tr>
`,
  )}</tbody>
</table></div>`
}

const sqlBlock = (sql: string): Html =>
  html`<pre tabindex="0" role="group" aria-label="SQL"><code class="language-sql">${sql}</code></pre>
`

/** What the list page of the post wants to know, and what no selector can say. */
const question: Question = { ...emptyQuestion, keyword: '用户画像', env: 'prod', minReplicas: 4, pageSize: 5 }

function bothWays(engine: Engine, byLabels: LabelAnswer): Html {
  const select = selectPage(question, { by: 'offset', page: 1 })
  const { page, total, plan } = engine.page(select, selectCount(question))
  const { requests, bytes, fetched, matching } = byLabels
  return html`<p>问题：生产环境里，名字或描述带“用户画像”、至少4个副本的项目，最新的5个。</p>
<div class="scroll" tabindex="0" role="group" aria-label="两种问法的代价"><table>
<caption>200个CR，两种问法的代价</caption>
<thead><tr><td></td><th scope="col">只用label selector</th><th scope="col">SQL</th></tr></thead>
<tbody>
<tr><th scope="row">请求</th><td><code>${requests[0]}</code>${requests.length > 1 ? `，共${requests.length}次` : ''}</td><td>一条语句</td></tr>
<tr><th scope="row">取回</th><td>${fetched}个对象，${bytes}字节</td><td>${page.rows.length}行</td></tr>
<tr><th scope="row">丢弃</th><td>${fetched - matching}个对象</td><td>0</td></tr>
<tr><th scope="row">符合的总数</th><td>${matching}，取完才知道</td><td>${total}</td></tr>
</tbody></table></div>
<p>选择器问不了的：</p>
<ul>${byLabels.plan.cannot.map((reason) => html`<li>${reason}</li>`)}</ul>
${sqlBlock(select.sql)}<p>参数：<code>${JSON.stringify(select.params)}</code></p>
<p>执行计划：</p>
<ul>${plan.map((line) => html`<li><code>${line}</code></li>`)}</ul>
${results('第1页', page, 5)}`
}

/** The HTML of the page's static part. */
export default async function walkthrough(): Promise<string> {
  const played = playBase()
  const lab = new Lab()
  lab.start()
  lab.advance(1_000)
  const engine = createEngine(await loadSqlite(), () => 0)
  const { version, pragmas } = engine.open()
  engine.load(tables.map(({ resource }) => ({ resource, rows: lab.syncer(resource).table.rows() })))
  const path = '/apis/apps.example.com/v1alpha1/{namespace}projects'
  const byLabels = askByLabels((options) => lab.server.list('projects', options), path, question)
  return html`<div class="demo-crd-query">
<section>
<h2>一次写定的运行</h2>
<p>这一段由构建时的同一套代码跑出来：12个项目，watch窗口20个事件，书签每5秒一次，时间是虚拟的。</p>
<div class="scroll" tabindex="0" role="group" aria-label="每一步之后的状态"><table>
<caption>每一步之后的状态</caption>
<thead><tr><th scope="col">步骤</th><th scope="col">发生的事</th><th scope="col">时间</th><th scope="col">R</th><th scope="col">lastSync</th><th scope="col">服务端</th><th scope="col">indexer</th><th scope="col">SQLite</th></tr></thead>
<tbody>${played.map(({ state }) => state)}</tbody>
</table></div>
${played.map(
  ({ step, lines }, i) => html`<details${i === played.length - 1 ? html` open` : ''}>
<summary>${i + 1}. ${step.title}</summary>
<p>${step.note}</p>
<ol class="log">${lines}</ol>
</details>
`,
)}</section>
<section>
<h2>同一个问题，两种问法</h2>
${bothWays(engine, byLabels)}
</section>
<section>
<h2>选择器问不出来的八个问题</h2>
<p>以下结果来自SQLite ${version}，和页面里加载的是同一个WebAssembly文件。</p>
${examples.map(
  ({ title, sql }) => html`<details>
<summary>${title}</summary>
${sqlBlock(sql)}${results('结果', engine.ask(sql), 5)}
</details>
`,
)}</section>
<section>
<h2>五条PRAGMA在内存数据库上的回答</h2>
<div class="scroll" tabindex="0" role="group" aria-label="PRAGMA的回答"><table>
<thead><tr><th scope="col">语句</th><th scope="col">回答</th></tr></thead>
<tbody>${pragmas.map(
    ({
      sql,
      answer,
    }) => html`<tr><td><code>${sql}</code></td><td>${answer === '' ? '没有返回' : answer}</td></tr>
`,
  )}</tbody>
</table></div>
<p><code>:memory:</code>没有WAL：journal_mode回答memory，mmap_size和journal_size_limit也不起作用。Go的连接池里每个连接会各自打开一个内存库，所以要么只留一个连接，要么用共享缓存的URI，要么用一个文件。</p>
</section>
</div>
`.markup
}
