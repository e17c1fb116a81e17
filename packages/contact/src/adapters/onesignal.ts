// OneSignal: push frequency capping of an app.

import { fact } from '@clientele/core/condition'
import { type AdapterResult, MOST_TOUCHES, Source } from './report.js'

/** The longest window: a week. */
const MOST = { minute: 10_080, hour: 168, day: 7, week: 1 } as const
const LETTERS = { minute: 'M', hour: 'H' } as const

/** A rolling window: a day is 24 hours, a week 168. */
const durationOf = (every: number, unit: keyof typeof MOST): string => {
  if (unit === 'minute' || unit === 'hour') return `PT${every}${LETTERS[unit]}`
  return `PT${every * (unit === 'week' ? 168 : 24)}H`
}

/**
 * Reads the push frequency cap of a OneSignal app: `{ "limit": 3, "every"?: 1, "unit": "minute|hour|day|week" }`. Windows are
 * rolling and no longer than a week. A message whose fact `enable_frequency_cap` is false is sent all the same.
 *
 * @example
 * import { fromOneSignal } from '@clientele/contact/adapters'
 * const read = fromOneSignal({ limit: 3, every: 1, unit: 'day' })
 * if (read._tag === 'Right') read.right.definition.caps?.[0]?.window // => { rolling: 'PT24H' }
 *
 * @category compile
 */
export const fromOneSignal = (value: unknown): AdapterResult => {
  const source = new Source()
  const given = source.settings(value, '', ['limit', 'every', 'unit']) ?? {}
  const limit = source.countAt(given, 'limit', '', 1, MOST_TOUCHES)
  const unit = source.neededWord(given, 'unit', '', ['minute', 'hour', 'day', 'week'])
  const every =
    source.member(given, 'every') === undefined
      ? 1
      : source.countAt(given, 'every', '', 1, MOST[unit ?? 'minute'])
  source.note('', 'a capped push is dropped by OneSignal; here the verdict says so, and when it would pass')
  source.note(
    'enable_frequency_cap',
    'whether a push that overrides the cap counts in it is not carried over with certainty; here it counts',
  )
  return source.result({
    id: 'onesignal',
    label: 'OneSignal push frequency cap',
    caps: [
      {
        id: 'push',
        label: `${limit} pushes in ${every} ${unit}`,
        when: fact('channel').eq('push'),
        limit: limit ?? 0,
        window: { rolling: durationOf(every ?? 1, unit ?? 'week') },
      },
    ],
    exempt: [
      {
        id: 'override',
        label: 'Overrides the frequency cap',
        when: fact('enable_frequency_cap').eq(false),
        from: ['caps'],
      },
    ],
  })
}
