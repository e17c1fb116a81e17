// Russia, advertising over networks: Federal Law 38-FZ, article 18.

import { all, any, type Condition, fact } from '@clientele/core/condition'
import { assemble, type Choices, option, optional } from './assemble.js'
import { allowed, denied, person, showing } from './cases.js'
import type { Preset, PresetCase } from './model.js'
import { categoryFact, channelFact, directionFact, marketingBy, outbound } from './terms.js'

const { check, consent } = person('Europe/Moscow')
const AD = { channel: 'sms', category: 'marketing' }
const DAY = '2026-06-01'
const LAW = '38-FZ, article 18'

const AUTODIALED: Condition = any(fact('channel').eq('robot'), fact('autodialed').eq(true))

const casesOf = (autodial: string): readonly PresetCase[] => [
  showing(
    `${LAW}(1): advertising without prior consent`,
    [check(`${DAY}T12:00:00+03:00`, AD)],
    denied('ru-ads-consent', null),
  ),
  showing(
    `${LAW}(1): with prior consent, from its very second`,
    [consent(`${DAY}T12:00:00+03:00`, 'opt-in'), check(`${DAY}T12:00:00+03:00`, AD)],
    allowed,
  ),
  showing(
    `${LAW}(1): consent given later is not prior`,
    [consent(`${DAY}T12:00:01+03:00`, 'opt-in'), check(`${DAY}T12:00:00+03:00`, AD)],
    denied('ru-ads-consent', '2026-06-01T09:00:01Z'),
  ),
  showing(
    `${LAW}(1): stopped at once on demand`,
    [
      consent('2026-05-01T12:00:00+03:00', 'opt-in'),
      consent(`${DAY}T11:59:59+03:00`, 'opt-out'),
      check(`${DAY}T12:00:00+03:00`, AD),
    ],
    denied('ru-ads-consent', null),
  ),
  showing(
    `${LAW}(1): a message that advertises nothing`,
    [check(`${DAY}T12:00:00+03:00`, { channel: 'sms', category: 'transactional' })],
    allowed,
  ),
  showing(
    `${LAW}(2): dialled without a person, with consent, by the option "autodial" (${autodial})`,
    [
      consent('2026-05-01T12:00:00+03:00', 'opt-in'),
      check(`${DAY}T12:00:00+03:00`, { ...AD, channel: 'robot' }),
    ],
    autodial === 'refuse' ? denied('ru-ads-autodial', null) : allowed,
  ),
  showing(
    'Federal Law 41-FZ of 1 April 2025: mass calls without consent, though they only inform',
    [check(`${DAY}T12:00:00+03:00`, { channel: 'call', category: 'informational', mass: true })],
    denied('ru-mass-calls', null),
  ),
]

/** The preset, by its options. */
export const ruAds = (choices: Choices): Preset => {
  const autodial = option(
    choices,
    'autodial',
    ['refuse', 'with-consent'],
    'Article 18(2) bars choosing or dialling a number without a person. `refuse` follows its letter; `with-consent` allows it to those who agreed to advertising.',
  )
  return assemble({
    id: 'ru.ads.art18',
    title: '38-FZ, article 18: advertising over networks with prior consent only',
    jurisdiction: 'Russian Federation',
    covers: [
      'Advertising over networks of telecommunication only with the prior consent of the subscriber or addressee. The distributor proves it: give each opt-in its `evidence`.',
      'It stops at once on demand: told as an opt-out.',
      'No automatic dialling or mailing of advertising without a person (see the option).',
      'Mass calls without consent, even if they only inform.',
    ],
    doesNotCover: [
      'Hours: the law names none; proposals of 2025 on holidays are only proposals.',
      'What advertising is, and whether a given consent was informed and separate (Federal Law 152-FZ on personal data).',
      'The marking of internet advertising and the ban on advertising on certain resources; contents of advertising.',
      'Mass calls of state and local authorities and of those on a list of the Government, which need no consent: do not tell them as `mass`.',
      'Marking of calls by the operator and the operators’ own duties (126-FZ as amended by 41-FZ).',
    ],
    options: { autodial },
    facts: {
      channel: channelFact('`call`, `robot`, `sms`, `messenger`, `email`, `push`, `fax`'),
      category: categoryFact('`marketing` for advertising in the sense of article 3.'),
      direction: directionFact,
      autodialed: optional(
        'boolean',
        'true when no person chose or dialled the number, or sent the message.',
      ),
      mass: optional('boolean', 'true when the call is one of a mass of calls.'),
    },
    rules: {
      'ru-ads-consent': {
        source: 'Federal Law 38-FZ of 13 March 2006, article 18(1)',
        effectiveFrom: '2006-07-01',
        effectiveTo: null,
        verified: true,
        note: 'The wording was read; the date from memory.',
      },
      ...(autodial.chosen === 'refuse'
        ? {
            'ru-ads-autodial': {
              source: 'Federal Law 38-FZ of 13 March 2006, article 18(2)',
              effectiveFrom: '2006-07-01',
              effectiveTo: null,
              verified: true,
              note: 'The wording was read. Mailing by software to chosen addressees who agreed is common and seldom held to be barred; `autodialed` is the host’s to tell.',
            },
          }
        : {}),
      'ru-mass-calls': {
        source: 'Federal Law 126-FZ on communications as amended by Federal Law 41-FZ of 1 April 2025',
        effectiveFrom: '2025-09-01',
        effectiveTo: null,
        verified: false,
        note: 'Read in reports of TASS and others of September 2025: only with the voluntary consent of the called, which the caller proves. The article was not read; what makes calls a mass is left open on purpose.',
      },
    },
    policy: {
      caps:
        autodial.chosen === 'refuse'
          ? [
              {
                id: 'ru-ads-autodial',
                label: 'Advertising dialled without a person',
                when: all(fact('category').eq('marketing'), AUTODIALED, outbound),
                limit: 0,
                window: { lifetime: true },
              },
            ]
          : [],
      consent: [
        {
          id: 'ru-ads-consent',
          label: 'Advertising needs prior consent',
          when: marketingBy('call', 'robot', 'sms', 'messenger', 'email', 'push', 'fax'),
          requires: 'opt-in',
        },
        {
          id: 'ru-mass-calls',
          label: 'Mass calls need consent',
          when: all(fact('channel').in(['call', 'robot']), fact('mass').eq(true), outbound),
          requires: 'opt-in',
        },
      ],
    },
    cases: casesOf(autodial.chosen),
  })
}
