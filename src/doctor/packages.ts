// Do the packages with machine code run here? They are what breaks when node_modules comes from another system.
import { type Finding, finding, type Question } from './types.js'

const again = 'delete node_modules and run npm ci on this machine, without --omit=optional'

export const packages: Question = async ({ config, configFile }, { load }): Promise<readonly Finding[]> => {
  const [sharp, satteri, esbuild] = await Promise.all([load('sharp'), load('satteri'), load('esbuild')])
  const pictures = config === undefined || config.images.variants || config.cards
  const findings: Finding[] = []
  if (esbuild !== '')
    findings.push(
      finding('error', 'doctor/esbuild', {
        what: `esbuild does not run: ${esbuild}`,
        why: `it compiles styles, scripts${configFile.endsWith('.json') ? '' : ' and the configuration'}`,
        fix: again,
      }),
    )
  if (sharp !== '' && pictures)
    findings.push(
      finding('error', 'doctor/sharp', {
        what: `sharp does not run: ${sharp}`,
        why: 'it makes the sizes of pictures and the cards',
        fix: `${again}; or write images: { variants: false } and cards: false into the configuration`,
      }),
    )
  if (satteri !== '' && config?.markdown.parser !== 'remark')
    findings.push(
      finding('warning', 'doctor/fast-parser', {
        what: `the fast parser (satteri) does not run: ${satteri}`,
        why: 'remark reads all Markdown instead: the same pages, but a first build takes longer',
        fix: `${again}; or write markdown: { parser: 'remark' } to do without it`,
      }),
    )
  const running = Object.entries({ esbuild, sharp, satteri }).flatMap(([name, why]) =>
    why === '' ? [name] : [],
  )
  return running.length === 0 ? findings : [...findings, { ok: `packages: ${running.join(', ')} run` }]
}
