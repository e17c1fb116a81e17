// Russia, collection of overdue debts: Federal Law 230-FZ, articles 7 and 8. Its working days are in `ru-days.ts`.

import { all, any, type Condition, fact } from '@clientele/core/condition'
import type { Cap } from '../model.js'
import { assemble, type Choices, option, optional } from './assemble.js'
import type { Preset, Provision } from './model.js'
import { attemptCases, COMMON_CASES, conversationCases } from './ru-collection-cases.js'
import { LAST_YEAR_KNOWN, WORKING_DAYS } from './ru-days.js'
import { channelFact, directionFact, outbound, unless } from './terms.js'

const article = (paragraph: string, note?: string): Provision => ({
  source: `Federal Law 230-FZ of 3 July 2016, ${paragraph}`,
  effectiveFrom: '2017-01-01',
  effectiveTo: null,
  verified: true,
  ...(note === undefined ? {} : { note }),
})

const ROBOT =
  'Talks by an automated intelligent agent (`robot`) count as talks from 2024-02-01 (Federal Law 467-FZ of 4 August 2023).'
const PERIODS =
  'Weeks are those of the calendar, from Monday, and months those of the calendar, at the debtor’s place.'

const RULES = {
  'ru-barred': article(
    'article 7(1), article 8',
    'From memory as to article 8: direct interaction only through a representative, or refused.',
  ),
  'ru-talk-day': article('article 7(3), point 3(a)', ROBOT),
  'ru-talk-week': article('article 7(3), point 3(b)', `${ROBOT} ${PERIODS}`),
  'ru-talk-month': article('article 7(3), point 3(c)', `${ROBOT} ${PERIODS}`),
  'ru-meeting-week': article('article 7(3), point 2', PERIODS),
  'ru-message-day': article('article 7(5), point 2(a)', PERIODS),
  'ru-message-week': article('article 7(5), point 2(b)', PERIODS),
  'ru-message-month': article('article 7(5), point 2(c)', PERIODS),
  'ru-hours': article(
    'article 7(3), point 1, and article 7(5), point 1',
    `Working days by the production calendar of the five-day week; transfers are known up to ${LAST_YEAR_KNOWN}. ${ROBOT}`,
  ),
} satisfies { readonly [rule: string]: Provision }

const TALK: Condition = all(fact('channel').in(['call', 'robot']), outbound)
const MEETING: Condition = all(fact('channel').eq('meeting'), outbound)
const MESSAGE: Condition = all(
  fact('channel').in(['sms', 'messenger', 'email', 'push', 'voice-message', 'telegram']),
  outbound,
)
const DIRECT: Condition = any(TALK, MEETING)

const BARS = ['bankrupt', 'incapacitated', 'hospital', 'disabled-1', 'minor', 'refused', 'representative']

type Unit = 'day' | 'week' | 'month'

const cap = (
  id: string,
  label: string,
  when: Condition,
  counts: Condition,
  limit: number,
  unit: Unit,
): Cap => ({
  id,
  label,
  when,
  counts,
  limit,
  window: { calendar: unit, zone: 'recipient' },
})

/** The preset, by its options. */
export const ruCollection = (choices: Choices): Preset => {
  const talk = option(
    choices,
    'talk',
    ['conversation', 'attempt'],
    'What counts as telephone talks: `conversation`, a call on which somebody spoke; `attempt`, every call placed, answered or not.',
  )
  const held = talk.chosen === 'conversation'
  const talks: Condition = held ? all(TALK, fact('conversation').eq(true)) : TALK
  const meetings: Condition = held ? all(MEETING, unless('conversation', false)) : MEETING
  return assemble({
    id: 'ru.230fz.collection',
    title: '230-FZ: how often and when a debtor is addressed',
    jurisdiction: 'Russian Federation: creditors and collectors of overdue debts of natural persons',
    covers: [
      'Telephone talks by the creditor’s initiative: one a day, two a week, eight a month; talks of a robot count.',
      'Personal meetings: one a week.',
      'Text, voice and other messages: two a day, four a week, sixteen a month, all kinds together.',
      'Nothing of these on working days from 22:00 to 8:00 and on weekends and non-working holidays from 20:00 to 9:00, at the debtor’s place of residence or stay.',
      'No direct interaction with a debtor who is bankrupt, incapacitated, in hospital, disabled of group I or a minor, or who refused it or named a representative: told with each attempt as `bar`.',
    ],
    doesNotCover: [
      'Whether limits are per debtor or per obligation where one creditor has several: all are counted together, the stricter reading. Give debts recipients of their own if counsel reads it otherwise.',
      'Paragraph numbers are those of the law as published in 2016; Federal Law 467-FZ edited article 7, and its numbering was not compared.',
      'Other creditors’ and agents’ contacts about the same debt, unless you record them here.',
      'Interaction with third parties (article 4(5)), letters by post, who may act at all, numbers that must be shown, what must be said, recording.',
      'When a refusal takes effect and how it is given (article 8); agreements on another frequency (article 7(13)).',
      `Days off that are moved by decree after ${LAST_YEAR_KNOWN}: bind your own calendar in place of "russia". Regional holidays, if they apply, likewise.`,
      'The robot before 1 February 2024: past dates are judged by today’s rules.',
    ],
    options: { talk },
    facts: {
      channel: channelFact(
        '`call`, `robot` (automated intelligent agent); `meeting`; messages `sms`, `messenger`, `email`, `push`, `voice-message`, `telegram`',
      ),
      direction: directionFact,
      conversation: optional(
        'boolean',
        'true on the touch of a call on which somebody spoke; false on that of a visit at which nobody was met. Limits count touches, not events: reserve a call with `conversation` true, commit it when somebody spoke, release it when nobody did.',
      ),
      bar: optional(
        'string',
        `Why direct interaction is not allowed: ${BARS.map((bar) => `\`${bar}\``).join(', ')}.`,
      ),
    },
    rules: RULES,
    policy: {
      calendars: { russia: WORKING_DAYS },
      caps: [
        {
          id: 'ru-barred',
          label: 'Direct interaction is not allowed',
          when: all(DIRECT, fact('bar').in(BARS)),
          limit: 0,
          window: { lifetime: true },
        },
        cap('ru-talk-day', 'One talk a day', TALK, talks, 1, 'day'),
        cap('ru-talk-week', 'Two talks a week', TALK, talks, 2, 'week'),
        cap('ru-talk-month', 'Eight talks a month', TALK, talks, 8, 'month'),
        cap('ru-meeting-week', 'One meeting a week', MEETING, meetings, 1, 'week'),
        cap('ru-message-day', 'Two messages a day', MESSAGE, MESSAGE, 2, 'day'),
        cap('ru-message-week', 'Four messages a week', MESSAGE, MESSAGE, 4, 'week'),
        cap('ru-message-month', 'Sixteen messages a month', MESSAGE, MESSAGE, 16, 'month'),
      ],
      quiet: [
        {
          id: 'ru-hours',
          label: 'At night, and longer on days off',
          when: any(DIRECT, MESSAGE),
          calendar: 'russia',
          periods: [
            { days: ['open'], between: '00:00-08:00' },
            { days: ['open'], between: '22:00-24:00' },
            { days: ['closed'], between: '00:00-09:00' },
            { days: ['closed'], between: '20:00-24:00' },
          ],
        },
      ],
    },
    cases: [...COMMON_CASES, ...(held ? conversationCases : attemptCases)],
  })
}
