import { testRandomEdits } from './random-edits.js'

testRandomEdits(20251123, 150)
