import { testRandomEdits } from './random-edits.js'

testRandomEdits(20251124, 150)
