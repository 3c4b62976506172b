import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeFeedHtml } from '../../src/markdown/feed.js'
import { bodyOf } from './world.js'

const page = { url: '/2024/12/31/我的2024/', baseUrl: 'https://example.org/blog/' }
const feed = (html: string): Promise<string> => makeFeedHtml(html, page)

test('every address becomes absolute', async () => {
  assert.equal(
    await feed(
      '<p><a href="/blog/about/">a</a><a href="#x">b</a><a href="https://a.cn/">c</a><img src="/blog/a.png" srcset="/blog/a.png 1x, /blog/b.png 2x" alt=""></p>',
    ),
    '<p><a href="https://example.org/blog/about/">a</a><a href="https://example.org/blog/2024/12/31/%E6%88%91%E7%9A%842024/#x">b</a><a href="https://a.cn/">c</a><img src="https://example.org/blog/a.png" srcset="https://example.org/blog/a.png 1x, https://example.org/blog/b.png 2x" alt=""></p>',
  )
})

test('scripts, styles, forms and handlers are gone', async () => {
  assert.equal(
    await feed(
      '<style>.a{}</style><p onclick="x()" style="color:red" class="a" id="b">文字<script>alert(1)</script></p><form><input></form>',
    ),
    '<p>文字</p>',
  )
})

test('an address that runs code is gone', async () => {
  assert.equal(await feed('<a href="java&#10;script:alert(1)">x</a>'), '<a>x</a>')
})

test('a frame becomes a link', async () => {
  assert.equal(
    await feed('<iframe src="https://player.example.org/1" title="短片"></iframe>'),
    '<p><a href="https://player.example.org/1">短片</a></p>',
  )
})

test('code keeps its text and loses its colours', async () => {
  const { html } = await bodyOf('```js title="a.js"\nconst a = "<b>"\n\n  if (a) {}\n```')
  assert.equal(
    await feed(html),
    '<figure><figcaption>a.js</figcaption><pre><code class="language-js">const a = "&#x3C;b>"\n\n  if (a) {}\n</code></pre></figure>',
  )
})

test('added and removed lines are told by their signs', async () => {
  const { html } = await bodyOf('```diff-text\n a\n-b\n+c\n```')
  assert.equal(
    await feed(html),
    '<figure><pre><code class="language-text">a\n- b\n+ c\n</code></pre></figure>',
  )
})

test('a formula is MathML alone', async () => {
  const { html } = await bodyOf('$x$')
  assert.equal(
    await feed(html),
    '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math></p>',
  )
})

test('a task is told by a sign', async () => {
  const { html } = await bodyOf('- [x] 完\n- [ ] 未')
  assert.equal(await feed(html), '<ul>\n<li>☑ 完</li>\n<li>☐ 未</li>\n</ul>')
})

test('heading anchors are gone', async () => {
  const { html } = await bodyOf('## 标题')
  assert.equal(await feed(html), '<h2>标题</h2>')
})

test('footnotes lead to the page, and not back', async () => {
  const { html } = await bodyOf('正文[^1]\n\n[^1]: 注')
  const here = 'https://example.org/blog/2024/12/31/%E6%88%91%E7%9A%842024/'
  assert.equal(
    await feed(html),
    `<p>正文<sup><a href="${here}#fn-1">1</a></sup></p>\n<section><hr>\n<ol>\n<li>\n<p>注 </p>\n</li>\n</ol>\n</section>`,
  )
})

test('a table stands alone, a callout keeps its title', async () => {
  const { html } = await bodyOf('| 甲 |\n|---|\n\n> [!NOTE]\n> 内容')
  assert.equal(
    await feed(html),
    '<table>\n<thead>\n<tr>\n<th>甲</th>\n</tr>\n</thead>\n</table>\n<aside>\n<p>说明</p>\n<p>内容</p>\n</aside>',
  )
})

test('a demo and an embed are links', async () => {
  const { html } = await bodyOf('::demo{slug=pingsix}\n\n::video{youtube=dQw4w9WgXcQ title=短片}')
  assert.equal(
    await feed(html),
    '<p><a href="https://example.org/projects/pingsix/">打开演示：PingSIX</a></p>\n<figure><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">短片</a></figure>',
  )
})

test('characters that XML forbids are gone, written or as references', async () => {
  assert.equal(
    await feed('<p>a\u0000b\u000bc\ufffed\ud800e&#8;f&#x1b;g\u0085\u2028</p>'),
    '<p>abcd\ufffdefg\u0085\u2028</p>',
  )
})

test('the same text gives the same feed', async () => {
  const { html } = await bodyOf('文字 **重点** `code` [x](/a/)')
  assert.equal(await feed(html), await feed(html))
  assert.equal(await feed(''), '')
})

test('a diagram is its source as code, and what waits for a click a link with its picture', async () => {
  const { html } = await bodyOf(
    '```mermaid\nflowchart LR\n  A --> B\n```\n\n::video{vimeo=12345678 poster=cat.png title=片}',
  )
  assert.equal(
    await feed(html),
    '<figure><pre><code class="language-mermaid">flowchart LR\n  A --> B\n</code></pre></figure>\n<figure><a href="https://vimeo.com/12345678"><img src="https://example.org/2024/12/31/hello/cat.png" alt="" width="640" height="480">片</a></figure>',
  )
})

test('a picture keeps its sources with absolute addresses; what a reader does not know leaves the plain one', async () => {
  assert.equal(
    await feed(
      '<p><a class="zoom" href="/blog/a.jpg"><picture><source type="image/avif" srcset="/blog/a-480.avif 480w, /blog/a-800.avif 800w" sizes="(min-width: 700px) 700px, 100vw"><img src="/blog/a-800.jpg" alt="山" width="700" height="467" loading="lazy" style="background:#888"></picture></a></p>',
    ),
    '<p><a href="https://example.org/blog/a.jpg"><picture><source type="image/avif" srcset="https://example.org/blog/a-480.avif 480w, https://example.org/blog/a-800.avif 800w" sizes="(min-width: 700px) 700px, 100vw"><img src="https://example.org/blog/a-800.jpg" alt="山" width="700" height="467"></picture></a></p>',
  )
})
