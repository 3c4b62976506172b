// The benchmark's own posts: the same count and seed give the same bytes on every machine, and post i is the same
// text (but for its date) in a small corpus and in a large one. About 6 kB each: prose, two blocks of code, lists, tables, links.
//   node bench/corpus.mjs COUNT FOLDER
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  code,
  deeds,
  headings,
  names,
  people,
  qualities,
  sentences,
  slugs,
  tags,
  terms,
  things,
} from './phrases.mjs'

/** A small generator of numbers (xorshift32), so that nothing depends on the machine. */
function dice(seed) {
  let state = (Math.imul(seed + 1, 2654435761) ^ 0x5bd1e995) >>> 0 || 1
  const roll = () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4294967296
  }
  for (let i = 0; i < 8; i++) roll()
  const between = (low, high) => low + Math.floor(roll() * (high - low + 1))
  return { between, one: (list) => list[between(0, list.length - 1)], often: (share) => roll() < share }
}

const start = Date.UTC(2012, 0, 1)
const span = Date.UTC(2025, 0, 1) - start

/** Facts of post `i`, without its date and text. */
export function factsOf(i) {
  const { one, between } = dice(i * 2)
  const own = new Set()
  // Few tags stand on many posts, most on few.
  for (let n = between(1, 4); n > 0; n--) own.add(tags[Math.floor(tags.length * (between(0, 99) / 100) ** 3)])
  const slug = `${one(slugs)}-${one(slugs)}-${String(i).padStart(5, '0')}`
  const title = `${one(deeds)}${one(things)}：${one(terms)} ${one(qualities)}的${one(things)}`
  return { slug, title, tags: [...own] }
}

/** The whole file of post `i` of `count`: thirteen years, evenly. */
export function postText(i, count) {
  const { title, tags: own } = factsOf(i)
  const date = new Date(start + Math.floor((span / count) * i)).toISOString()
  return `---\ntitle: ${JSON.stringify(title)}\ndate: ${date}\ntags: ${JSON.stringify(own)}\n---\n\n${bodyOf(i)}\n`
}

function bodyOf(i) {
  const { one, between, often } = dice(i * 2 + 1)
  const choices = {
    n: () => one(things),
    v: () => one(deeds),
    a: () => one(qualities),
    w: () => one(people),
    e: () => ` ${one(terms)} `,
    c: () => ` \`${one(names)}()\` `,
  }
  const say = (text) => text.replace(/\{(\w)\}/g, (_, kind) => choices[kind]()).trim()
  const link = () => {
    const other = factsOf(between(Math.max(0, i - 40), Math.max(0, i - 1)))
    return often(0.6) && i > 0
      ? `[${other.title}](/posts/${other.slug}/)`
      : `[${one(terms)} 手册](https://example.com/${one(slugs)}#${one(slugs)})`
  }
  const paragraph = () => {
    const made = Array.from({ length: between(2, 6) }, () => say(one(sentences)))
    if (often(0.25)) made.push(`参见${link()}。`)
    if (often(0.2)) made[0] = `**${say('先{v}{n}')}**。${made[0]}`
    return made.join('')
  }
  const listOf = (mark) =>
    Array.from({ length: between(3, 6) }, (_, n) => `${mark(n)} ${say('{v}{n}，看{e}的变化')}`).join('\n')
  const extras = [
    () => `\`\`\`${fenced(one, between)}\n\`\`\``,
    () => `\`\`\`${fenced(one, between)}\n\`\`\``,
    () => listOf(() => '-'),
    ...(often(0.4) ? [() => listOf((n) => `${n + 1}.`)] : []),
    ...(often(0.5) ? [() => `> ${say(one(sentences))}\n>\n> ——${one(people)}`] : []),
    ...(often(0.2) ? [() => tableOf(one, between)] : []),
    ...(often(0.2) ? [() => `![${one(things)}的样子](/images/fig-${between(1, 4)}.png)`] : []),
  ]
  const blocks = [paragraph(), paragraph(), '<!--more-->']
  for (let n = between(8, 16), section = 0; n > 0; n--) {
    if (n % 3 === 0) blocks.push(`${section++ > 0 && often(0.25) ? '###' : '##'} ${say(one(headings))}`)
    blocks.push(paragraph())
    if (n % 2 === 0) blocks.push(extras.shift()?.() ?? paragraph())
  }
  return blocks.join('\n\n')
}

function fenced(one, between) {
  const language = one(Object.keys(code))
  const type = one(['Page', 'Frame', 'Token', 'Job'])
  const values = { NAME: one(names), THING: one(slugs), TYPE: type, NUM: String(between(2, 900)) }
  return `${language}\n${code[language].replace(/NAME|THING|TYPE|NUM/g, (word) => values[word])}`
}

function tableOf(one, between) {
  const row = () => `| ${one(terms)} | ${between(2, 900)} | ${one(qualities)} |`
  return ['| 方案 | 耗时（ms） | 备注 |', '| --- | ---: | :-- |', row(), row(), row(), row()].join('\n')
}

/** A grey dot; what is shown must exist. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Writes `content/posts/` and `public/images/` below `folder`; returns each post's file and address, oldest first. */
export function writePosts(count, folder) {
  const put = (name, bytes) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  for (let n = 1; n <= 4; n++) put(`public/images/fig-${n}.png`, picture)
  return Array.from({ length: count }, (_, i) => {
    const { slug } = factsOf(i)
    const file = `content/posts/${slug}.md`
    put(file, postText(i, count))
    return { file, url: `/posts/${slug}/` }
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [count, folder] = process.argv.slice(2)
  writePosts(Number(count), folder)
}
