// Massachusetts, debt collection: 940 CMR 7.04(1)(f).

import { all, any, type Condition, fact } from '@clientele/core/condition'
import type { Cap } from '../model.js'
import { assemble, type Choices, option, optional, required } from './assemble.js'
import { allowed, denied, person, showing } from './cases.js'
import type { Preset, PresetCase } from './model.js'
import { channelFact, directionFact, guard, guardOf, outbound, unless } from './terms.js'

const { record, check } = person('America/New_York')
const CALL = { channel: 'call', debt: 'card' }
const WORK = { ...CALL, place: 'other' }
const at = (day: string, time = '10:00:00'): string => `2026-06-${day}T${time}-04:00`
const RULE = '940 CMR 7.04(1)(f)'

const casesOf = (unanswered: string): readonly PresetCase[] => [
  showing(
    `${RULE}: a third call in seven days about one debt`,
    [record(at('01'), CALL), record(at('03'), CALL), check(at('07', '23:59:59'), CALL)],
    denied('ma-2-in-7', '2026-06-08T04:00:00Z'),
  ),
  showing(
    `${RULE}: the eighth day`,
    [record(at('01'), CALL), record(at('03'), CALL), check(at('08', '00:00:00'), CALL)],
    allowed,
  ),
  showing(
    `${RULE}: text messages and recorded messages are communications via telephone`,
    [
      record(at('01'), { ...CALL, channel: 'sms' }),
      record(at('03'), { ...CALL, channel: 'robot' }),
      check(at('04'), CALL),
    ],
    denied('ma-2-in-7', '2026-06-08T04:00:00Z'),
  ),
  showing(
    `${RULE}: a call that tells no debt cannot be counted and is refused`,
    [check(at('01'), { channel: 'call' })],
    denied('ma-debt', null),
  ),
  showing(
    `${RULE}: for each debt`,
    [record(at('01'), CALL), record(at('03'), CALL), check(at('04'), { ...CALL, debt: 'medical' })],
    allowed,
  ),
  showing(
    `${RULE}: elsewhere than at home or on a personal number, two in thirty days`,
    [record(at('01'), WORK), record(at('03'), WORK), check(at('30', '23:59:59'), WORK)],
    denied('ma-2-in-30', '2026-07-01T04:00:00Z'),
  ),
  showing(
    `${RULE}, Watkins v. Glenn Associates (Mass. Super. 2016): a voicemail box reached counts, message left or not`,
    [
      record(at('01'), { ...CALL, outcome: 'voicemail' }),
      record(at('03'), { ...CALL, outcome: 'voicemail' }),
      check(at('04'), CALL),
    ],
    denied('ma-2-in-7', '2026-06-08T04:00:00Z'),
  ),
  showing(
    `${RULE}, guidance of the Attorney General: a debtor who cannot be reached at all was not communicated with`,
    [
      record(at('01'), { ...CALL, outcome: 'busy' }),
      record(at('03'), { ...CALL, outcome: 'not-in-service' }),
      record(at('03'), CALL),
      check(at('04'), CALL),
    ],
    allowed,
  ),
  showing(
    `${RULE}: ringing out where no message can be left, by the option "unanswered" (${unanswered})`,
    [
      record(at('01'), { ...CALL, outcome: 'unanswered' }),
      record(at('03'), { ...CALL, outcome: 'unanswered' }),
      check(at('04'), CALL),
    ],
    unanswered === 'count' ? denied('ma-2-in-7', '2026-06-08T04:00:00Z') : allowed,
  ),
]

/** The preset, by its options. */
export const usMassachusetts = (choices: Choices): Preset => {
  const unanswered = option(
    choices,
    'unanswered',
    ['count', 'ignore'],
    'Whether a call that rings out where no message can be left counts. By the Attorney General’s guidance it may not; `count` is cautious.',
  )
  const silent = ['busy', 'not-in-service', ...(unanswered.chosen === 'ignore' ? ['unanswered'] : [])]
  const telephone: Condition = all(fact('channel').in(['call', 'robot', 'sms']), outbound)
  const elsewhere: Condition = fact('place').eq('other')
  const personal: Condition = any(fact('place').missing(), fact('place').ne('other'))
  const cap = (id: string, label: string, where: Condition, days: number): Cap => ({
    id,
    label,
    when: all(telephone, where),
    counts: all(telephone, where, unless('outcome', ...silent)),
    limit: 2,
    window: { civilDays: days, zone: 'recipient' },
    per: ['recipient', 'debt'],
  })
  const rule = {
    source: RULE,
    effectiveFrom: '2012-03-02',
    effectiveTo: null,
    verified: true,
    note: 'As amended on 1 March 2012, in force the day after. "Each seven-day period" is taken as any seven consecutive local dates.',
  }
  return assemble({
    id: 'us.ma.debt',
    title: 'Massachusetts: two telephone communications in seven days for each debt',
    jurisdiction: 'United States, Massachusetts: creditors and their collectors',
    covers: [
      'No more than two communications via telephone in each seven-day period to the residence, cell phone or another personal number, for each debt; text and recorded messages are such communications.',
      'No more than two in each thirty-day period elsewhere.',
    ],
    doesNotCover: [
      'Hours: 8:00 to 21:00 or the debtor’s own waking hours (940 CMR 7.04(1), 7.05(1)(e)); requests not to call at work; visits.',
      'Members of the household (940 CMR 7.05) and other persons (7.06), who have limits of their own.',
      'The parallel rule for licensed collectors, 209 CMR 18.16(1)(d).',
      'Secured creditors who enforce their rights against collateral; whether a regular business communication concerns collection.',
      'Regulation F, which applies beside it to debt collectors (us.regF.calls).',
    ],
    options: { unanswered },
    facts: {
      channel: channelFact('`call`, `robot` for a recorded message, `sms`'),
      debt: required('string', 'The debt.'),
      direction: directionFact,
      place: optional(
        'string',
        '`other` when the number is neither the residence’s nor a personal one, such as work.',
      ),
      outcome: optional(
        'string',
        '`busy` and `not-in-service` do not count; `voicemail` does; for `unanswered` see the option.',
      ),
    },
    rules: { 'ma-2-in-7': rule, 'ma-2-in-30': rule, 'ma-debt': guardOf('debt', rule) },
    policy: {
      caps: [
        guard('ma-debt', 'debt', telephone),
        cap('ma-2-in-7', 'Two in seven days about one debt', personal, 7),
        cap('ma-2-in-30', 'Two in thirty days elsewhere about one debt', elsewhere, 30),
      ],
    },
    cases: casesOf(unanswered.chosen),
  })
}
