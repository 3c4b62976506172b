// One real Chromium for a test file: the one file that knows playwright-core. The profile is fresh each time (made
// and removed by playwright-core). `npm test` says in INKSTONE_CHROMIUM which program it is.
import { type Browser, chromium } from 'playwright-core'

const flags = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the browser; throws a sentence where `npm test` did not hand one over. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['INKSTONE_CHROMIUM'] ?? ''
  if (executablePath === '')
    throw new Error('INKSTONE_CHROMIUM names no browser: run these tests by `node test/run.mjs browser`')
  const isRoot = process.getuid?.() === 0
  const launch = (chromiumSandbox: boolean): Promise<Browser> =>
    chromium.launch({ executablePath, args: flags, chromiumSandbox })
  // Chromium refuses its sandbox to root; and containers often forbid the namespaces that it needs. What is shown
  // here are our own pages only.
  return isRoot ? launch(false) : launch(true).catch(() => launch(false))
}
