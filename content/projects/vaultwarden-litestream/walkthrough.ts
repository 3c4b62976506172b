// The page without JavaScript: the story (write three, sync, write two, kill, restore) played at build time by the
// same core and the same SQLite as the live demo, then the files to deploy and the rules in words. The same input
// gives the same bytes: clock and randomness are the model's own.
import { createClock, type VirtualClock } from '../_kit/clock.js'
import { type Html, html } from '../_kit/html.js'
import { createRng } from '../_kit/rng.js'
import {
  type DeployFile,
  deployFiles,
  notReplicated,
  restoreAlgorithm,
  versionDifferences,
} from './demo/core/files.js'
import { Lab, type Loss, type RestoreReport, storyStartMs, tableApp } from './demo/core/lab.js'
import { decodeFrame } from './demo/core/lz4frame.js'
import type { StoredObject } from './demo/core/objectstore.js'
import { loadEngine } from './demo/sqlite/engine.js'

/** For feeds, where the page itself cannot be shown. */
export const summary =
  '一个可以动手的实验：真实的SQLite和WAL，模拟的容器与对象存储。写三条，同步，再写两条，强杀容器，冷启动恢复出三条，丢失两条；每个对象的键、大小和时间都列在页面上。'

interface Story {
  readonly lab: Lab
  readonly objects: readonly (StoredObject & { readonly content: number })[]
  readonly walSize: number
  readonly databaseSize: number
  readonly loss: Loss
  readonly restored: RestoreReport
}

/** Three rows, each uploaded; two more, copied but not yet uploaded; SIGKILL; a cold start. */
async function tellStory(): Promise<Story> {
  const clock: VirtualClock = createClock(storyStartMs)
  const rng = createRng(20240903)
  const engine = await loadEngine({
    now: () => clock.now(),
    random: (bytes) => {
      for (let i = 0; i < bytes.length; i++) bytes[i] = rng.int(256)
    },
  })
  const lab = new Lab({ clock, rng, engine, app: tableApp })
  const container = lab.coldStart()
  let row = 0
  const write = (): void => {
    row++
    container.write(String(row), 'INSERT INTO t (v) VALUES (?)', [`第${row}条`])
  }
  lab.advance(1900)
  for (let i = 0; i < 3; i++) {
    write()
    lab.advance(2000)
  }
  lab.advance(1400)
  write()
  lab.advance(200)
  write()
  // The monitor copies at the full second; the upload that follows would arrive 200 ms later.
  lab.advance(600)
  const path = container.database.paths.wal
  const sizes = {
    walSize: container.disk.size(path)!,
    databaseSize: container.disk.size('/data/db.sqlite3')!,
  }
  const loss = container.sigkill()
  const objects = lab.store
    .list()
    .map((object) => ({ ...object, content: decodeFrame(lab.store.get(object.key)).length }))
  lab.advance(400)
  const { restored } = lab.coldStart()
  return { lab, objects, ...sizes, loss, restored }
}

const seconds = (ms: number): string => ((ms - storyStartMs) / 1000).toFixed(1)
const bytes = (count: number): string => count.toLocaleString('en')

/** What a key holds, in words. */
function meaning(object: Story['objects'][number], first: number): string {
  if (object.key.includes('/snapshots/')) return '快照：写回之后的数据库文件'
  return object.key.endsWith('_00000000.wal.lz4') ? 'WAL文件头与建表的6帧' : `第${first}条`
}

function timeline({ lab }: Story): Html {
  return html`<table>
<caption>经过（容器启动起的秒数）</caption>
<thead><tr><th scope="col">秒</th><th scope="col">实例</th><th scope="col">发生了什么</th></tr></thead>
<tbody>${lab.log.events.map(
    ({ atMs, data }) =>
      html`<tr class="event-${data.kind}"><td class="number">${seconds(atMs)}</td><td class="number">${data.container}</td><td>${data.text}</td></tr>
`,
  )}</tbody>
</table>`
}

