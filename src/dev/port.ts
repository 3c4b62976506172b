// Listens on a port, or on the next one that is free.
import type { Server } from 'node:http'
import { ProblemError } from '../errors.js'

/** How many ports are tried. */
const tries = 50

/** The port it listens on in the end. `port` 0: any. Throws a ProblemError where none can be had. */
export async function listenFrom(server: Server, port: number, host: string): Promise<number> {
  for (let tried = port; ; tried++) {
    const error = await listen(server, tried, host)
    if (error === undefined) {
      const address = server.address()
      return typeof address === 'object' && address ? address.port : tried
    }
    const isTaken = 'code' in error && error.code === 'EADDRINUSE'
    if (isTaken && tried + 1 < Math.min(port + tries, 65536)) continue
    throw new ProblemError({
      severity: 'error',
      code: 'dev/listen',
      what: `cannot listen on ${host}, port ${tried}: ${error.message}`,
      fix: 'correct --host or --port',
    })
  }
}

function listen(server: Server, port: number, host: string): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const fail = (error: Error): void => resolve(error)
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve(undefined)
    })
  })
}

/** `http://127.0.0.1:4321`; names that mean "every address" become one that a browser can open. */
export function originOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
}
