// One command from start to end: wall and CPU seconds of it and of all that it starts, and the most memory that these
// processes held at one time. CPU comes from time(1), memory from /proc: where they are missing there is no figure.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'

const timeCommand = '/usr/bin/time'
const hasTime = existsSync(timeCommand)
const hasProc = existsSync('/proc/self/statm')
const pageBytes = 4096

/** Resolves to { wall, cpu, rss, load }: seconds, seconds, MiB, load average at the start. Throws on failure. */
export function measure({ cmd, args, env }, cwd, capSeconds = 600) {
  const line = hasTime ? [timeCommand, '-q', '-f', 'TIME %U %S %M', cmd, ...args] : [cmd, ...args]
  return new Promise((resolve, reject) => {
    const load = loadavg()[0]
    const started = process.hrtime.bigint()
    const child = spawn(line[0], line.slice(1), {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let told = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        told = (told + text).slice(-4000)
      })
    let most = 0
    const look = hasProc && setInterval(() => (most = Math.max(most, memoryOf(child.pid))), 50)
    const cap = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), capSeconds * 1000)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearInterval(look)
      clearTimeout(cap)
      const wall = Number(process.hrtime.bigint() - started) / 1e9
      if (code !== 0)
        reject(
          new Error(`${line.join(' ')} ended with ${code ?? signal} after ${wall.toFixed(1)} s\n${told}`),
        )
      const [, user, system, kib] = /TIME ([\d.]+) ([\d.]+) (\d+)\s*$/.exec(told) ?? []
      const rss = Math.max(most, Number(kib ?? 0) * 1024) / 2 ** 20
      resolve({ wall, load, ...(user && { cpu: Number(user) + Number(system) }), ...(rss > 0 && { rss }) })
    })
  })
}

/** Bytes held by a process and all below it. */
function memoryOf(pid) {
  try {
    const own = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes
    const threads = readdirSync(`/proc/${pid}/task`)
    const children = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    )
    return children.reduce((sum, child) => sum + memoryOf(child), own)
  } catch {
    return 0 // it has ended meanwhile
  }
}
