// The hours of debt collection: 15 USC 1692c(a)(1) and 12 CFR 1006.6(b)(1)(i).

import { all, fact } from '@clientele/core/condition'
import { assemble, optional } from './assemble.js'
import { about, allowed, deferred, person, showing } from './cases.js'
import type { Preset, PresetCase } from './model.js'
import { directionFact, outbound, unless } from './terms.js'

const LETTER = { channel: 'email' }
const CALL = { channel: 'call' }

const east = person('America/New_York')
const eastOrPacific = about({ id: 'P', zones: ['America/New_York', 'America/Los_Angeles'] })
const eastOrMountain = about({ id: 'P', zones: ['America/New_York', 'America/Denver'] })
const arizona = person('America/Phoenix')
const nowhere = about({ id: 'P' })

const CASES: readonly PresetCase[] = [
  showing(
    '15 USC 1692c(a)(1): the second before 8:00 is inconvenient',
    [east.check('2026-06-01T07:59:59-04:00', CALL)],
    deferred('fdcpa-hours', '2026-06-01T12:00:00Z'),
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i): 8:00 is not before 8:00',
    [east.check('2026-06-01T08:00:00-04:00', CALL)],
    allowed,
  ),
  showing(
    '15 USC 1692c(a)(1): the second before 21:00 is convenient',
    [east.check('2026-06-01T20:59:59-04:00', CALL)],
    allowed,
  ),
  showing(
    '15 USC 1692c(a)(1): 21:00 is not before 9 o’clock postmeridian',
    [east.check('2026-06-01T21:00:00-04:00', CALL)],
    deferred('fdcpa-hours', '2026-06-02T12:00:00Z'),
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i), over the start of daylight saving time: 8:00 of 8 March is daylight time',
    [east.check('2026-03-07T22:00:00-05:00', CALL)],
    deferred('fdcpa-hours', '2026-03-08T12:00:00Z'),
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i): Arizona keeps standard time in summer',
    [arizona.check('2026-06-01T20:59:59-07:00', CALL)],
    allowed,
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-1: an e-mail occurs when it is sent',
    [east.check('2026-06-01T23:00:00-04:00', LETTER)],
    deferred('fdcpa-hours', '2026-06-02T12:00:00Z'),
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2.i: Eastern number, Pacific address, before 11:00 Eastern',
    [eastOrPacific.check('2026-06-01T10:59:59-04:00', CALL)],
    deferred('fdcpa-hours', '2026-06-01T15:00:00Z'),
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2.i: 20:59:59 Eastern is convenient in both',
    [eastOrPacific.check('2026-06-01T20:59:59-04:00', CALL)],
    allowed,
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2.i: 21:00 Eastern is 18:00 Pacific, and inconvenient',
    [eastOrPacific.check('2026-06-01T18:00:00-07:00', CALL)],
    deferred('fdcpa-hours', '2026-06-02T15:00:00Z'),
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2.ii: Eastern and Mountain numbers, from 10:00 Eastern',
    [eastOrMountain.check('2026-06-01T10:00:00-04:00', CALL)],
    allowed,
  ),
  showing(
    '12 CFR 1006.6(b)(4)(i): prior consent given directly',
    [east.check('2026-06-01T22:00:00-04:00', { channel: 'call', permission: 'consumer' })],
    allowed,
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i): the consumer called',
    [east.check('2026-06-01T22:00:00-04:00', { channel: 'call', direction: 'inbound' })],
    allowed,
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i): a letter is written at night',
    [east.check('2026-06-01T22:00:00-04:00', { channel: 'post' })],
    allowed,
  ),
  showing(
    '12 CFR 1006.6(b)(1)(i): nobody knows where the consumer is',
    [nowhere.check('2026-06-01T16:00:00Z', CALL)],
    { verdict: 'deny', rules: ['fdcpa-hours'], nextAllowedAt: null },
  ),
]

/** The preset. */
export const usFdcpa = (): Preset =>
  assemble({
    id: 'us.fdcpa.hours',
    title: 'FDCPA: 8:00 to 21:00 where the consumer is',
    jurisdiction: 'United States, federal: debt collectors under the FDCPA',
    covers: [
      'Without knowledge to the contrary, before 8:00 and after 21:00 at the consumer’s location is inconvenient, for every medium but letters; an electronic message occurs when it is sent.',
      'Where the location is ambiguous, a time must be convenient in all places indicated: give the recipient `zones`.',
      'Prior consent given directly and the express permission of a court pass it over.',
    ],
    doesNotCover: [
      'Times and places that the consumer has called inconvenient, or that the collector should know are (comment 6(b)(1)-1), and the one response to a message of the consumer’s (comment 6(b)(1)-2).',
      'The place of work (1006.6(b)(3)), an attorney’s representation (1006.6(b)(2)), cease requests (1006.6(c)), third parties (1006.6(d)).',
      'At the very second of 8:00 statute ("after 8 o’clock") and rule ("before 8:00" is inconvenient) differ; the rule is followed. 21:00:00 is refused, as the statute has it.',
      'State law, which may be stricter.',
    ],
    options: {},
    facts: {
      channel: optional('string', '`post` for a letter, which keeps no hours; all other media do.'),
      direction: directionFact,
      permission: optional(
        'string',
        '`consumer`: prior consent to this time, given directly in a lawful communication; `court`: express permission of a court.',
      ),
    },
    rules: {
      'fdcpa-hours': {
        source: '15 USC 1692c(a)(1); 12 CFR 1006.6(b)(1)(i) and comments 6(b)(1)(i)-1 and -2',
        effectiveFrom: '1978-03-20',
        effectiveTo: null,
        verified: true,
        note: '12 CFR 1006.6 and its reading of electronic messages and of ambiguous places: from 2021-11-30. The date of the statute was not re-read.',
      },
      'fdcpa-permission': {
        source: '12 CFR 1006.6(b)(4)',
        effectiveFrom: '2021-11-30',
        effectiveTo: null,
        verified: true,
      },
    },
    policy: {
      quiet: [
        {
          id: 'fdcpa-hours',
          label: 'Before 8:00 and from 21:00 on',
          when: all(outbound, unless('channel', 'post')),
          periods: [{ between: '21:00-08:00' }],
        },
      ],
      exempt: [
        {
          id: 'fdcpa-permission',
          label: 'With the consumer’s prior consent, or by permission of a court',
          when: fact('permission').in(['consumer', 'court']),
          from: ['quiet'],
        },
      ],
    },
    cases: CASES,
  })
