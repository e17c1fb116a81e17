// Regulation F, telephone call frequencies: 12 CFR 1006.14(b). Its hours are in `us-hours.ts`.

import { all, any, type Condition, fact } from '@clientele/core/condition'
import type { Cap, CoolDown } from '../model.js'
import { assemble, type Choices, option, optional, required } from './assemble.js'
import type { Preset, Provision } from './model.js'
import {
  channelFact,
  conversationFact,
  directionFact,
  guard,
  guardOf,
  placedCall,
  telephoneTalk,
  unless,
} from './terms.js'
import { CIVIL_CASES, ROLLING_CASES } from './us-reg-f-cases.js'

const paragraph = (source: string, note?: string): Provision => ({
  source: `12 CFR ${source}`,
  effectiveFrom: '2021-11-30',
  effectiveTo: null,
  verified: true,
  ...(note === undefined ? {} : { note }),
})

const RULES = {
  'regF-7-in-7': paragraph(
    '1006.14(b)(2)(i)(A), (b)(3)(ii) and comments 14(b)(2)(i)-1, 14(b)(2)(ii)-1, 14(b)(3)(ii)-1',
    'Days are local dates of the person called; the rule does not name a zone.',
  ),
  'regF-after-talk': paragraph('1006.14(b)(2)(i)(B) and comments 14(b)(2)(i)-1.ii, 14(b)(4)-1.ii'),
  'regF-consent': paragraph('1006.14(b)(3)(i) and comments 14(b)(3)(i)-2 and -3'),
  'regF-other-parties': paragraph('1006.14(b)(3)(iii) with 1006.6(d)(1)(ii) through (vi)'),
}

const PLACED_AND_CONNECTED: Condition = all(placedCall, unless('outcome', 'busy', 'not-in-service'))

const PER_DEBT = ['recipient', 'debt'] as const

const calls = (id: string, label: string, span: Cap['window']): Cap => ({
  id,
  label,
  when: placedCall,
  counts: PLACED_AND_CONNECTED,
  limit: 7,
  window: span,
  per: PER_DEBT,
  presumption: true,
})

const pause = (id: string, label: string, span: CoolDown['window']): CoolDown => ({
  id,
  label,
  after: telephoneTalk,
  blocks: placedCall,
  window: span,
  per: PER_DEBT,
  presumption: true,
})

const rollingRule = (of: string): Provision => ({
  ...paragraph(of),
  source: `Caution beyond 12 CFR ${of}: the same count in elapsed hours`,
})

/** The preset, by its options. */
export const usRegF = (choices: Choices): Preset => {
  const strict = option(
    choices,
    'strict',
    ['civil', 'both'],
    '`civil` counts consecutive days as the rule does; `both` also counts 168 elapsed hours, which refuses a call on the morning of the eighth day after calls in an afternoon.',
  )
  const both = strict.chosen === 'both'
  const days = { civilDays: 7, zone: 'recipient' }
  const hours = { rolling: 'PT168H' }
  return assemble({
    id: 'us.regF.calls',
    title: 'Regulation F: seven calls in seven days, and seven days after a talk',
    jurisdiction: 'United States, federal: debt collectors under the FDCPA',
    covers: [
      'More than seven calls placed to a person about a particular debt within seven consecutive days are presumed a violation.',
      'So is a call within seven consecutive days after a telephone conversation about the debt, its date being the first; also when the person called.',
      'Calls that do not connect (busy, not in service) do not count; unanswered, dropped and voicemail calls do.',
      'Calls with prior consent given directly do not count for seven consecutive days, the date of the consent being the first, and no longer than until the next conversation.',
      'Calls to an attorney, a creditor or a consumer reporting agency do not count.',
    ],
    doesNotCover: [
      'Rebuttal of either presumption: rapid succession, voicemails, content, conduct (comments 14(b)(2)(i)-2 and 14(b)(2)(ii)-2).',
      'Calls that turn out to be to a wrong number (comment 14(b)(2)(i)-3): record them with `uncounted`, or under another recipient.',
      'Hours (us.fdcpa.hours), requests to stop a medium (1006.14(h)), cease requests (1006.6(c)), location calls to third parties (1006.10(c)).',
      'Text messages and e-mail: they are not calls (comment 14(b)-1), yet may harass all the same (1006.14(a)).',
      'Student loans serviced under one account number are one debt (1006.14(b)(4)): give them one `debt`.',
      'State law, which may be stricter, as us.ma.debt is.',
    ],
    options: { strict },
    facts: {
      channel: channelFact('`call`, `robot`; ringless voicemail is a call'),
      debt: required(
        'string',
        'The particular debt. A call or talk about several debts is told once for each; one that names none counts for at least one, which you choose (comment 14(b)(4)-1).',
      ),
      direction: directionFact,
      conversation: conversationFact,
      outcome: optional(
        'string',
        '`busy` and `not-in-service` do not count; `unanswered`, `voicemail`, `dropped` and all others do.',
      ),
      event: optional(
        'string',
        '`consent`: prior consent given directly; `consent-revoked`: its end; both with `debt`.',
      ),
      party: optional(
        'string',
        '`consumer-attorney`, `consumer-reporting-agency`, `creditor`, `creditor-attorney`, `collector-attorney` when the call is to one of these.',
      ),
    },
    rules: {
      ...RULES,
      'regF-debt': guardOf('debt', RULES['regF-7-in-7']),
      ...(both
        ? {
            'regF-7-in-168h': rollingRule('1006.14(b)(2)(i)(A)'),
            'regF-after-talk-168h': rollingRule('1006.14(b)(2)(i)(B)'),
          }
        : {}),
    },
    policy: {
      caps: [
        guard('regF-debt', 'debt', placedCall),
        calls('regF-7-in-7', 'Seven calls in seven consecutive days about one debt', days),
        ...(both ? [calls('regF-7-in-168h', 'Seven calls in 168 hours about one debt', hours)] : []),
      ],
      coolDowns: [
        pause('regF-after-talk', 'Seven consecutive days after a talk about the debt', days),
        ...(both ? [pause('regF-after-talk-168h', '168 hours after a talk about the debt', hours)] : []),
      ],
      exempt: [
        {
          id: 'regF-consent',
          label: 'Prior consent given directly',
          when: placedCall,
          since: fact('event').eq('consent'),
          window: days,
          until: any(telephoneTalk, fact('event').eq('consent-revoked')),
          per: PER_DEBT,
          from: ['caps', 'coolDowns'],
          uncounted: true,
        },
        {
          id: 'regF-other-parties',
          label: 'Calls to an attorney, creditor or consumer reporting agency',
          when: fact('party').in([
            'consumer-attorney',
            'consumer-reporting-agency',
            'creditor',
            'creditor-attorney',
            'collector-attorney',
          ]),
          from: ['caps', 'coolDowns'],
          uncounted: true,
        },
      ],
    },
    cases: both ? ROLLING_CASES : CIVIL_CASES,
  })
}
