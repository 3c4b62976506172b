// Build options for tests: nothing of this machine in them.
import { join } from 'node:path'
import type { BuildOptions } from '../../src/built.js'

/** 1 June 2025, noon in Shanghai. */
export const testMoment = Date.UTC(2025, 5, 1, 4)

export function optionsFor(root: string, more: Partial<BuildOptions> = {}): BuildOptions {
  return {
    root,
    out: join(root, 'dist'),
    cache: join(root, '.inkstone'),
    at: testMoment,
    // Far from every file time of a test: stats are trusted at once, as they are a few seconds after an edit.
    now: Date.UTC(2090, 0, 1),
    drafts: false,
    future: false,
    clean: false,
    strict: false,
    adopt: false,
    verifyInputs: false,
    workers: 0,
    cores: 2,
    ...more,
  }
}
