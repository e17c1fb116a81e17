// The two "mini-TCPAs" of one shape: Florida (FTSA) and Oklahoma (OTSA).

import { all, any, fact } from '@clientele/core/condition'
import { assemble, type Choices, option, optional, required } from './assemble.js'
import { allowed, deferred, denied, person, showing } from './cases.js'
import type { Preset, PresetCase, PresetOption, Provision } from './model.js'
import { categoryFact, channelFact, directionFact, guard, guardOf, marketingBy } from './terms.js'

interface State {
  readonly id: string
  readonly prefix: string
  readonly title: string
  readonly jurisdiction: string
  readonly zone: string
  /** Citations of the hours, the count and the consent. */
  readonly hours: Provision
  readonly count: Provision
  readonly written: Provision
  readonly doesNotCover: readonly string[]
}

const SALE = { channel: 'call', category: 'marketing', subject: 'solar' }

const casesOf = (
  { prefix, zone, hours, count, written }: State,
  countsTexts: string,
): readonly PresetCase[] => {
  const { record, check, consent } = person(zone)
  // both states keep daylight saving time; New York and Chicago differ by an hour
  const offset = zone === 'America/New_York' ? '-04:00' : '-05:00'
  const utc = (hour: number): string => String(hour + (offset === '-04:00' ? 4 : 5)).padStart(2, '0')
  const at = (time: string, day = '2026-06-01'): string => `${day}T${time}${offset}`
  const three = ['10:00:00', '12:00:00', '14:00:00'].map((time) => record(at(time), SALE))
  return [
    showing(
      `${hours.source}: the second before 8:00`,
      [check(at('07:59:59'), SALE)],
      deferred(`${prefix}-hours`, `2026-06-01T${utc(8)}:00:00Z`),
    ),
    showing(`${hours.source}: the second before 20:00`, [check(at('19:59:59'), SALE)], allowed),
    showing(
      `${hours.source}: from 20:00 on`,
      [check(at('20:00:00'), SALE)],
      deferred(`${prefix}-hours`, `2026-06-02T${utc(8)}:00:00Z`),
    ),
    showing(
      `${count.source}: a fourth call within 24 hours on one subject`,
      [...three, check(at('09:59:59', '2026-06-02'), SALE)],
      denied(`${prefix}-3-in-24h`, `2026-06-02T${utc(10)}:00:00Z`),
    ),
    showing(
      `${count.source}: 24 hours after the first of three, from whatever number`,
      [...three, check(at('10:00:00', '2026-06-02'), { ...SALE, number: '+15550199' })],
      allowed,
    ),
    showing(
      `${count.source}: another subject`,
      [...three, check(at('15:00:00'), { ...SALE, subject: 'windows' })],
      allowed,
    ),
    showing(
      `${count.source}: text messages, by the option "texts" (${countsTexts})`,
      [...three, check(at('15:00:00'), { ...SALE, channel: 'sms' })],
      countsTexts === 'count' ? denied(`${prefix}-3-in-24h`, `2026-06-02T${utc(10)}:00:00Z`) : allowed,
    ),
    showing(
      `${count.source}: a call that tells no subject cannot be counted and is refused`,
      [check(at('10:00:00'), { channel: 'call', category: 'marketing' })],
      denied(`${prefix}-subject`, null),
    ),
    showing(
      `${written.source}: a recorded message without prior express written consent`,
      [check(at('10:00:00'), { ...SALE, channel: 'robot' })],
      denied(`${prefix}-written-consent`, null),
    ),
    showing(
      `${written.source}: a recorded message with prior express written consent`,
      [consent(at('09:00:00'), 'opt-in'), check(at('10:00:00'), { ...SALE, channel: 'robot' })],
      allowed,
    ),
  ]
}