function bucket({ objects }: Story): Html {
  const segments = objects.filter(({ key }) => key.includes('/wal/'))
  return html`<table>
<caption>强杀时桶里有什么</caption>
<thead><tr><th scope="col">键</th><th scope="col">内容（B）</th><th scope="col">对象（B）</th><th scope="col">秒</th><th scope="col">是什么</th></tr></thead>
<tbody>${objects.map(
    (object) =>
      html`<tr><td><code>${object.key}</code></td><td class="number">${bytes(object.content)}</td><td class="number">${bytes(object.size)}</td><td class="number">${seconds(object.createdMs)}</td><td>${meaning(object, segments.indexOf(object))}</td></tr>
`,
  )}</tbody>
</table>`
}

function outcome({ loss, restored, walSize, databaseSize }: Story): Html {
  const plan = restored.plan!
  const segments = plan.files.reduce((sum, file) => sum + file.segments.length, 0)
  return html`<dl>
<dt>强杀前的本地磁盘</dt><dd>db.sqlite3 ${bytes(databaseSize)} B，db.sqlite3-wal ${bytes(walSize)} B</dd>
<dt>选中</dt><dd>generation <code>${plan.generation}</code>，快照00000000，${segments}个WAL段</dd>
<dt>应用</dt><dd>${restored.steps.map(({ text, checkpoint }) => html`${text}${checkpoint === undefined ? '' : `，wal_checkpoint(TRUNCATE) → ${checkpoint.busy}|${checkpoint.log}|${checkpoint.checkpointed}`}；`)}integrity_check：${restored.integrity}</dd>
<dt>恢复出</dt><dd>${restored.keys.length}条：${restored.keys.join('、')}</dd>
<dt>丢失</dt><dd>${loss.commits.length}条：${loss.commits.map(({ key }) => key).join('、')}，窗口${(loss.windowMs / 1000).toFixed(1)}秒</dd>
</dl>`
}

function file({ name, language, text, notes }: DeployFile): Html {
  return html`<details name="vwl-files"><summary><code>${name}</code></summary>
<pre tabindex="0" role="region" aria-label="${name}"><code class="language-${language}">${text}</code></pre>
<ul>${notes.map(({ line, text: note }) => html`<li>第${line}行：${note}</li>`)}</ul>
</details>
`
}

/** The HTML of the page's static part. Node only at build time; the live demo keeps it below itself. */
export default async function walkthrough(): Promise<string> {
  const story = await tellStory()
  return html`<div class="demo-vaultwarden-litestream">
<section class="story" data-story>
<h2>一次完整的运行</h2>
<p>这一段由构建时的同一套代码跑出来：真实的SQLite写真实的WAL，Litestream的规则按v0.3.13实现，时间是虚拟的（检查间隔1秒，上传间隔1秒，每次上传0.2秒）。写三条，逐条上传；再写两条，刚进影子WAL就强杀；然后在空磁盘上冷启动。</p>
<div class="scroll" tabindex="0" role="region" aria-label="经过">${timeline(story)}</div>
<div class="scroll" tabindex="0" role="region" aria-label="桶里的对象">${bucket(story)}</div>
${outcome(story)}
<p>对象是真正的LZ4帧，为了不带压缩器，里面用的是“未压缩块”，比内容多15字节。恢复出来的新实例开始了新的generation，并且又要上传一份完整快照。</p>
</section>
<section>
<h2>恢复怎样进行</h2>
<ol>${restoreAlgorithm.map((step) => html`<li>${step}</li>`)}</ol>
</section>
<section>
<h2>部署用的文件</h2>
${deployFiles.map(file)}<p>不在备份里的：</p>
<ul>${notReplicated.map(([path, consequence]) => html`<li><code>${path}</code>：${consequence}</li>`)}</ul>
</section>
<section>
<h2>v0.3与v0.5</h2>
<div class="scroll" tabindex="0" role="region" aria-label="版本差异"><table>
<thead><tr><th scope="col">方面</th><th scope="col">v0.3（本页）</th><th scope="col">v0.5</th></tr></thead>
<tbody>${versionDifferences.map(([what, v3, v5]) => html`<tr><th scope="row">${what}</th><td>${v3}</td><td>${v5}</td></tr>`)}</tbody>
</table></div>
</section>
</div>
`.markup
}
