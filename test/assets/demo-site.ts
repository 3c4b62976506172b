// A small site with demos: two that share a kit and a package loaded on demand, one of plain files.
import type { Files } from '../temp-site.js'

export const plainPage = '\uFEFF---\r\n<!doctype html>{{ "a" }}\r\n<script src="run.js"></script>\r\n'

/** A package as it lies in node_modules: a script that finds its WebAssembly beside itself. */
const packageFiles: Files = {
  'node_modules/lite/package.json':
    '{"name":"lite","version":"1.0.0","type":"module","exports":"./lite.mjs"}',
  'node_modules/lite/lite.mjs':
    "export const where = () => new URL('lite.wasm', import.meta.url).href\nexport const lite = 'lite package'\n",
  'node_modules/lite/lite.wasm': new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
}

export const demoSite: Files = {
  'site.config.json': JSON.stringify({
    title: 'Demos',
    baseUrl: 'https://demos.example/',
    language: 'en',
    timezone: 'UTC',
    permalinks: { posts: '/:slug/' },
  }),
  'content/posts/words.md': '---\ntitle: Words\ndate: 2024-01-01\n---\n\nWords.\n\n::demo{slug=one}\n',
  'content/posts/other.md': '---\ntitle: Other\ndate: 2024-01-02\n---\n\nOthers.\n',
  'content/projects/_kit/greet.ts': "export const greet = (name: string): string => 'hello ' + name\n",
  'content/projects/_kit/count.ts': 'export const count = 41\n',
  'content/projects/one/index.md': '---\ntitle: One\ncover: cover.svg\n---\n\nThe first.\n',
  'content/projects/one/cover.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="12" height="8"><path d="M0 0h1"/></svg>',
  'content/projects/one/demo/index.ts': [
    "import { greet } from '../../_kit/greet.js'",
    "import { count } from './count.js'",
    'export function mount(root: HTMLElement): void {',
    "  root.textContent = greet('one') + count",
    "  void import('lite').then(({ lite }) => root.append(lite))",
    '}',
    '',
  ].join('\n'),
  'content/projects/one/demo/count.ts': "export { count } from '../../_kit/count.js'\n",
  'content/projects/one/demo/style.css': '.demo-one { color: red }\n',
  'content/projects/one/walkthrough.ts': [
    "import { greet } from '../_kit/greet.js'",
    "export default (): string => '<p>' + greet('reader') + '</p>'",
    "export const summary = 'One greets its reader.'",
    '',
  ].join('\n'),
  'content/projects/two/index.md': '---\ntitle: Two\n---\n\nThe second.\n',
  'content/projects/two/demo.ts': [
    "import { greet } from '../_kit/greet.js'",
    'export async function mount(root: HTMLElement): Promise<void> {',
    "  const { where } = await import('lite')",
    "  root.textContent = greet('two') + where()",
    '}',
    '',
  ].join('\n'),
  'content/projects/plain/index.md': '---\ntitle: Plain\n---\n\nThe third.\n',
  'content/projects/plain/demo/index.html': plainPage,
  'content/projects/plain/demo/run.js': "---\nlayout: none\n---\nalert('{{ title }} {% raw %}')\r\n",
  'content/projects/plain/demo/notes.md': '---\ntitle: None\n---\n\r\n# {{ x }}\r\n',
  'content/projects/plain/demo/data/blob.bin': new Uint8Array([0xef, 0xbb, 0xbf, 0, 255, 13, 10, 13]),
  'content/projects/plain/demo/app.ts': 'const a: number = 1\n',
  ...packageFiles,
}
