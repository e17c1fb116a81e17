// European Union: direct marketing by electronic means, Directive 2002/58/EC article 13, and the objection of GDPR article 21.

import { all, any, fact } from '@clientele/core/condition'
import { assemble, type Choices, option, optional } from './assemble.js'
import { allowed, denied, person, showing } from './cases.js'
import type { Preset, PresetCase, Provision } from './model.js'
import { categoryFact, channelFact, directionFact, marketingBy, outbound, unless } from './terms.js'

const { check, consent } = person('Europe/Berlin')
const DAY = '2026-06-01'
const MAIL = { channel: 'email', category: 'marketing' }
const OWN = { ...MAIL, similar: true }

const article = (source: string, effectiveFrom: string, verified: boolean, note: string): Provision => ({
  source,
  effectiveFrom,
  effectiveTo: null,
  verified,
  note,
})

const casesOf = (liveCalls: string): readonly PresetCase[] => [
  showing(
    'Directive 2002/58/EC, article 13(1): electronic mail without consent',
    [check(`${DAY}T10:00:00Z`, MAIL)],
    denied('eprivacy-opt-in', null),
  ),
  showing(
    'Directive 2002/58/EC, article 13(1): electronic mail with prior consent, from its very second',
    [consent(`${DAY}T10:00:00Z`, 'opt-in'), check(`${DAY}T10:00:00Z`, MAIL)],
    allowed,
  ),
  showing(
    'Directive 2002/58/EC, article 13(2): own similar products to a customer who did not refuse',
    [consent('2026-01-10T10:00:00Z', 'soft-opt-in', { channel: 'email' }), check(`${DAY}T10:00:00Z`, OWN)],
    allowed,
  ),
  showing(
    'Directive 2002/58/EC, article 13(2): own similar products to somebody who bought nothing',
    [check(`${DAY}T10:00:00Z`, OWN)],
    denied('eprivacy-soft-opt-in', null),
  ),
  showing(
    'Directive 2002/58/EC, article 13(2): not others’ or dissimilar products',
    [consent('2026-01-10T10:00:00Z', 'soft-opt-in', { channel: 'email' }), check(`${DAY}T10:00:00Z`, MAIL)],
    denied('eprivacy-opt-in', null),
  ),
  showing(
    'Directive 2002/58/EC, article 13(1): automated calls, own similar products or not',
    [
      consent('2026-01-10T10:00:00Z', 'soft-opt-in'),
      check(`${DAY}T10:00:00Z`, { channel: 'robot', category: 'marketing', similar: true }),
    ],
    denied('eprivacy-opt-in', null),
  ),
  showing(
    `Directive 2002/58/EC, article 13(3): a person’s call without consent, by the option "liveCalls" (${liveCalls})`,
    [check(`${DAY}T10:00:00Z`, { channel: 'call', category: 'marketing' })],
    liveCalls === 'opt-in' ? denied('eprivacy-live-calls', null) : allowed,
  ),
  showing(
    'GDPR, article 21(2) and (3): an objection ends all direct marketing, whatever was agreed to before',
    [
      consent('2026-01-10T10:00:00Z', 'opt-in', { channel: 'email' }),
      consent(`${DAY}T09:59:59Z`, 'opt-out'),
      check(`${DAY}T10:00:00Z`, MAIL),
    ],
    { verdict: 'deny', rules: ['eprivacy-opt-in', 'gdpr-objection'], nextAllowedAt: null },
  ),
  showing(
    'GDPR, article 21(2): also by post',
    [
      consent(`${DAY}T09:59:59Z`, 'opt-out'),
      check(`${DAY}T10:00:00Z`, { channel: 'post', category: 'marketing' }),
    ],
    denied('gdpr-objection', null),
  ),
  showing(
    'GDPR, article 21(2): a message that is no marketing passes',
    [
      consent(`${DAY}T09:59:59Z`, 'opt-out'),
      check(`${DAY}T10:00:00Z`, { channel: 'email', category: 'transactional' }),
    ],
    allowed,
  ),
]

