// Telephone solicitation and exempted prerecorded calls: 47 CFR 64.1200(c)(1) and (a)(3).

import { all, type Condition, fact } from '@clientele/core/condition'
import type { Cap } from '../model.js'
import { assemble, type Choices, option, optional, required } from './assemble.js'
import { allowed, deferred, denied, person, showing } from './cases.js'
import type { Preset, PresetCase, Provision } from './model.js'
import { categoryFact, channelFact, directionFact, guard, guardOf, marketingBy, outbound } from './terms.js'

const prerecorded = (paragraph: string): Provision => ({
  source: `47 CFR 64.1200(a)(3)(${paragraph})`,
  effectiveFrom: '2023-07-20',
  effectiveTo: null,
  verified: true,
})

const RULES = {
  'tcpa-hours': {
    source: '47 CFR 64.1200(c)(1), (e), (f)(15)',
    effectiveFrom: '1992-12-20',
    effectiveTo: null,
    verified: true,
    note: 'The text forbids calls "before the hour of 8 a.m. or after 9 p.m."; the second 21:00:00 is refused here. Paragraph (e) names text messages to wireless numbers; courts may not follow the FCC in it. The date is from memory.',
  },
  'tcpa-not-solicitation': {
    source: '47 CFR 64.1200(f)(15)(i) through (iii)',
    effectiveFrom: '1992-12-20',
    effectiveTo: null,
    verified: false,
    note: 'Read in secondary sources; the numbering of (f) has changed over the years. See the option "permission".',
  },
  'tcpa-prerecorded-30-days': {
    ...prerecorded('ii) through (iv'),
    note: '"Any consecutive thirty-day period" is taken as 30 × 24 elapsed hours, the stricter reading.',
  },
  'tcpa-health-day': prerecorded('v'),
  'tcpa-health-week': {
    ...prerecorded('v'),
    note: '"Per week" is taken as any seven consecutive local dates, the stricter reading.',
  },
} satisfies { readonly [rule: string]: Provision }

const exempted = (...kinds: readonly string[]): Condition =>
  all(fact('channel').eq('robot'), fact('line').eq('residential'), fact('exemption').in(kinds), outbound)

const THREE = exempted('noncommercial', 'informational', 'nonprofit')
const HEALTH = exempted('health')

const cap = (id: string, label: string, when: Condition, limit: number, span: Cap['window']): Cap => ({
  id,
  label,
  when,
  limit,
  window: span,
  per: ['number'],
})

const SALE = { channel: 'call', category: 'marketing' }
const robot = (exemption: string) => ({
  channel: 'robot',
  line: 'residential',
  exemption,
  number: '+15550100',
})
const pacific = person('America/Los_Angeles')
const central = person('America/Chicago')

const casesOf = (permission: string): readonly PresetCase[] => [
  showing(
    '47 CFR 64.1200(c)(1): 8:15 Central to California is 6:15 where the called party is',
    [pacific.check('2026-06-01T08:15:00-05:00', SALE)],
    deferred('tcpa-hours', '2026-06-01T15:00:00Z'),
  ),
  showing(
    '47 CFR 64.1200(c)(1): the last second before 21:00',
    [central.check('2026-06-01T20:59:59-05:00', SALE)],
    allowed,
  ),
  showing(
    '47 CFR 64.1200(c)(1), over the end of daylight saving time: from 31 October 21:00 to 1 November 8:00 standard time',
    [central.check('2026-10-31T21:00:00-05:00', SALE)],
    deferred('tcpa-hours', '2026-11-01T14:00:00Z'),
  ),
  showing(
    '47 CFR 64.1200(f)(15): a call that sells nothing is no telephone solicitation',
    [central.check('2026-06-01T22:00:00-05:00', { channel: 'call', category: 'transactional' })],
    allowed,
  ),
  showing(
    `47 CFR 64.1200(f)(15)(i): a text message at night with prior express permission, by the option "permission" (${permission})`,
    [
      central.check('2026-06-01T22:00:00-05:00', {
        channel: 'sms',
        category: 'marketing',
        relationship: 'permission',
      }),
    ],
    permission === 'lift' ? allowed : deferred('tcpa-hours', '2026-06-02T13:00:00Z'),
  ),
  showing(
    '47 CFR 64.1200(a)(3)(iii): a fourth exempted prerecorded call within thirty days',
    [
      ...['2026-06-01', '2026-06-10', '2026-06-20'].map((date) =>
        central.record(`${date}T10:00:00-05:00`, robot('informational')),
      ),
      central.check('2026-07-01T09:59:59-05:00', robot('informational')),
    ],
    denied('tcpa-prerecorded-30-days', '2026-07-01T15:00:00Z'),
  ),
  showing(
    '47 CFR 64.1200(a)(3)(iii): thirty days after the first of three',
    [
      ...['2026-06-01', '2026-06-10', '2026-06-20'].map((date) =>
        central.record(`${date}T10:00:00-05:00`, robot('informational')),
      ),
      central.check('2026-07-01T10:00:00-05:00', robot('informational')),
    ],
    allowed,
  ),
  showing(
    '47 CFR 64.1200(a)(3)(iii): a call that tells no number cannot be counted and is refused',
    [
      central.check('2026-06-01T10:00:00-05:00', {
        channel: 'robot',
        line: 'residential',
        exemption: 'informational',
      }),
    ],
    denied('tcpa-number', null),
  ),
  showing(
    '47 CFR 64.1200(a)(3)(v): a second health message on one day',
    [
      central.record('2026-06-01T10:00:00-05:00', robot('health')),
      central.check('2026-06-01T16:00:00-05:00', robot('health')),
    ],
    denied('tcpa-health-day', '2026-06-02T05:00:00Z'),
  ),
  showing(
    '47 CFR 64.1200(a)(3)(v): a fourth health message in a week',
    [
      ...['2026-06-01', '2026-06-02', '2026-06-03'].map((date) =>
        central.record(`${date}T10:00:00-05:00`, robot('health')),
      ),
      central.check('2026-06-04T10:00:00-05:00', robot('health')),
    ],
    denied('tcpa-health-week', '2026-06-08T05:00:00Z'),
  ),
]

