// Opens an address in the author's browser, where the system has a way to.
import { spawn } from 'node:child_process'

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // `start` is of the shell; its first quoted word is a title.
  win32: ['cmd', '/c', 'start', ''],
}

/** Without a browser nothing happens: the address stands on the terminal. */
export function openBrowser(url: string): void {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
