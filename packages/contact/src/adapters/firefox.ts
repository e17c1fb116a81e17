// Firefox messaging (ASRouter): frequency caps of messages and of groups of messages.

import { DAY, memberPath, SECOND } from '@clientele/core'
import { type Condition, fact } from '@clientele/core/condition'
import type { Cap } from '../model.js'
import { type AdapterResult, MOST_RULES, MOST_TOUCHES, Source } from './report.js'

/** Whose frequency it is. */
interface Owner {
  readonly id: string
  readonly when: Condition | undefined
}

const LONGEST = 36_500 * DAY

const periodOf = (source: Source, value: unknown, path: string): number | undefined => {
  const millis = value === 'daily' ? DAY : source.integer(value, path, 1, LONGEST)
  if (millis === undefined) return undefined
  if (millis % SECOND !== 0) source.note(path, 'is rounded up to whole seconds')
  return Math.ceil(millis / SECOND) * SECOND
}

const capsOf = (source: Source, value: unknown, path: string, { id, when }: Owner): Cap[] => {
  const frequency = source.settings(value, path, ['lifetime', 'custom'])
  if (frequency === undefined) return []
  const about = when === undefined ? {} : { when }
  const lifetime = source.member(frequency, 'lifetime')
  const ever =
    lifetime === undefined
      ? undefined
      : source.integer(lifetime, memberPath(path, 'lifetime'), 0, MOST_TOUCHES)
  const at = memberPath(path, 'custom')
  const custom = source.list(source.member(frequency, 'custom') ?? [], at, MOST_RULES)
  const rolling = custom.flatMap((each, i): Cap[] => {
    const here = memberPath(at, i)
    const rule = source.settings(each, here, ['cap', 'period'])
    if (rule === undefined) return []
    const cap = source.countAt(rule, 'cap', here, 0, MOST_TOUCHES)
    const period = source.needed(rule, 'period', here, (value, path) => periodOf(source, value, path))
    if (cap === undefined || period === undefined) return []
    const label = `${id}: ${cap} in ${period / SECOND} seconds`
    return [
      { id: source.claim(`${id}-${i + 1}`, here), label, ...about, limit: cap, window: { rolling: period } },
    ]
  })
  return ever === undefined
    ? rolling
    : [
        {
          id: source.claim(`${id}-lifetime`, path),
          label: `${id}: ${ever} ever`,
          ...about,
          limit: ever,
          window: { lifetime: true },
        },
        ...rolling,
      ]
}

const owned = (
  source: Source,
  value: unknown,
  list: 'messages' | 'groups',
  whenOf: (id: string) => Condition,
): Cap[] =>
  source.list(value ?? [], list, MOST_RULES).flatMap((each, i) => {
    const path = memberPath(list, i)
    const record =
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? source.object(each, path, Object.keys(each))
        : source.wrongType(each, path, 'an object')
    if (record === undefined) return []
    const id = source.needed(record, 'id', path, (value, at) => source.text(value, at))
    const frequency = source.member(record, 'frequency')
    if (id === undefined || frequency === undefined) return []
    const name = list === 'groups' ? `group-${id}` : id
    return capsOf(source, frequency, memberPath(path, 'frequency'), { id: name, when: whenOf(id) })
  })

/**
 * Reads frequency caps of Firefox messages: `{ "frequency": { "lifetime"?: 3, "custom"?: [{ "cap": 1, "period": 86400000 }] } }`,
 * or several, `{ "messages"?: [{ "id", "frequency" }], "groups"?: [{ "id", "frequency" }] }`. Periods are rolling, in
 * milliseconds. A message is the fact `campaign`, its groups are the list `groups`.
 *
 * @example
 * import { fromFirefox } from '@clientele/contact/adapters'
 * const read = fromFirefox({ frequency: { lifetime: 3, custom: [{ cap: 1, period: 604_800_000 }] } })
 * if (read._tag === 'Right') read.right.definition.caps?.map(({ limit, window }) => ({ limit, window }))
 * // => [{ limit: 3, window: { lifetime: true } }, { limit: 1, window: { rolling: 604_800_000 } }]
 *
 * @category compile
 */
export const fromFirefox = (value: unknown): AdapterResult => {
  const source = new Source()
  const given = source.settings(value, '', ['frequency', 'messages', 'groups']) ?? {}
  const frequency = source.member(given, 'frequency')
  const caps = [
    ...(frequency === undefined
      ? []
      : capsOf(source, frequency, 'frequency', { id: 'frequency', when: undefined })),
    ...owned(source, source.member(given, 'messages'), 'messages', (id) => fact('campaign').eq(id)),
    ...owned(source, source.member(given, 'groups'), 'groups', (id) => fact('groups').contains(id)),
  ]
  source.note('', 'a message is counted when it is shown: record a touch for each impression')
  return source.result({ id: 'firefox', label: 'Firefox frequency caps', caps })
}
