import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import yaml from 'js-yaml'
import { type ParseError, parse as parseJsonc } from 'jsonc-parser'
import { parse as parseToml } from 'smol-toml'
import { hosts } from '../../src/init/deploy.js'
import type { DeployedSite } from '../../src/init/site.js'
import { configOf } from '../content/cases.js'

// What each host is given, against that host's own rules as far as they can be had without it.

const now = Date.UTC(2025, 5, 1, 4)
const npm = { name: 'npm', lockfile: 'package-lock.json', install: 'npm ci', run: 'npx' } as const
const site: DeployedSite = {
  config: configOf(),
  host: 'a.example',
  branch: 'main',
  packages: npm,
  moments: [Date.UTC(2025, 6, 3, 2, 30)],
}
const inFolder = {
  ...site,
  config: { ...site.config, basePath: '/blog/', baseUrl: 'https://a.example/blog/' },
}
const filesOf = (host: string, of = site) =>
  Object.fromEntries((hosts[host]?.files(of, now) ?? []).map(({ path, text }) => [path, text]))
const textOf = (host: string, path: string, of = site): string => filesOf(host, of)[path] ?? ''

test('each host gets its own files', () => {
  assert.deepEqual(Object.fromEntries(Object.keys(hosts).map((host) => [host, Object.keys(filesOf(host))])), {
    github: ['.github/workflows/publish.yml'],
    cloudflare: ['wrangler.jsonc', '.node-version', 'public/_headers'],
    netlify: ['netlify.toml', 'public/_headers'],
    vercel: ['vercel.json'],
    nginx: ['deploy/nginx.conf'],
    s3: ['deploy/s3.sh', 'deploy/s3-website.json', 'deploy/cloudfront-headers.json'],
  })
})

/** What GitHub takes, of the parts that we write: an unknown key anywhere is an error there. */
const strict = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})
const text = { type: 'string' }
const level = { enum: ['read', 'write', 'none'] }
const permissions = strict({ contents: level, pages: level, 'id-token': level })
const step = {
  ...strict({
    id: text,
    name: text,
    uses: { ...text, pattern: '^[\\w-]+/[\\w-]+@v\\d+$' },
    run: text,
    with: { type: 'object' },
  }),
  oneOf: [{ required: ['uses'] }, { required: ['run'] }],
}
const number = '(\\*|[0-9]{1,2})'
const workflow = strict(
  {
    name: text,
    on: strict({
      push: strict({ branches: { type: 'array', items: text } }),
      workflow_dispatch: { type: 'null' },
      schedule: {
        type: 'array',
        minItems: 1,
        items: strict({ cron: { ...text, pattern: `^${number} ${number} ${number} ${number} ${number}$` } }, [
          'cron',
        ]),
      },
    }),
    permissions,
    concurrency: strict({ group: text, 'cancel-in-progress': { type: 'boolean' } }, ['group']),
    jobs: {
      type: 'object',
      additionalProperties: strict(
        {
          'runs-on': text,
          'timeout-minutes': { type: 'integer' },
          needs: text,
          permissions,
          environment: strict({ name: text, url: text }, ['name']),
          steps: { type: 'array', minItems: 1, items: step },
        },
        ['runs-on', 'steps'],
      ),
    },
  },
  ['on', 'jobs'],
)

