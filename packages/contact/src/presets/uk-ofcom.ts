// United Kingdom: Ofcom's policy on persistent misuse, as to calling a number again.

import { all, type Condition, fact } from '@clientele/core/condition'
import type { CoolDown } from '../model.js'
import { assemble, optional, required } from './assemble.js'
import { about, allowed, denied, person, showing } from './cases.js'
import type { Preset, PresetCase, Provision } from './model.js'
import { channelFact, directionFact, guard, guardOf, placedCall, unless } from './terms.js'

const STATEMENT =
  'Ofcom, persistent misuse statement in force from 1 March 2017 (Communications Act 2003, ss. 128–131)'

const rule = (what: string, note: string): Provision => ({
  source: `${STATEMENT}: ${what}`,
  effectiveFrom: '2017-03-01',
  effectiveTo: null,
  verified: false,
  note,
})

const RULES = {
  'ofcom-abandoned-72h': rule(
    'abandoned calls',
    'The 72 hours were read in a dialler maker’s summary of an earlier statement (2006); whether and where the statement of 2017 repeats them was not re-read.',
  ),
  'ofcom-machine-24h': rule(
    'answer machine detection',
    'The 24 hours come from the statement of 2010 (applied from 1 February 2011); whether they end at midnight, and the wording of 2017, were not re-read. 24 elapsed hours are the stricter reading.',
  ),
}

/** Placed without a guarantee that a person speaks. */
const UNATTENDED: Condition = all(placedCall, unless('operator', 'guaranteed'))

const pause = (id: string, label: string, outcome: string, hours: string): CoolDown => ({
  id,
  label,
  after: all(placedCall, fact('outcome').eq(outcome)),
  blocks: UNATTENDED,
  window: { rolling: hours },
  per: ['number'],
})

const london = person('Europe/London')
const other = about({ id: 'Q', zone: 'Europe/London' })
const CALL = { channel: 'call', number: '+442079460000' }
const ABANDONED = london.record('2026-06-01T12:00:00+01:00', { ...CALL, outcome: 'abandoned' })
const MACHINE = london.record('2026-06-01T12:00:00+01:00', { ...CALL, outcome: 'machine-detected' })

const CASES: readonly PresetCase[] = [
  showing(
    `${STATEMENT}: within 72 hours after an abandoned call`,
    [ABANDONED, london.check('2026-06-04T11:59:59+01:00', CALL)],
    denied('ofcom-abandoned-72h', '2026-06-04T11:00:00Z'),
  ),
  showing(
    `${STATEMENT}: 72 hours after an abandoned call`,
    [ABANDONED, london.check('2026-06-04T12:00:00+01:00', CALL)],
    allowed,
  ),
  showing(
    `${STATEMENT}: within 72 hours with the guaranteed presence of an operator`,
    [ABANDONED, london.check('2026-06-02T12:00:00+01:00', { ...CALL, operator: 'guaranteed' })],
    allowed,
  ),
  showing(
    `${STATEMENT}: it is the number that is not called, whoever is meant`,
    [ABANDONED, other.check('2026-06-02T12:00:00+01:00', CALL)],
    denied('ofcom-abandoned-72h', '2026-06-04T11:00:00Z'),
  ),
  showing(
    `${STATEMENT}: a call that tells no number cannot be judged and is refused`,
    [london.check('2026-06-01T12:00:00+01:00', { channel: 'call' })],
    denied('ofcom-number', null),
  ),
  showing(
    `${STATEMENT}: within 24 hours after an answering machine was detected`,
    [MACHINE, london.check('2026-06-02T11:59:59+01:00', CALL)],
    denied('ofcom-machine-24h', '2026-06-02T11:00:00Z'),
  ),
  showing(
    `${STATEMENT}: 24 hours after an answering machine was detected`,
    [MACHINE, london.check('2026-06-02T12:00:00+01:00', CALL)],
    allowed,
  ),
  showing(
    `${STATEMENT}: 72 elapsed hours over the end of summer time end an hour earlier by the clock`,
    [
      london.record('2026-10-24T12:00:00+01:00', { ...CALL, outcome: 'abandoned' }),
      london.check('2026-10-27T10:59:59Z', CALL),
    ],
    denied('ofcom-abandoned-72h', '2026-10-27T11:00:00Z'),
  ),
]

/** The preset. */
export const ukOfcom = (): Preset =>
  assemble({
    id: 'uk.ofcom.misuse',
    title: 'Ofcom: 72 hours after an abandoned call, 24 hours after a detected machine',
    jurisdiction: 'United Kingdom: outbound calls by automated calling systems',
    covers: [
      'A number to which an abandoned call was made is not called again within 72 hours, unless an operator is guaranteed to be there.',
      'A number at which answer machine detection found a machine is not called again within 24 hours, unless an operator is guaranteed to be there.',
    ],
    doesNotCover: [
      'It is a statement of policy on enforcement, not a rule of law with numbers: Ofcom looks at harm as a whole.',
      'The rate of abandoned calls, the information message, ringing for 15 seconds, calling line identification, silent calls.',
      'Consent to marketing, TPS and CTPS: the Privacy and Electronic Communications Regulations 2003, which the ICO enforces.',
      'Hours: the statement names none.',
    ],
    options: {},
    facts: {
      channel: channelFact('`call`, `robot`'),
      number: required('string', 'The number called, in one spelling, such as E.164.'),
      outcome: optional(
        'string',
        '`abandoned`: answered by a person and ended for want of an operator; `machine-detected`: taken for an answering machine by detection.',
      ),
      operator: optional(
        'string',
        '`guaranteed` when an operator is sure to be there if the call is answered.',
      ),
      direction: directionFact,
    },
    rules: { ...RULES, 'ofcom-number': guardOf('number', RULES['ofcom-abandoned-72h']) },
    policy: {
      caps: [guard('ofcom-number', 'number', placedCall)],
      coolDowns: [
        pause('ofcom-abandoned-72h', '72 hours after an abandoned call', 'abandoned', 'PT72H'),
        pause('ofcom-machine-24h', '24 hours after a detected machine', 'machine-detected', 'PT24H'),
      ],
    },
    cases: CASES,
  })
