// The page without JavaScript: one request through the merging of service and route, told in full, three more to
// unfold, the plugins, the oddities. Played at build time by the same core as the live page; the same every time.
import { createClock } from '../_kit/clock.js'
import { type Html, html } from '../_kit/html.js'
import { createRng } from '../_kit/rng.js'
import {
  createNetwork,
  type GatewayRequest,
  loadGateway,
  pluginTypes,
  type Trace,
} from './demo/core/index.js'
import { outline, type Stage } from './demo/core/outline.js'
import { type Preset, presets } from './demo/core/presets.js'
import { quirks, simplified } from './demo/core/quirks.js'

/** For feeds, where the page itself cannot be shown. */
export const summary =
  '一个可以动手的试验台：改一份PingSIX的YAML配置，发一个请求，看它怎样匹配路由、合并插件、选中节点、得到响应；限流、健康检查和重试都在虚拟时钟上走。全部在浏览器里运行，没有服务器。'

const states = { ran: '', stopped: '到此为止', skipped: '跳过' }
const marks = { yes: '✓', no: '✗', info: '·' }
const markNames = { yes: '是', no: '否', info: '' }

/** Text with code between grave accents. */
const rich = (text: string): Html[] =>
  text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))

const stageHtml = ({ title, phase, state, lines }: Stage): Html => html`<li class="stage ${state}">
<p class="stage-title"><b>${title}</b>${phase !== '' && html` <code>${phase}</code>`}${states[state] !== '' && html` <span class="state">${states[state]}</span>`}</p>
${
  lines.length > 0 &&
  html`<ul>${lines.map(
    (line) =>
      html`<li class="${line.mark}"><span class="mark" aria-hidden="true">${marks[line.mark]}</span>${markNames[line.mark] !== '' && html`<span class="aside">${markNames[line.mark]}：</span>`}${line.badge !== undefined && html`<span class="badge">${line.badge}</span> `}${rich(line.text)}</li>`,
  )}</ul>`
}
</li>`
const traceHtml = (trace: Trace): Html =>
  html`<p class="summary">${trace.summary}</p>
<ol class="trace">${outline(trace).map(stageHtml)}</ol>`

const requestText = ({ method, target, headers }: GatewayRequest): string =>
  [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n')

/** Starts a preset and sends its request at each of the given instants; the last trace counts. */
function play(preset: Preset, request = preset.request, instants: readonly number[] = [0]): Trace {
  const clock = createClock()
  const { gateway, errors } = loadGateway(preset.yaml, { clock, rng: createRng(1), network: createNetwork() })
  if (gateway === null) throw new Error(`${preset.id}: ${errors.map((issue) => issue.message).join('; ')}`)
  let last = gateway.handle(request)
  for (const at of instants.slice(1)) {
    clock.advance(at - clock.now())
    last = gateway.handle(request)
  }
  return last
}

function presetOf(id: string): Preset {
  const preset = presets.find((candidate) => candidate.id === id)
  if (preset === undefined) throw new Error(`no preset ${id}`)
  return preset
}

const pluginNotes: Readonly<Record<string, string>> = {
  'ip-restriction': '按IP或网段放行、拒绝；先信X-Forwarded-For的第一项',
  'proxy-rewrite': '改路径、方法、主机和头，再交给上游',
  redirect: '直接回重定向',
  'limit-count': '固定窗口计数，超了就拒绝',
  brotli: '启用brotli压缩模块',
  gzip: '启用gzip压缩模块',
  'grpc-web': '启用gRPC-web桥接',
  prometheus: '请求结束时记账',
  echo: '自己应答固定内容',
}
const pluginPhases: Readonly<Record<string, string>> = {
  'proxy-rewrite': 'upstream_request_filter',
  brotli: 'early_request_filter',
  gzip: 'early_request_filter',
  'grpc-web': 'early_request_filter',
  prometheus: 'logging',
}

/** HTML of the static page. */
export default function walkthrough(): string {
  const merge = presetOf('merge')
  const limit = presetOf('limit')
  const ketama = presetOf('ketama')
  const absorb = presetOf('absorb')
  const more: readonly (readonly [title: string, preset: Preset, trace: Trace])[] = [
    ['限流：窗口里的第4个请求', limit, play(limit, limit.request, [0, 100, 200, 300])],
    ['一致性哈希：键落在环上哪里', ketama, play(ketama)],
    ['路由吸收：访问/hello，却由users应答', absorb, play(absorb)],
  ]
  return html`<div class="demo-pingsix still">
<h2>一个请求的完整经过</h2>
<p>配置里，服务带着自己的插件，路由又配了同名的<code>limit-count</code>，全局规则另有两个。发出的请求：</p>
<pre><code>${requestText(merge.request)}</code></pre>
<details><summary>这份配置</summary><pre><code>${merge.yaml}</code></pre></details>
${traceHtml(play(merge))}
<h2>再看三个</h2>
${more.map(
  ([title, preset, trace]) => html`<details><summary>${title}</summary>
<pre><code>${preset.yaml}</code></pre>
<pre><code>${requestText(preset.request)}</code></pre>
${traceHtml(trace)}</details>`,
)}
<h2>插件的次序</h2>
<div class="scroll" role="region" aria-label="插件表" tabindex="0"><table>
<caption>2024年12月的九个插件，优先级大的先执行</caption>
<thead><tr><th scope="col">插件</th><th scope="col">优先级</th><th scope="col">阶段</th><th scope="col">做什么</th></tr></thead>
<tbody>${[...pluginTypes]
    .sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1))
    .map(
      ({ name, priority }) =>
        html`<tr><th scope="row"><code>${name}</code></th><td class="number">${priority}</td><td><code>${pluginPhases[name] ?? 'request_filter'}</code></td><td>${pluginNotes[name]}</td></tr>`,
    )}</tbody>
</table></div>
<h2>容易踩的地方</h2>
<ul>${quirks.map((text) => html`<li>${rich(text)}</li>`)}</ul>
<h2>哪些是模拟的</h2>
<ul>${simplified.map((text) => html`<li>${rich(text)}</li>`)}</ul>
</div>`.markup
}
