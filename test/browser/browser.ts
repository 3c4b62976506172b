// One real Chromium for a test file: the one file that knows playwright-core. The profile is fresh each time (made
// and removed by playwright-core). `npm test` says in INKSTONE_CHROMIUM which program it is.
import { setTimeout } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'

const startMs = 60_000
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
    answering(() => chromium.launch({ executablePath, args: flags, chromiumSandbox, timeout: startMs }))
  // Chromium refuses its sandbox to root; and containers often forbid the namespaces that it needs. What is shown
  // here are our own pages only.
  return isRoot ? launch(false) : launch(true).catch(() => launch(false))
}

/**
 * A browser that has shown a page. On a busy machine one now and then starts and never answers again, and most calls
 * to it have no time limit of their own: such a one is closed and another started, three in all.
 */
async function answering(start: () => Promise<Browser>): Promise<Browser> {
  for (let left = 2; ; left--) {
    const browser = await start()
    const hasAnswered = await Promise.race([
      browser.newPage().then(
        (page) => page.close().then(() => true),
        () => false,
      ),
      setTimeout(startMs, false, { ref: false }),
    ])
    if (hasAnswered) return browser
    // Closing may hang as well; the process ends with ours.
    void browser.close().catch(() => {})
    if (left === 0) throw new Error(`no page in a new browser after ${startMs} ms, three times`)
  }
}
