// The compiled configuration is used again only while nothing has changed that could change it.
import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { type CompiledConfig, compileConfig } from '../../src/config/compiled.js'
import { realDisk } from '../../src/engine/disk.js'

interface Site {
  write(name: string, text: string): void
  compile(): Promise<CompiledConfig>
  /** Whether the record of the last compilation was written anew by `compile`. */
  compiledAnew(): Promise<boolean>
}

function withSite(files: Readonly<Record<string, string>>, run: (site: Site) => Promise<void>) {
  return async (): Promise<void> => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'inkstone-config-')))
    const cache = join(root, '.inkstone')
    const record = join(cache, 'config', 'kept')
    const inode = (): number => statSync(record, { throwIfNoEntry: false })?.ino ?? 0
    const site: Site = {
      write(name, text) {
        mkdirSync(dirname(join(root, name)), { recursive: true })
        writeFileSync(join(root, name), text)
      },
      compile: () => compileConfig(realDisk, root, 'site.config.ts', cache),
      async compiledAnew() {
        const before = inode()
        await site.compile()
        return before === 0 || inode() !== before
      },
    }
    try {
      for (const [name, text] of Object.entries(files)) site.write(name, text)
      await run(site)
      assert.ok(readdirSync(join(cache, 'config')).length > 0)
    } finally {
      rmSync(root, { recursive: true })
    }
  }
}

const alone = { 'site.config.ts': "export default { title: 'a' as string }\n" }
const withPackage = {
  'site.config.ts': "import plugin from 'plugin'\nexport default { title: plugin }\n",
  'node_modules/plugin/package.json': '{ "name": "plugin", "type": "module", "main": "main.js" }',
  'node_modules/plugin/main.js': "export default 'a'\n",
}

test(
  'a configuration that did not change is compiled once',
  withSite(alone, async (site) => {
    const first = await site.compile()
    assert.equal(await site.compiledAnew(), false)
    assert.deepEqual(await site.compile(), first)
  }),
)

test(
  'an edited configuration is compiled anew, to another module',
  withSite(alone, async (site) => {
    const first = await site.compile()
    site.write('site.config.ts', "export default { title: 'b' as string }\n")
    assert.notEqual((await site.compile()).module, first.module)
  }),
)

test(
  'a damaged module is made again',
  withSite(alone, async (site) => {
    const first = await site.compile()
    const code = readFileSync(first.module, 'utf8')
    writeFileSync(first.module, 'export default {}\n')
    assert.equal(await site.compiledAnew(), true)
    assert.equal(readFileSync(first.module, 'utf8'), code)
  }),
)

test(
  "an edit of the compiler's settings compiles anew",
  withSite(alone, async (site) => {
    await site.compile()
    site.write('tsconfig.json', '{}')
    assert.equal(await site.compiledAnew(), true)
  }),
)

for (const [edit, name, text] of [
  ['the package itself', 'node_modules/plugin/main.js', "export default 'b'\n"],
  ['its package.json', 'node_modules/plugin/package.json', '{ "name": "plugin", "main": "main.js" }'],
] as const)
  test(
    `a configuration that imports a package is compiled anew after an edit of ${edit}`,
    withSite(withPackage, async (site) => {
      await site.compile()
      assert.equal(await site.compiledAnew(), false)
      site.write(name, text)
      assert.equal(await site.compiledAnew(), true)
    }),
  )

test(
  'a configuration of several files is compiled every time',
  withSite(
    {
      'site.config.ts': "import { title } from './title.js'\nexport default { title }\n",
      'title.ts': "export const title = 'a'\n",
    },
    async (site) => {
      await site.compile()
      assert.equal(await site.compiledAnew(), true)
    },
  ),
)
