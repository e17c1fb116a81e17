// The official interpretations' own examples of 12 CFR 1006.14(b), with years in which their weekdays fall as stated.

import type { Command, Facts } from '../model.js'
import { allowed, denied, person, presumed, showing } from './cases.js'
import type { PresetCase } from './model.js'

const { record, check, reserve, commit, release } = person('America/New_York')

const call = (more: Facts = {}): Facts => ({ channel: 'call', debt: 'card', ...more })
const talk = (more: Facts = {}): Facts => call({ conversation: true, ...more })
const unanswered = (more: Facts = {}): Facts => call({ outcome: 'unanswered', ...more })

/** At ten in the morning, Eastern daylight time, of a day of 2026. */
const at = (day: string, time = '10:00:00'): string => `2026-${day}T${time}-04:00`

const placed = (days: readonly string[], facts: Facts, time?: string): Command[] =>
  days.map((day) => record(at(day, time), facts))

const SIX_DAYS = ['04-02', '04-03', '04-04', '04-05', '04-06', '04-07']
/** Comment 14(b)(2)(i)-1.i. */
const SEVEN = [record(at('04-01'), call({ outcome: 'voicemail' })), ...placed(SIX_DAYS, unanswered())]
/** Comment 14(b)(2)(ii)-1.i. */
const SEVEN_IN_SIX_DAYS = [
  record(at('04-01'), call({ outcome: 'voicemail' })),
  ...['04-02', '04-03', '04-06'].flatMap((day) => [
    record(at(day), unanswered()),
    record(at(day, '15:00:00'), unanswered()),
  ]),
]
/** Comment 14(b)(3)(i)-3.i: a talk, and in it the consent to be called back. */
const CALL_BACK = [
  record(at('04-03'), talk()),
  record(at('04-03', '10:05:00'), { event: 'consent', debt: 'card' }),
]
/** Comment 14(b)(3)(i)-3.iii. */
const CONSENT_BY_MAIL = [
  ...placed(['06-01', '06-02', '06-03'], unanswered()),
  record(at('06-04'), { event: 'consent', debt: 'card' }),
  ...['06-08', '06-09'].flatMap((day) => placed([day, day, day, day], unanswered())),
]