/** The preset, by its options. */
export const euEprivacy = (choices: Choices): Preset => {
  const liveCalls = option(
    choices,
    'liveCalls',
    ['opt-in', 'opt-out'],
    'Article 13(3) leaves calls by a person to the member states: `opt-in`, as in Germany, is cautious; `opt-out` asks only that none objected.',
  )
  return assemble({
    id: 'eu.eprivacy',
    title: 'ePrivacy article 13 and GDPR article 21: consent to direct marketing',
    jurisdiction: 'European Union and EEA: natural persons; member states implement it',
    covers: [
      'Automated calls, fax and electronic mail (e-mail, SMS, messengers) for direct marketing only with prior consent.',
      'Electronic mail to customers for one’s own similar products without it, as long as they did not refuse: a soft opt-in.',
      'Calls by a person as the member state chose (see the option).',
      'An objection to direct marketing is absolute, for every channel, post included: told as an opt-out, without a channel when it is general.',
    ],
    doesNotCover: [
      'National law: how long consent lasts, legal persons, robinson lists, hours, double opt-in as proof. Push notices are left out.',
      'Whether consent is valid (GDPR articles 4(11), 7), withdrawal as easy as giving it (article 7(3)), the means to refuse in each message.',
      'The lawful basis of processing itself (GDPR article 6), information duties, records.',
      'The United Kingdom, whose regulations of 2003 are alike but its own.',
    ],
    options: { liveCalls },
    facts: {
      channel: channelFact('`robot`, `fax`, `email`, `sms`, `messenger`, `call`, `post` and any other'),
      category: categoryFact('`marketing` for direct marketing.'),
      direction: directionFact,
      similar: optional(
        'boolean',
        'true when it advertises only one’s own products similar to those sold to the customer.',
      ),
    },
    rules: {
      'eprivacy-opt-in': article(
        'Directive 2002/58/EC, article 13(1)',
        '2003-10-31',
        true,
        'The date by which states had to implement it; read in a commentary that quotes it.',
      ),
      'eprivacy-soft-opt-in': article(
        'Directive 2002/58/EC, article 13(2)',
        '2003-10-31',
        true,
        'The date by which states had to implement it; read in a commentary that quotes it.',
      ),
      'eprivacy-live-calls': article(
        'Directive 2002/58/EC, article 13(3)',
        '2003-10-31',
        false,
        'As amended by Directive 2009/136/EC; not re-read.',
      ),
      'gdpr-objection': article(
        'Regulation (EU) 2016/679 (GDPR), article 21(2) and (3)',
        '2018-05-25',
        true,
        'The text names no channel: it holds for all.',
      ),
    },
    policy: {
      consent: [
        {
          id: 'eprivacy-opt-in',
          label: 'Electronic marketing needs prior consent',
          when: any(
            marketingBy('robot', 'fax'),
            all(marketingBy('email', 'sms', 'messenger'), unless('similar', true)),
          ),
          requires: 'opt-in',
        },
        {
          id: 'eprivacy-soft-opt-in',
          label: 'Own similar products need a customer who did not refuse',
          when: all(marketingBy('email', 'sms', 'messenger'), fact('similar').eq(true)),
          requires: 'soft-opt-in',
        },
        ...(liveCalls.chosen === 'opt-in'
          ? [
              {
                id: 'eprivacy-live-calls',
                label: 'Marketing calls need prior consent',
                when: marketingBy('call'),
                requires: 'opt-in',
              } as const,
            ]
          : [
              {
                id: 'eprivacy-live-calls',
                label: 'No marketing calls to those who refused them',
                when: marketingBy('call'),
                requires: 'no-opt-out',
              } as const,
            ]),
        {
          id: 'gdpr-objection',
          label: 'An objection to direct marketing is absolute',
          when: all(fact('category').eq('marketing'), outbound),
          requires: 'no-opt-out',
        },
      ],
    },
    cases: casesOf(liveCalls.chosen),
  })
}
