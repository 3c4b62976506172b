// All fuzzers by name.
import type { Fuzzer } from './fuzzer.js'
import { importing } from './importers.js'
import { markdown } from './markdown.js'
import { site } from './site.js'
import { configuration, dates, feedText, frontMatter, ledger, urls } from './small.js'

export const fuzzers: readonly Fuzzer[] = [
  frontMatter,
  dates,
  markdown,
  configuration,
  site,
  importing,
  ledger,
  urls,
  feedText,
]
