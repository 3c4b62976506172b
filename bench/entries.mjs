// What is measured. An entry is a program with a site of its own and the edits that are tried on it:
//   name               shown in the tables
//   prepare(posts, site)  makes a buildable site in the folder `site`
//   build(site)        { cmd, args, env? }, run in `site`
//   out, caches        removed before a cold build, relative to `site`
//   edits              { body, title, tag, post, layout }: what each does to `site`, with a mark that must then be in
//                      the page it returns (a path below `out`); those that are missing are not measured
// Other programs come from a folder that exports them in the form of `peerEntry`.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { writePosts } from './corpus.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const bin = join(here, '../bin/inkstone.mjs')

let count = 0
/**
 * Out of the way, without deleting: for minutes after many files were deleted some disks are slow to make new ones (ext4
 * without a journal looks through them), and whoever is measured next would pay. It goes with the whole working folder.
 */
export function putAside(path, work) {
  if (!existsSync(path)) return
  mkdirSync(join(work, 'aside'), { recursive: true })
  renameSync(path, join(work, 'aside', `${process.pid}-${count++}`))
}

const change = (file, make) => writeFileSync(file, make(readFileSync(file, 'utf8')))

/**
 * Inkstone under one Node. `corpus` writes the posts (ours by default); `layouts: false` leaves the bare templates
 * out, so that it is our own theme that is measured; `from` is `pagination.from`.
 */
export function inkstone({ name, node, corpus = writePosts, layouts = true, from = 'newest', flags = [] }) {
  let posts = []
  const near = (share) => posts[Math.floor((posts.length - 1) * share)]
  const page = ({ url }) => `${url.slice(1)}index.html`
  return {
    name,
    out: 'dist',
    caches: ['.inkstone', 'dist.inkstone'],
    prepare(count, site) {
      cpSync(join(here, 'site'), site, { recursive: true })
      change(join(site, 'site.config.ts'), (text) => text.replace('size: 10,', `size: 10, from: '${from}',`))
      if (!layouts) putAside(join(site, 'layouts'), dirname(site))
      posts = corpus(count, site)
    },
    build: () => ({ cmd: node, args: [...flags, bin, 'build', '--quiet'] }),
    edits: {
      body(site, mark) {
        const post = near(1)
        change(join(site, post.file), (text) => `${text}\nmark ${mark}\n`)
        return page(post)
      },
      title(site, mark) {
        const post = near(0.5)
        change(join(site, post.file), (text) => text.replace(/^title: .*/m, `title: "题 ${mark}"`))
        return page(post)
      },
      tag(site, mark) {
        const post = near(0.25)
        change(join(site, post.file), (text) => text.replace(/^tags: \[/m, `tags: ["t${mark}",`))
        return page(post)
      },
      post(site, mark) {
        const file = `content/posts/new-${mark}.md`
        const tags = '["测试"]'
        writeFileSync(
          join(site, file),
          `---\ntitle: New\ndate: 2025-06-01T00:00:00Z\ntags: ${tags}\n---\n\nmark ${mark}\n`,
        )
        return `posts/new-${mark}/index.html`
      },
      layout(site, mark) {
        const file = join(site, 'layouts/base.njk')
        if (!existsSync(file)) {
          mkdirSync(dirname(file), { recursive: true })
          cpSync(join(here, '../layouts/base.njk'), file)
          change(file, (text) => text.replace('</body>', 'build-mark-0\n</body>'))
        }
        change(file, (text) => text.replace(/build-mark-\w+/, `build-mark-${mark}`))
        return page(near(1))
      },
    },
  }
}

/** A program of the comparison as an entry of ours. */
function peerEntry(peer, writeCorpus) {
  let posts = []
  const page = () => `${posts.at(-1).url.slice(1)}index.html`
  return {
    ...peer,
    posts: () => posts,
    prepare(count, site) {
      const corpus = `${site}.corpus`
      posts = writeCorpus({ posts: count, out: corpus, format: peer.format })
      mkdirSync(site, { recursive: true })
      peer.prepare(corpus, site)
      putAside(corpus, dirname(site))
    },
    edits: {
      body(site, mark) {
        peer.editOne(site, posts.at(-1), mark)
        return page()
      },
      layout(site, mark) {
        peer.editTemplate(site, mark)
        return page()
      },
    },
  }
}

/** Whether all that an entry starts is there. */
const isInstalled = (peer) => {
  const { cmd, args } = peer.build('/')
  const files = [cmd, ...args.filter((arg) => /^\/.*\.[cm]?js$/.test(arg))].filter((name) =>
    name.includes('/'),
  )
  return (
    files.every((file) => existsSync(file)) &&
    (cmd.includes('/') || process.env.PATH.split(':').some((folder) => existsSync(join(folder, cmd))))
  )
}

/**
 * The programs of a comparison, and its posts for ours. `folder` holds entries.mjs (`entries`, `versions`) and
 * corpus.mjs (`writeCorpus`).
 */
export async function loadPeers(folder) {
  if (!existsSync(join(folder, 'entries.mjs')))
    throw new Error(`no programs to compare with in ${folder}: see --peers-folder`)
  const load = (name) => import(pathToFileURL(join(folder, name)).href)
  const [{ entries, versions }, { writeCorpus }] = [await load('entries.mjs'), await load('corpus.mjs')]
  /** Their posts where Inkstone looks for them. */
  const corpus = (count, site) => {
    const made = `${site}.corpus`
    const posts = writeCorpus({ posts: count, out: made, format: 'plain' })
    cpSync(join(made, 'posts'), join(site, 'content/posts'), { recursive: true })
    cpSync(join(made, 'static'), join(site, 'public'), { recursive: true })
    putAside(made, dirname(site))
    return posts.map(({ path, url }) => ({ file: `content/${path}`, url }))
  }
  const peers = entries.filter(isInstalled).map((peer) => peerEntry(peer, writeCorpus))
  return { peers, corpus, versions: versions() }
}
