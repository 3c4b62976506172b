import { firstHeading } from '../../src/content/heading.js'
import { testCases } from './cases.js'

testCases('test/content/heading.cases', (input) => JSON.stringify(firstHeading(input)))