/** The preset, by its options. */
export const usTcpa = (choices: Choices): Preset => {
  const permission = option(
    choices,
    'permission',
    ['lift', 'keep'],
    'By (f)(15)(i) a call with prior express invitation or permission is no telephone solicitation: `lift` lifts the hours. Suits since 2024 dispute that for text messages, and a petition before the FCC was undecided when last seen: `keep` keeps them.',
  )
  const relationships = [...(permission.chosen === 'lift' ? ['permission'] : []), 'established', 'nonprofit']
  return assemble({
    id: 'us.tcpa.hours',
    title: 'TCPA: solicitation from 8:00 to 21:00, and few exempted prerecorded calls',
    jurisdiction: 'United States, federal: telephone solicitation; prerecorded calls to residential lines',
    covers: [
      'No telephone solicitation before 8:00 and after 21:00 local time at the called party’s location.',
      'Prerecorded calls to a residential line without consent, where exempted as non-commercial, as commercial without advertisement, or as a tax-exempt nonprofit’s: three within thirty consecutive days.',
      'Those of health care under HIPAA: one a day and three a week.',
    ],
    doesNotCover: [
      'Consent to autodialed and prerecorded calls (64.1200(a)(1) to (a)(3)) and its revocation.',
      'The National Do-Not-Call Registry and internal lists (64.1200(c)(2), (d)): use a rule on consent.',
      'Content: identification, opt-out mechanisms; abandoned calls (64.1200(a)(7)).',
      'The FTC’s Telemarketing Sales Rule, 16 CFR 310, whose hours are the same; state law, which may be stricter.',
    ],
    options: { permission },
    facts: {
      channel: channelFact('`call`, `robot` for an artificial or prerecorded voice, `sms`'),
      category: categoryFact('`marketing` when the call is to encourage a purchase, rental or investment.'),
      direction: directionFact,
      relationship: optional(
        'string',
        '`permission`: prior express invitation or permission; `established`: an established business relationship; `nonprofit`: by or for a tax-exempt nonprofit.',
      ),
      line: optional('string', '`residential` for a residential line.'),
      exemption: optional(
        'string',
        'By which exemption a prerecorded call is made without consent: `noncommercial`, `informational`, `nonprofit`, `health`.',
      ),
      number: required('string', 'The number called; the limits on prerecorded calls are per line.'),
    },
    rules: { ...RULES, 'tcpa-number': guardOf('number', RULES['tcpa-health-day']) },
    policy: {
      caps: [
        guard('tcpa-number', 'number', exempted('noncommercial', 'informational', 'nonprofit', 'health')),
        cap('tcpa-prerecorded-30-days', 'Three exempted prerecorded calls in 30 days', THREE, 3, {
          rolling: 'P30D',
        }),
        cap('tcpa-health-day', 'One health message a day', HEALTH, 1, { calendar: 'day', zone: 'recipient' }),
        cap('tcpa-health-week', 'Three health messages a week', HEALTH, 3, {
          civilDays: 7,
          zone: 'recipient',
        }),
      ],
      quiet: [
        {
          id: 'tcpa-hours',
          label: 'Before 8:00 and from 21:00 on',
          when: marketingBy('call', 'robot', 'sms'),
          periods: [{ between: '21:00-08:00' }],
        },
      ],
      exempt: [
        {
          id: 'tcpa-not-solicitation',
          label: 'No telephone solicitation by definition',
          when: fact('relationship').in(relationships),
          from: ['quiet'],
        },
      ],
    },
    cases: casesOf(permission.chosen),
  })
}
