// rate-limiter-flexible: points in a duration, one limiter or a union of several.

import { memberPath, SECOND } from '@clientele/core'
import type { Cap } from '../model.js'
import { type AdapterResult, MOST_RULES, MOST_TOUCHES, Source } from './report.js'

const LONGEST_SECONDS = 4_000_000_000

const limiterOf = (source: Source, value: unknown, path: string, index: number): Cap | undefined => {
  const options = source.settings(value, path, [
    'points',
    'duration',
    'blockDuration',
    'keyPrefix',
    'execEvenly',
    'execEvenlyMinDelayMs',
  ])
  if (options === undefined) return undefined
  const points = source.countAt(options, 'points', path, 0, MOST_TOUCHES)
  const duration = source.countAt(options, 'duration', path, 0, LONGEST_SECONDS)
  const prefix = source.textAt(options, 'keyPrefix', path)
  const block = source.member(options, 'blockDuration')
  if (block !== undefined && block !== 0)
    source.note(
      memberPath(path, 'blockDuration'),
      'is not carried over: refused attempts leave no trace here',
    )
  if (source.member(options, 'execEvenly') === true)
    source.note(memberPath(path, 'execEvenly'), 'is not carried over: nothing here delays an attempt')
  if (points === undefined || duration === undefined) return undefined
  if (duration > 0) {
    source.note(
      memberPath(path, 'duration'),
      'a fixed window from the first hit becomes a rolling one, which never allows more than the points in any such stretch; the library allows up to twice as many around the end of a window',
    )
  }
  return {
    id: source.claim(prefix ?? `limiter-${index + 1}`, path),
    label: duration === 0 ? `${points} ever` : `${points} in ${duration} seconds`,
    limit: points,
    window: duration === 0 ? { lifetime: true } : { rolling: duration * SECOND },
  }
}

/**
 * Reads the options of a rate-limiter-flexible limiter, `{ "points": 5, "duration": 60, "keyPrefix"? }`, or a list of them as a
 * union would have. Durations are seconds; 0 never ends. The library's window is fixed from its first hit; here it rolls, and a
 * note says so. A refused attempt charges none of the limits, where a union of the library charges those that pass.
 *
 * @example
 * import { fromRateLimiterFlexible } from '@clientele/contact/adapters'
 * const read = fromRateLimiterFlexible({ points: 5, duration: 60 })
 * if (read._tag === 'Right') read.right.definition.caps?.[0]?.window // => { rolling: 60_000 }
 *
 * @category compile
 */
export const fromRateLimiterFlexible = (value: unknown): AdapterResult => {
  const source = new Source()
  const limiters = Array.isArray(value) ? source.list(value, '', MOST_RULES) : [value]
  const pathOf = (index: number): string => (Array.isArray(value) ? memberPath('', index) : '')
  const caps = limiters.flatMap((each, i) => limiterOf(source, each, pathOf(i), i) ?? [])
  source.note(
    '',
    'the key is the recipient; consuming several points at once becomes a weight of the cap, which you add',
  )
  if (limiters.length > 1)
    source.note(
      '',
      'a refused attempt charges no limit here, where a union charges those that would have passed',
    )
  return source.result({ id: 'rate-limiter-flexible', label: 'rate-limiter-flexible', caps })
}
