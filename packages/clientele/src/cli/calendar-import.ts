// `clientele calendar import`: hours kept elsewhere, as our JSON.

import { complain, type Io, REFUSED } from './io.js'
import type { FreeVerb } from './verb.js'

const run = async (_: readonly string[], __: unknown, io: Io): Promise<number> => {
  complain(io, JSON.stringify({ code: 'unknown-format', path: '', message: 'no format is here yet' }))
  return REFUSED
}

export const CALENDAR_IMPORT: FreeVerb = {
  kind: 'free',
  name: 'import',
  about: 'print the calendar of another format as our JSON',
  arguments: '<file>',
  options: [{ flags: '--from <format>', about: 'the format' }],
  example: { command: 'calendar import --from osm hours.txt', prints: [] },
  run,
}
