import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readGitDates } from '../../src/content/git-dates.js'

/** A repository whose commits are made at given times. */
function repository(): { root: string; git: (date: string, ...args: string[]) => void; end: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'inkstone-git-'))
  const git = (date: string, ...args: string[]) => {
    const env = {
      ...process.env,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
      GIT_CONFIG_GLOBAL: '/dev/null',
    }
    const name = ['-c', 'user.name=A', '-c', 'user.email=a@example.org']
    const done = spawnSync('git', ['-C', root, ...name, ...args], { encoding: 'utf8', env })
    assert.equal(done.status, 0, done.stderr)
  }
  git('', 'init', '-q')
  mkdirSync(join(root, 'content'))
  return { root, git, end: () => rmSync(root, { recursive: true, force: true }) }
}

const first = '2024-01-01T10:00:00+08:00'
const second = '2024-02-02T10:00:00+08:00'

test('a document has the date of the newest commit that touched it, whatever its name', () => {
  const { root, git, end } = repository()
  writeFileSync(join(root, 'content', '旧 "文".md'), 'a')
  writeFileSync(join(root, 'content', 'b.md'), 'b')
  git(first, 'add', '-A')
  git(first, 'commit', '-qm', 'one')
  writeFileSync(join(root, 'content', 'b.md'), 'b2')
  git(second, 'commit', '-qam', 'two')
  writeFileSync(join(root, 'content', 'new.md'), 'not committed')
  const { of, problems } = readGitDates(root)
  assert.deepEqual(
    ['content/旧 "文".md', 'content/b.md', 'content/new.md'].map((path) => of(path)),
    [first, second, undefined],
  )
  assert.deepEqual(problems, [])
  end()
})

test('a shallow clone gives no dates and says what to do', () => {
  const { root, git, end } = repository()
  writeFileSync(join(root, 'content', 'a.md'), 'a')
  git(first, 'add', '-A')
  git(first, 'commit', '-qm', 'one')
  git(second, 'commit', '-qm', 'two', '--allow-empty')
  const clone = `${root}-clone`
  git('', 'clone', '-q', '--depth', '1', `file://${root}`, clone)
  const { of, problems } = readGitDates(clone)
  assert.equal(of('content/a.md'), undefined)
  assert.deepEqual(
    problems.map(({ code, fix }) => [code, fix]),
    [['git/shallow', 'fetch the whole history (in CI: fetch-depth: 0)']],
  )
  rmSync(clone, { recursive: true, force: true })
  end()
})

test('outside a repository there are no dates and one warning', () => {
  const root = mkdtempSync(join(tmpdir(), 'inkstone-nogit-'))
  assert.deepEqual(
    readGitDates(root).problems.map(({ code }) => code),
    ['git/none'],
  )
  rmSync(root, { recursive: true })
})
