// Braze: frequency capping rules of a workspace, and quiet hours.

import { memberPath, type UnknownRecord } from '@clientele/core'
import { all, any, type Condition, fact } from '@clientele/core/condition'
import type { Cap, Exemption, Quiet, Window } from '../model.js'
import { betweenAt } from './quiet.js'
import { type AdapterResult, MOST_TOUCHES, Source } from './report.js'

/** The channels that count; in-app messages and Content Cards never do. */
const CHANNELS = ['push', 'email', 'sms', 'webhook', 'whatsapp', 'line'] as const
const MOST_BRAZE_RULES = 10
const LONGEST_DAYS = 30
const MINUTES_A_DAY = 1_440

const UNITS = { minutes: LONGEST_DAYS * MINUTES_A_DAY, days: LONGEST_DAYS, weeks: 4 } as const
type Unit = keyof typeof UNITS

const windowOf = (every: number, unit: Unit): Window => {
  if (unit === 'minutes') return { rolling: `PT${every}M` }
  return { civilDays: unit === 'weeks' ? every * 7 : every, zone: 'recipient' }
}

const tagged = (tags: readonly string[]): Condition => {
  const tests = tags.map((tag) => fact('tags').contains(tag))
  return tests.length === 1 ? tests[0]! : any(...tests)
}

const capOf = (source: Source, given: unknown, index: number): Cap | undefined => {
  const path = memberPath('rules', index)
  const rule = source.settings(given, path, [
    'id',
    'name',
    'channel',
    'limit',
    'every',
    'unit',
    'tag',
    'nestedTags',
  ])
  if (rule === undefined) return undefined
  const channel = source.wordAt(rule, 'channel', path, ['any', ...CHANNELS])
  const unit = source.neededWord(rule, 'unit', path, ['minutes', 'days', 'weeks'])
  const limit = source.countAt(rule, 'limit', path, 1, MOST_TOUCHES)
  const every = source.countAt(rule, 'every', path, 1, UNITS[unit ?? 'minutes'])
  const tag = source.textAt(rule, 'tag', path)
  const nested = source.list(source.member(rule, 'nestedTags') ?? [], memberPath(path, 'nestedTags'), 100)
  const tags = nested.map((each, i) => source.text(each, memberPath(memberPath(path, 'nestedTags'), i)))
  const id = source.claim(source.textAt(rule, 'id', path) ?? `rule-${index + 1}`, path)
  const name = source.textAt(rule, 'name', path)
  if (channel === undefined || unit === undefined || limit === undefined || every === undefined)
    return undefined
  const byChannel = channel === 'any' ? fact('channel').in(CHANNELS) : fact('channel').eq(channel)
  const names = tag === undefined ? [] : [tag, ...tags.filter((each) => each !== undefined)]
  return {
    id,
    label:
      name ?? `${limit} by ${channel} in ${every} ${unit}${tag === undefined ? '' : ` with the tag ${tag}`}`,
    when: tag === undefined ? byChannel : all(byChannel, tagged(names)),
    limit,
    window: windowOf(every, unit),
    ...(tag === undefined ? {} : { tags: 'current' as const }),
  }
}

const quietOf = (source: Source, given: UnknownRecord): Quiet | undefined => {
  const value = source.member(given, 'quietHours')
  if (value === undefined) return undefined
  const record = source.settings(value, 'quietHours', ['start', 'end', 'channels'])
  if (record === undefined) return undefined
  const between = betweenAt(source, record, 'quietHours', 'start', 'end')
  const channels =
    source.member(record, 'channels') === undefined
      ? undefined
      : source.wordsAt(record, 'channels', 'quietHours', CHANNELS)
  if (between === undefined) return undefined
  return {
    id: source.claim('quiet-hours', 'quietHours'),
    label: 'Quiet hours',
    ...(channels === undefined ? {} : { when: fact('channel').in(channels) }),
    zone: 'recipient',
    periods: [{ between }],
  }
}

const OVERRIDES: readonly Exemption[] = [
  {
    id: 'override',
    label: 'Overrides frequency capping and does not count',
    when: all(
      fact('override_frequency_capping').eq(true),
      any(fact('count_toward_cap').missing(), fact('count_toward_cap').ne(true)),
    ),
    from: ['caps'],
    uncounted: true,
  },
  {
    id: 'override-counted',
    label: 'Overrides frequency capping and counts',
    when: all(fact('override_frequency_capping').eq(true), fact('count_toward_cap').eq(true)),
    from: ['caps'],
  },
]

/**
 * Reads the frequency capping rules of a Braze workspace, as its page of settings shows them: `{ "rules": [{ "channel": "push",
 * "limit": 1, "every": 1, "unit": "minutes|days|weeks", "tag"?, "nestedTags"?, "id"?, "name"? }], "quietHours"?: { "start",
 * "end", "channels"? }, "timeZone"? }`. Days are local dates of the user, a week seven of them; tags are those that the
 * campaign bears now (`{"op":"tag", …}`). The fact `override_frequency_capping` passes the rules over and does not count,
 * unless `count_toward_cap` is true.
 *
 * @example
 * import { fromBraze } from '@clientele/contact/adapters'
 * const read = fromBraze({ rules: [{ channel: 'push', limit: 1, every: 1, unit: 'weeks' }], timeZone: 'Europe/Paris' })
 * if (read._tag === 'Right') read.right.definition.caps?.[0]?.window // => { civilDays: 7, zone: 'recipient' }
 *
 * @category compile
 */
export const fromBraze = (value: unknown): AdapterResult => {
  const source = new Source()
  const given = source.settings(value, '', ['rules', 'quietHours', 'timeZone']) ?? {}
  for (const { id = '' } of OVERRIDES) source.claim(id, 'override_frequency_capping')
  const rules = source.list(source.member(given, 'rules') ?? [], 'rules', MOST_BRAZE_RULES)
  const caps = rules.flatMap((rule, i) => capOf(source, rule, i) ?? [])
  const quiet = quietOf(source, given)
  const zone = source.member(given, 'timeZone')
  if (zone === undefined) source.note('timeZone', 'is not told; a user without a zone is judged in UTC')
  else source.zone(zone, 'timeZone')
  source.note('', 'a capped message is dropped by Braze; here the verdict says so, and when it would pass')
  if (quiet !== undefined)
    source.note('quietHours', 'Braze holds the message until they end; send it again at nextAllowedAt')
  if (caps.some(({ tags }) => tags === 'current'))
    source.note(
      'rules',
      'the documented failures of tag rules above 100 messages per channel are not imitated',
    )
  return source.result({
    id: 'braze',
    label: 'Braze frequency capping',
    missingZone: typeof zone === 'string' ? zone : 'UTC',
    caps,
    ...(quiet === undefined ? {} : { quiet: [quiet] }),
    exempt: OVERRIDES,
  })
}