test('the GitHub workflow is one, with a schedule, the cache and the right to publish', () => {
  const written = textOf('github', '.github/workflows/publish.yml')
  const parsed = yaml.load(written) as Record<string, never>
  const validate = new Ajv({ allowUnionTypes: true }).compile(workflow)
  assert.equal(validate(parsed), true, JSON.stringify(validate.errors))
  const { on, jobs } = parsed as unknown as {
    on: { schedule: { cron: string }[] }
    jobs: Record<
      string,
      {
        permissions?: object
        needs?: string
        steps: { uses?: string; run?: string; with?: Record<string, string> }[]
      }
    >
  }
  assert.deepEqual(on.schedule, [{ cron: '7 16 * * *' }, { cron: '31 2 3 7 *' }])
  assert.deepEqual(
    Object.values(jobs).map(({ steps }) => steps.map(({ uses, run }) => uses ?? run)),
    [
      [
        'actions/checkout@v4',
        'actions/setup-node@v4',
        'actions/cache@v4',
        'npm ci',
        'npx inkstone build',
        'actions/upload-pages-artifact@v3',
      ],
      ['actions/deploy-pages@v4'],
    ],
  )
  const cache = jobs['build']?.steps.find(({ uses }) => uses?.startsWith('actions/cache'))?.with
  const lock = `\${{ hashFiles('package-lock.json') }}`
  assert.deepEqual(cache, {
    path: '.inkstone\ndist\ndist.inkstone\n',
    key: `inkstone-${lock}-\${{ github.run_id }}`,
    'restore-keys': `inkstone-${lock}-\ninkstone-\n`,
  })
  assert.deepEqual(jobs['publish']?.permissions, { pages: 'write', 'id-token': 'write' })
  // Every expression is closed.
  assert.equal(written.split('${{').length, written.split('}}').length)
})

test('other package managers, branches and dates from git change the workflow', () => {
  const pnpm = {
    name: 'pnpm',
    lockfile: 'pnpm-lock.yaml',
    install: 'corepack enable && pnpm install --frozen-lockfile',
    run: 'pnpm exec',
  } as const
  const written = textOf('github', '.github/workflows/publish.yml', {
    ...site,
    branch: 'master',
    packages: pnpm,
    config: { ...site.config, gitDates: true },
  })
  assert.match(written, /branches: \[master\]/)
  assert.match(written, /fetch-depth: 0/)
  assert.match(written, /run: pnpm exec inkstone build/)
  assert.doesNotMatch(written, /cache: npm/)
})

/** `_headers` by the rules that both hosts share: paths at the margin, `Name: value` indented, lengths and counts. */
function readHeaders(written: string): Record<string, Record<string, string>> {
  const rules: Record<string, Record<string, string>> = {}
  let at = ''
  for (const line of written.split('\n')) {
    assert.ok(line.length <= 2000)
    if (line.trim() === '' || line.startsWith('#')) continue
    if (!line.startsWith(' ')) {
      assert.match(line, /^\/\S*$/)
      at = line
      rules[at] = {}
      continue
    }
    const [, name = '', value = ''] = /^ {2}([A-Za-z-]+):(?: (\S.*))?$/.exec(line) ?? assert.fail(line)
    ;(rules[at] ?? assert.fail('a header before any path'))[name] = value
  }
  assert.ok(Object.keys(rules).length <= 100)
  return rules
}

test('_headers says what a page cannot, and lets hashed names live for ever', () => {
  const expected = {
    // For the build to fill.
    'Content-Security-Policy': '',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
  }
  const immutable = { 'Cache-Control': 'public, max-age=31536000, immutable' }
  assert.deepEqual(readHeaders(textOf('netlify', 'public/_headers')), {
    '/*': expected,
    '/assets/*': immutable,
  })
  assert.deepEqual(readHeaders(textOf('cloudflare', 'public/_headers', inFolder)), {
    '/*': expected,
    '/blog/assets/*': immutable,
  })
})

test('netlify.toml and wrangler.jsonc name the command, the folder and what is done with addresses', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(parseToml(textOf('netlify', 'netlify.toml')))), {
    build: {
      command: 'npx inkstone build --cache node_modules/.cache/inkstone',
      publish: 'dist',
      environment: { NODE_VERSION: '22' },
      processing: { skip_processing: true },
    },
  })
  const errors: ParseError[] = []
  const settings = parseJsonc(textOf('cloudflare', 'wrangler.jsonc'), errors)
  assert.deepEqual(
    [errors, settings],
    [
      [],
      {
        $schema: 'node_modules/wrangler/config-schema.json',
        name: 'a-example',
        compatibility_date: '2025-09-01',
        build: { command: 'npx inkstone build' },
        assets: {
          directory: './dist',
          html_handling: 'force-trailing-slash',
          not_found_handling: '404-page',
        },
      },
    ],
  )
})

