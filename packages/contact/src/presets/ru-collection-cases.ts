// Cases of 230-FZ: the numbers of article 7, and dates of the production calendar.

import type { Command, Facts } from '../model.js'
import { allowed, deferred, denied, person, showing } from './cases.js'
import type { PresetCase } from './model.js'

const moscow = person('Europe/Moscow')
const vladivostok = person('Asia/Vladivostok')

const CALL: Facts = { channel: 'call' }
const TALK: Facts = { channel: 'call', conversation: true }
const SMS: Facts = { channel: 'sms' }

const at = (date: string, time = '12:00:00', offset = '+03:00'): string => `2026-${date}T${time}${offset}`
const talks = (dates: readonly string[], facts: Facts = TALK): Command[] =>
  dates.map((date) => moscow.record(at(date), facts))

/** Eight talks of March, never more than two a week. */
const EIGHT = ['03-01', '03-03', '03-04', '03-10', '03-11', '03-17', '03-18', '03-24']

export const COMMON_CASES: readonly PresetCase[] = [
  showing(
    '230-FZ, article 7(3), point 1: a working day, the second before 22:00',
    [moscow.check(at('06-01', '21:59:59'), CALL)],
    allowed,
  ),
  showing(
    '230-FZ, article 7(3), point 1: a working day from 22:00 to 8:00',
    [moscow.check(at('06-01', '22:00:00'), CALL)],
    deferred('ru-hours', '2026-06-02T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 1: Friday evening; Saturday begins at 9:00',
    [moscow.check(at('06-05', '22:00:00'), CALL)],
    deferred('ru-hours', '2026-06-06T06:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 1: Sunday 8:30 is too early',
    [moscow.check(at('06-07', '08:30:00'), CALL)],
    deferred('ru-hours', '2026-06-07T06:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 1: Sunday 10:00 is lawful',
    [moscow.check(at('06-07', '10:00:00'), CALL)],
    allowed,
  ),
  showing(
    '230-FZ, article 7(3), point 1: Sunday evening from 20:00; Monday begins at 8:00',
    [moscow.check(at('06-07', '20:00:00'), CALL)],
    deferred('ru-hours', '2026-06-08T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 1: Saturday 1 November 2025 is a working day (Government decree No. 1335)',
    [moscow.check('2025-11-01T21:30:00+03:00', CALL)],
    allowed,
  ),
  showing(
    '230-FZ, article 7(3), point 1: Monday 3 November 2025 is a day off moved by decree',
    [moscow.check('2025-11-03T08:30:00+03:00', CALL)],
    deferred('ru-hours', '2025-11-03T06:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 1: Friday 12 June 2026, a non-working holiday',
    [moscow.check(at('06-12', '20:30:00'), CALL)],
    deferred('ru-hours', '2026-06-13T06:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 1: the clock of the debtor’s place, Vladivostok, seven hours ahead of Moscow',
    [vladivostok.check(at('06-05', '15:00:00'), CALL)],
    deferred('ru-hours', '2026-06-05T23:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(5), point 1: messages keep the same hours',
    [moscow.check(at('06-07', '20:00:00'), SMS)],
    deferred('ru-hours', '2026-06-08T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 2: a second meeting in one week',
    [
      moscow.record(at('06-01'), { channel: 'meeting' }),
      moscow.check(at('06-07', '19:00:00'), { channel: 'meeting' }),
    ],
    denied('ru-meeting-week', '2026-06-08T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(5), point 2(a): a third message on one day, of whatever kind',
    [
      moscow.record(at('06-01', '09:00:00'), SMS),
      moscow.record(at('06-01', '10:00:00'), { channel: 'messenger' }),
      moscow.check(at('06-01'), { channel: 'email' }),
    ],
    denied('ru-message-day', '2026-06-02T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(5), point 2(b): a fifth message in one week',
    [
      ...['06-01', '06-02', '06-03', '06-04'].map((date) => moscow.record(at(date), SMS)),
      moscow.check(at('06-05'), SMS),
    ],
    denied('ru-message-week', '2026-06-08T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(5), point 2(c): a seventeenth message in one month',
    [
      ...['06-01', '06-08', '06-15', '06-22'].flatMap((date) => [
        ...Array.from({ length: 2 }, () => moscow.record(at(date), SMS)),
        ...Array.from({ length: 2 }, () =>
          moscow.record(at(date.replace(/.$/, (day) => `${Number(day) + 1}`)), SMS),
        ),
      ]),
      moscow.check(at('06-29'), SMS),
    ],
    denied('ru-message-month', '2026-07-01T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(1), point 1: a bankrupt debtor is not called',
    [moscow.check(at('06-01'), { ...CALL, bar: 'bankrupt' })],
    denied('ru-barred', null),
  ),
  showing(
    '230-FZ, article 7(1): the bars are of direct interaction; a message passes',
    [moscow.check(at('06-01'), { ...SMS, bar: 'bankrupt' })],
    allowed,
  ),
]

/** A talk is a conversation. */
export const conversationCases: readonly PresetCase[] = [
  showing(
    '230-FZ, article 7(3), point 3(a): a second talk on one day',
    [...talks(['06-01']), moscow.check(at('06-01', '21:00:00'), CALL)],
    denied('ru-talk-day', '2026-06-02T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 3(b): two talks on weekdays bar talks on the weekend',
    [...talks(['06-01', '06-04']), moscow.check(at('06-06'), CALL)],
    denied('ru-talk-week', '2026-06-08T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 3(b): on Monday a new week begins',
    [...talks(['06-05', '06-07']), moscow.check(at('06-08', '08:00:00'), CALL)],
    allowed,
  ),
  showing(
    '230-FZ, article 7(3), point 3(c): a ninth talk in one month',
    [...talks(EIGHT), moscow.check(at('03-25'), CALL)],
    denied('ru-talk-month', '2026-04-01T05:00:00Z'),
  ),
  showing(
    '230-FZ, articles 2 and 7(3) as of 1 February 2024: the talk of a robot counts',
    [
      ...talks(['06-01'], { channel: 'robot', conversation: true }),
      moscow.check(at('06-01', '15:00:00'), CALL),
    ],
    denied('ru-talk-day', '2026-06-02T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 3(a): a call reserved and committed as a talk counts, one released does not',
    [
      moscow.reserve(at('06-01', '10:00:00'), 'silent', TALK),
      moscow.release(at('06-01', '10:01:00'), 'silent'),
      moscow.reserve(at('06-01', '11:00:00'), 'spoken', TALK),
      moscow.commit(at('06-01', '11:05:00'), 'spoken'),
      moscow.check(at('06-01', '15:00:00'), CALL),
    ],
    denied('ru-talk-day', '2026-06-02T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3): a talk that the debtor began is not by the creditor’s initiative',
    [...talks(['06-01'], { ...TALK, direction: 'inbound' }), moscow.check(at('06-01', '15:00:00'), CALL)],
    allowed,
  ),
  showing(
    '230-FZ, article 7(3), point 3, option "talk" (conversation): unanswered calls are no talks',
    [
      ...talks(['06-01', '06-01', '06-01'], { channel: 'call', outcome: 'unanswered' }),
      moscow.check(at('06-01', '15:00:00'), CALL),
    ],
    allowed,
  ),
]

/** A talk is every call. */
export const attemptCases: readonly PresetCase[] = [
  showing(
    '230-FZ, article 7(3), point 3(a), option "talk" (attempt): an unanswered call counts',
    [...talks(['06-01'], CALL), moscow.check(at('06-01', '15:00:00'), CALL)],
    denied('ru-talk-day', '2026-06-02T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 3(b), option "talk" (attempt): two unanswered calls bar the weekend',
    [...talks(['06-01', '06-04'], CALL), moscow.check(at('06-06'), { channel: 'robot' })],
    denied('ru-talk-week', '2026-06-08T05:00:00Z'),
  ),
  showing(
    '230-FZ, article 7(3), point 3(b), option "talk" (attempt): on Monday a new week begins',
    [...talks(['06-05', '06-07'], CALL), moscow.check(at('06-08', '08:00:00'), CALL)],
    allowed,
  ),
]
