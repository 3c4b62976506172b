// html-validate, behind this one file, over all HTML of a built site. Which rules hold is in .htmlvalidate.json.
import { resolve } from 'node:path'
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate'
import type { BuiltSite } from './site.js'

/** `path:line:column rule: message` for everything that is found. */
export async function htmlFaults(site: BuiltSite): Promise<string[]> {
  const validator = new HtmlValidate(new FileSystemConfigLoader())
  const faults: string[] = []
  for (const path of [...site.pages, ...site.stubs]) {
    // The name decides only where the configuration is looked for.
    const { results } = await validator.validateString(site.text(path), resolve('page.html'))
    for (const { messages } of results)
      for (const { line, column, ruleId, message } of messages)
        faults.push(`${path}:${line}:${column} ${ruleId}: ${message}`)
  }
  return faults
}
