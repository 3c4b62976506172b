// One line on a terminal that is written over: phase, count, rate. Short builds never show it.
import type { Terminal } from './command.js'

const patienceMs = 500
const everyMs = 100

export interface Progress {
  readonly step: (phase: string, done: number, total: number) => void
  readonly done: () => void
}

export function showProgress(terminal: Terminal): Progress {
  const started = terminal.now()
  let last = 0
  let phaseStarted = started
  let current = ''
  let shown = false
  return {
    step(phase, done, total) {
      const now = terminal.now()
      if (phase !== current) {
        current = phase
        phaseStarted = now
      }
      if (now - started < patienceMs || now - last < everyMs) return
      last = now
      shown = true
      const rate = Math.round((done * 1000) / Math.max(1, now - phaseStarted))
      terminal.err(`\r\u001b[K${phase} ${done}/${total} · ${rate}/s`)
    },
    done() {
      if (shown) terminal.err('\r\u001b[K')
    },
  }
}