const stateOf = (state: State, texts: PresetOption): Preset => {
  const { prefix } = state
  const solicitation =
    texts.chosen === 'count' ? marketingBy('call', 'robot', 'sms') : marketingBy('call', 'robot')
  return assemble({
    id: state.id,
    title: state.title,
    jurisdiction: state.jurisdiction,
    covers: [
      'No commercial telephone solicitation before 8:00 and after 20:00 local time in the called person’s zone.',
      'No more than three in 24 hours to a person on the same subject, from whatever numbers.',
      'Recorded messages and calls by an automated system need prior express written consent, told as an opt-in.',
    ],
    doesNotCover: state.doesNotCover,
    options: { texts },
    facts: {
      channel: channelFact('`call`, `robot` for a recorded message, `sms`'),
      category: categoryFact('`marketing` for a commercial telephone solicitation.'),
      subject: required('string', 'The subject matter or issue of the call.'),
      direction: directionFact,
      autodialed: optional(
        'boolean',
        'true when an automated system selected and dialed the number; in Oklahoma, selected or dialed it.',
      ),
    },
    rules: {
      [`${prefix}-hours`]: state.hours,
      [`${prefix}-3-in-24h`]: state.count,
      [`${prefix}-subject`]: guardOf('subject', state.count),
      [`${prefix}-written-consent`]: state.written,
    },
    policy: {
      caps: [
        guard(`${prefix}-subject`, 'subject', solicitation),
        {
          id: `${prefix}-3-in-24h`,
          label: 'Three calls in 24 hours on one subject',
          when: solicitation,
          limit: 3,
          window: { rolling: 'PT24H' },
          per: ['recipient', 'subject'],
        },
      ],
      quiet: [
        {
          id: `${prefix}-hours`,
          label: 'Before 8:00 and from 20:00 on',
          when: solicitation,
          periods: [{ between: '20:00-08:00' }],
        },
      ],
      consent: [
        {
          id: `${prefix}-written-consent`,
          label: 'Recorded and automated calls need written consent',
          when: all(
            marketingBy('call', 'robot', 'sms'),
            any(fact('channel').eq('robot'), fact('autodialed').eq(true)),
          ),
          requires: 'opt-in',
        },
      ],
    },
    cases: casesOf(state, texts.chosen),
  })
}

const textsOf = (choices: Choices): PresetOption =>
  option(
    choices,
    'texts',
    ['count', 'ignore'],
    'The statute speaks of phone calls. `count` treats text messages as calls, out of caution; `ignore` does not.',
  )

const COMMON = [
  'At the very second of 20:00 the text ("after 8 p.m.") is not clear; 20:00:00 is refused.',
  'The presumption that a number with an area code of the state belongs to a resident: give the recipient the state’s zone.',
  'What written consent must say, and the number it is for; caller identification; licences; damages.',
  'Federal rules, which apply beside it (us.tcpa.hours), and do-not-call lists.',
]

/** Florida. */
export const usFlorida = (choices: Choices): Preset =>
  stateOf(
    {
      id: 'us.fl.ftsa',
      prefix: 'fl',
      title: 'Florida: solicitation from 8:00 to 20:00, three calls in 24 hours',
      jurisdiction: 'United States, Florida',
      zone: 'America/New_York',
      hours: {
        source: 'Fla. Stat. 501.616(6)(a)',
        effectiveFrom: '2021-07-01',
        effectiveTo: null,
        verified: true,
      },
      count: {
        source: 'Fla. Stat. 501.616(6)(b)',
        effectiveFrom: '2021-07-01',
        effectiveTo: null,
        verified: true,
        note: 'The 24 hours are elapsed hours before each call.',
      },
      written: {
        source: 'Fla. Stat. 501.059(8)(a)',
        effectiveFrom: '2021-07-01',
        effectiveTo: null,
        verified: true,
        note: 'As amended on 2023-05-25 (HB 761): unsolicited calls, and systems that select and dial; before, select or dial. An act such as ticking a box is consent since. A suit over text messages needs a "STOP" and 15 days.',
      },
      doesNotCover: [
        'Who is exempt (Fla. Stat. 501.604), and what a telephonic sales call is (501.059(1)).',
        'West Florida lies in Central time: the recipient’s zone decides.',
        ...COMMON,
      ],
    },
    textsOf(choices),
  )

/** Oklahoma. */
export const usOklahoma = (choices: Choices): Preset =>
  stateOf(
    {
      id: 'us.ok.otsa',
      prefix: 'ok',
      title: 'Oklahoma: solicitation from 8:00 to 20:00, three calls in 24 hours',
      jurisdiction: 'United States, Oklahoma',
      zone: 'America/Chicago',
      hours: {
        source: '15 O.S. 775C.4 (Telephone Solicitation Act of 2022, HB 3168)',
        effectiveFrom: '2022-11-01',
        effectiveTo: null,
        verified: false,
        note: 'The hours were read in a summary; the section number is from memory.',
      },
      count: {
        source: '15 O.S. 775C.4 (Telephone Solicitation Act of 2022, HB 3168)',
        effectiveFrom: '2022-11-01',
        effectiveTo: null,
        verified: false,
        note: 'The number was read in a summary; "same subject matter" and the section number are from memory.',
      },
      written: {
        source: '15 O.S. 775C.3 (Telephone Solicitation Act of 2022, HB 3168)',
        effectiveFrom: '2022-11-01',
        effectiveTo: null,
        verified: false,
        note: 'The prohibition was read in the title of the act and in summaries; the section number is from memory.',
      },
      doesNotCover: [
        'Who is exempt, among others callers with an established business relationship: do not give such calls the category `marketing`.',
        ...COMMON,
      ],
    },
    textsOf(choices),
  )
