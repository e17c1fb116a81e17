// The log laid out by subject: each subject's lines in order, side by side, so that folding all of them reads memory from
// front to back.

import { type Log, NOWHERE, type Sealed } from './log.js'

/** Lays a log out. Cost: one pass over its lines. */
export const seal = (log: Log): Sealed => {
  const subjects = log.names.length
  const lines = log.at.length
  const starts = new Int32Array(subjects + 1)
  const at = new Float64Array(lines)
  const content = new Int32Array(lines)
  const [ats, contents, next, first] = [log.at.data, log.content.data, log.next.data, log.first.data]
  let place = 0
  for (let subject = 0; subject < subjects; subject++) {
    starts[subject] = place
    for (let line = first[subject]!; line !== NOWHERE; line = next[line]!) {
      at[place] = ats[line]!
      content[place] = contents[line]!
      place++
    }
  }
  starts[subjects] = place
  return { starts, at, content }
}

/** The layout of a log, made again when lines have come. */
export const sealedOf = (log: Log): Sealed => {
  if (log.sealed === undefined || log.sealed.at.length !== log.at.length) log.sealed = seal(log)
  return log.sealed
}
