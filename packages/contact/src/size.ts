// What a state holds in memory.

import type { State } from './book.js'

/** Bytes by what they are for. @category state */
export interface StateSize {
  /** Instants of caps and cool-downs, and the place of each recipient. */
  readonly caps: number
  /** The index from ids to handles. */
  readonly ids: number
  /** Touches known by their ids. */
  readonly touches: number
  /** Recipients with consents. */
  readonly consents: number
}

/** Of an instant in a list. */
const OLDER = 8

/**
 * How large a state is: bytes of caps and of the index of ids, and how many touch ids and recipients with consents it
 * remembers. Room made ahead counts.
 *
 * @example
 * import { compileOrThrow, createState, sizeOf } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'week', label: 'Three', limit: 3, window: { rolling: 'P7D' } }] })
 * sizeOf(createState(policy, { recipients: 1_000 })).caps // => 14000
 *
 * @category state
 */
export const sizeOf = ({ streams, areaOf, ids, touches, consents }: State): StateSize => {
  let caps = areaOf.data.byteLength
  for (const { rows, older, stride } of streams) {
    caps += stride === 0 ? 0 : rows.data.byteLength
    for (const list of older.values()) caps += OLDER * list.length
  }
  return { caps, ids: ids.byteLength, touches: touches.size, consents: consents.size }
}
