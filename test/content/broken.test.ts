// Sixty broken inputs and more, each with the complete text of its Problems.
import { metaOf, problemText, testCases } from './cases.js'

testCases('test/content/broken.cases', (input) => {
  const files: Record<string, string> = {}
  const permalinks: Record<string, string> = {}
  for (const part of input.split(/^>>> /m).slice(1)) {
    const [head = '', ...lines] = part.split('\n')
    const [, section, pattern] = /^permalinks\.(\S+) (.*)$/.exec(head) ?? []
    if (section !== undefined) permalinks[section] = pattern ?? ''
    else files[head] = lines.join('\n')
  }
  const { meta, problems } = metaOf(files, permalinks)
  return [...problems.map(problemText), meta ? `still made: ${meta.url}` : 'not made'].join('\n')
})