/** As the rule counts. */
export const CIVIL_CASES: readonly PresetCase[] = [
  showing(
    '12 CFR 1006.14(b)(2)(i)(A), comment 14(b)(2)(i)-1.i: seven calls 1–7 April, the next on 8 April complies',
    [...SEVEN, check(at('04-08', '00:00:00'), call())],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i)(A), comment 14(b)(2)(i)-1.i: the seventh call itself complies',
    [...SEVEN.slice(0, -1), check(at('04-07', '23:59:59'), call())],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(2)(ii), comment 14(b)(2)(ii)-1.i: the eighth call from 1 to 7 April is presumed a violation',
    [...SEVEN_IN_SIX_DAYS, check(at('04-07'), call())],
    presumed('regF-7-in-7', '2026-04-08T04:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i)(A): the last second of the seventh day is still within',
    [...SEVEN, check(at('04-07', '23:59:59'), call())],
    presumed('regF-7-in-7', '2026-04-08T04:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i)(B), comment 14(b)(2)(i)-1.ii: the consumer calls on 13 August, no call before 20 August',
    [record(at('08-13'), talk({ direction: 'inbound' })), check(at('08-19', '23:59:59'), call())],
    presumed('regF-after-talk', '2026-08-20T04:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i)(B), comment 14(b)(2)(i)-1.ii: the consumer calls on 13 August, a call on 20 August complies',
    [record(at('08-13'), talk({ direction: 'inbound' })), check(at('08-20', '00:00:00'), call())],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(2)(ii), comment 14(b)(2)(ii)-1.ii: unanswered 11 August, talk 14 August, no call before 21 August',
    [record(at('08-11'), unanswered()), record(at('08-14'), talk()), check(at('08-17'), call())],
    presumed('regF-after-talk', '2026-08-21T04:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i)(B): conversation 8 September, the call of 15 September complies',
    [record(at('09-08', '23:59:59'), talk()), check(at('09-15', '00:00:00'), call())],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i)(B), over the end of daylight saving time: talk 27 October, next call 3 November',
    [record(at('10-27'), talk()), check('2026-11-02T23:59:59-05:00', call())],
    presumed('regF-after-talk', '2026-11-03T05:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b)(3)(i), comment 14(b)(3)(i)-3.i: "call back on Monday" allows the call of Monday 6 April',
    [...CALL_BACK, check(at('04-06'), call())],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(3)(i), comment 14(b)(3)(i)-3.ii: the talk of 6 April ends the consent, 8 April is refused',
    [...CALL_BACK, record(at('04-06'), talk()), check(at('04-08'), call())],
    presumed('regF-after-talk', '2026-04-13T04:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b)(3)(i), comment 14(b)(3)(i)-3.iii: eight unanswered calls under a consent of 4 June do not count',
    [...CONSENT_BY_MAIL, check(at('06-10'), call())],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(3)(i), comment 14(b)(3)(i)-3.iii: from 11 June calls count again',
    [
      ...CONSENT_BY_MAIL,
      ...placed(Array(7).fill('06-11'), unanswered()),
      check(at('06-11', '11:00:00'), call()),
    ],
    presumed('regF-7-in-7', '2026-06-18T04:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b)(3)(i), comment 14(b)(3)(i)-2(2): a revoked consent counts no more',
    [
      ...CALL_BACK,
      record(at('04-05'), { event: 'consent-revoked', debt: 'card' }),
      check(at('04-06'), call()),
    ],
    presumed('regF-after-talk', '2026-04-10T04:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b)(3)(ii), comment 14(b)(3)(ii)-1: busy and not in service do not count',
    [
      ...SEVEN.slice(0, -1),
      record(at('04-07'), call({ outcome: 'busy' })),
      record(at('04-07'), call({ outcome: 'not-in-service' })),
      check(at('04-07', '12:00:00'), call()),
    ],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(3)(ii), comment 14(b)(3)(ii)-1: a reserved call that was not connected is released',
    [
      ...SEVEN.slice(0, -1),
      reserve(at('04-07'), 'busy', call()),
      release(at('04-07', '10:01:00'), 'busy'),
      check(at('04-07', '12:00:00'), call()),
    ],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i)(B): a talk known after its call was committed is told as an event',
    [
      reserve(at('08-14'), 'rang', call()),
      commit(at('08-14', '10:01:00'), 'rang'),
      record(at('08-14', '10:05:00'), { event: 'conversation', ...talk() }),
      check(at('08-20', '23:59:59'), call()),
    ],
    presumed('regF-after-talk', '2026-08-21T04:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b)(3)(iii): calls to the consumer’s attorney are outside',
    [record(at('08-14'), talk()), check(at('08-17'), call({ party: 'consumer-attorney' }))],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(4), comment 14(b)(4)-2.i: seven unanswered calls for each of three debts comply',
    [
      ...['medical', 'card A', 'card B'].flatMap((debt) => placed(SIX_DAYS, unanswered({ debt }))),
      record(at('04-07', '11:00:00'), unanswered({ debt: 'medical' })),
      record(at('04-07', '11:00:00'), unanswered({ debt: 'card A' })),
      check(at('04-07', '12:00:00'), call({ debt: 'card B' })),
    ],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(4), comment 14(b)(4)-1.ii: both debts of a talk are blocked, whoever brought them up',
    [
      record(at('08-14'), talk({ debt: 'medical' })),
      record(at('08-14'), { channel: 'call', event: 'conversation', conversation: true, debt: 'card' }),
      check(at('08-17'), call()),
    ],
    presumed('regF-after-talk', '2026-08-21T04:00:00Z'),
  ),
  showing(
    '12 CFR 1006.14(b), comment 14(b)-1: a text message is no call',
    [...SEVEN, check(at('04-07', '12:00:00'), { channel: 'sms', debt: 'card' })],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i): a call that tells no debt cannot be counted and is refused',
    [check(at('04-07'), { channel: 'call' })],
    denied('regF-debt', null),
  ),
]

/** With 168 hours besides. */
export const ROLLING_CASES: readonly PresetCase[] = [
  showing(
    '12 CFR 1006.14(b)(2)(i)(A), strict: seven calls on 1 April at 15:00, on 8 April at 10:00 within 168 hours',
    [...placed(Array(7).fill('04-01'), unanswered(), '15:00:00'), check(at('04-08'), call())],
    { ...presumed('regF-7-in-168h', '2026-04-08T19:00:00Z') },
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i)(A), strict: 168 hours have passed to the second',
    [...placed(Array(7).fill('04-01'), unanswered(), '15:00:00'), check(at('04-08', '15:00:00'), call())],
    allowed,
  ),
  showing(
    '12 CFR 1006.14(b)(2)(i)(B), strict: a talk on 8 September at 15:00 blocks until 15 September at 15:00',
    [record(at('09-08', '15:00:00'), talk()), check(at('09-15', '14:59:59'), call())],
    presumed('regF-after-talk-168h', '2026-09-15T19:00:00Z'),
  ),
]
