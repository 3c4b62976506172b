// The parts below the log: editor, questions, free SQL. Loaded after the lab itself stands, so that it need not wait.
import type { LiveRegion } from '../../../_kit/live.js'
import { createEditor } from './editor.js'
import { createFreeSql } from './freesql.js'
import type { Panel } from './panel.js'
import { createQuestions } from './questions.js'
import type { Session } from './session.js'

/** Free SQL shows itself once the database is there. */
export function createWorkbench(session: Session, live: LiveRegion): readonly Panel[] {
  const free = createFreeSql(session, live)
  free.element.hidden = true
  const questions = createQuestions(session, live, () => {
    free.element.hidden = false
  })
  return [createEditor(session, live), questions, free]
}