/** The keys of vercel.json that we use, by their published rules. */
const pairs = {
  type: 'array',
  items: strict({ key: { ...text, maxLength: 4096 }, value: { ...text, maxLength: 4096 } }, ['key', 'value']),
}
const vercel = strict({
  $schema: text,
  framework: { type: 'null' },
  buildCommand: { ...text, maxLength: 256 },
  outputDirectory: { ...text, maxLength: 256 },
  trailingSlash: { type: 'boolean' },
  headers: {
    type: 'array',
    maxItems: 2048,
    items: strict({ source: { ...text, pattern: '^/' }, headers: pairs }, ['source', 'headers']),
  },
})

test('vercel.json is one, and its sources are patterns', () => {
  const parsed = JSON.parse(textOf('vercel', 'vercel.json', inFolder))
  const validate = new Ajv().compile(vercel)
  assert.equal(validate(parsed), true, JSON.stringify(validate.errors))
  assert.deepEqual(
    parsed.headers.map(({ source }: { source: string }) => source),
    ['/(.*)', '/blog/assets/(.*)'],
  )
})

/** Every directive ends, every block closes; comments and quotes may hold anything. */
function nginxFaults(written: string): string[] {
  const bare = written.replace(/^\s*#.*$/gm, '').replace(/"(?:[^"\\]|\\.)*"/g, '"…"')
  const faults: string[] = []
  let depth = 0
  for (const [, words = '', end] of bare.matchAll(/([^;{}]*)([;{}])/g)) {
    depth += end === '{' ? 1 : end === '}' ? -1 : 0
    if (end === '}' && words.trim() !== '') faults.push(`not ended: ${words.trim()}`)
    if (end !== '}' && words.trim() === '') faults.push('a directive without a name')
  }
  return depth === 0 ? faults : [...faults, 'a block is not closed']
}

test('nginx takes its configuration', (t) => {
  for (const of of [site, inFolder]) {
    const written = textOf('nginx', 'deploy/nginx.conf', of)
    assert.deepEqual(nginxFaults(written), [])
    const folder = mkdtempSync(join(tmpdir(), 'inkstone-nginx-'))
    try {
      writeFileSync(
        join(folder, 'site.conf'),
        written
          .replaceAll(/listen (\[::\]:)?80;/g, 'listen 127.0.0.1:18080;')
          .replace(/(listen 127.*\n)\s*listen.*\n/, '$1'),
      )
      const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${folder}/${name};`,
      )
      writeFileSync(
        join(folder, 'nginx.conf'),
        `pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temp.join(' ')} include ${folder}/site.conf; }`,
      )
      const done = spawnSync(
        process.env['NGINX'] ?? 'nginx',
        ['-t', '-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')],
        { encoding: 'utf8' },
      )
      if (done.error) t.diagnostic('no nginx on this machine: only the form was looked at')
      else assert.equal(done.status, 0, done.stderr)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
})

test('the S3 script is sound, carries pages after what they ask for, and deletes last', () => {
  const script = textOf('s3', 'deploy/s3.sh', inFolder)
  const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' })
  assert.deepEqual([status, stderr], [0, ''])
  assert.deepEqual(
    script
      .split('\n')
      .filter((line) => line.startsWith('aws s3 '))
      .map((line) => line.split(' --')[0]),
    [`aws s3 sync dist/assets "\${place}assets"`, 'aws s3 sync dist "$place"', 'aws s3 sync dist "$place"'],
  )
  assert.deepEqual(JSON.parse(textOf('s3', 'deploy/s3-website.json', inFolder)), {
    IndexDocument: { Suffix: 'index.html' },
    ErrorDocument: { Key: 'blog/404.html' },
  })
  const policy = JSON.parse(textOf('s3', 'deploy/cloudfront-headers.json'))
  assert.equal(policy.CustomHeadersConfig.Quantity, policy.CustomHeadersConfig.Items.length)
})
