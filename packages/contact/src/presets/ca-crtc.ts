// Canada: the hours of the Unsolicited Telecommunications Rules.

import { assemble } from './assemble.js'
import { allowed, deferred, denied, person, showing } from './cases.js'
import type { Preset, PresetCase } from './model.js'
import { categoryFact, channelFact, directionFact, marketingBy } from './terms.js'

const SALE = { channel: 'call', category: 'marketing' }
const toronto = person('America/Toronto')
const newfoundland = person('America/St_Johns')
const HOURS = 'CRTC Unsolicited Telecommunications Rules, Part III (hours)'
const ADAD = 'CRTC Unsolicited Telecommunications Rules, Part IV (ADAD)'

const CASES: readonly PresetCase[] = [
  showing(
    `${HOURS}: Friday, the second before 21:30`,
    [toronto.check('2026-06-05T21:29:59-04:00', SALE)],
    allowed,
  ),
  showing(
    `${HOURS}: Friday 21:30, next on Saturday 10:00`,
    [toronto.check('2026-06-05T21:30:00-04:00', SALE)],
    deferred('crtc-hours', '2026-06-06T14:00:00Z'),
  ),
  showing(
    `${HOURS}: Sunday 18:00, next on Monday 9:00`,
    [toronto.check('2026-06-07T18:00:00-04:00', SALE)],
    deferred('crtc-hours', '2026-06-08T13:00:00Z'),
  ),
  showing(`${HOURS}: Monday 9:00`, [toronto.check('2026-06-08T09:00:00-04:00', SALE)], allowed),
  showing(
    `${HOURS}: the person called is in Newfoundland, half an hour ahead`,
    [newfoundland.check('2026-06-05T21:00:00-03:00', SALE)],
    deferred('crtc-hours', '2026-06-06T12:30:00Z'),
  ),
  showing(
    `${HOURS}: Sunday 8 March, on which clocks go forward, from 10:00 daylight time`,
    [toronto.check('2026-03-08T00:30:00-05:00', SALE)],
    deferred('crtc-hours', '2026-03-08T14:00:00Z'),
  ),
  showing(
    'CRTC Unsolicited Telecommunications Rules, Part III (do not call): the person asked not to be called',
    [toronto.consent('2026-06-01T12:00:00Z', 'opt-out'), toronto.check('2026-06-08T10:00:00-04:00', SALE)],
    denied('crtc-do-not-call', null),
  ),
  showing(
    `${ADAD}: a recorded solicitation without express consent`,
    [toronto.check('2026-06-08T10:00:00-04:00', { ...SALE, channel: 'robot' })],
    denied('crtc-recorded', null),
  ),
]

/** The preset. */
export const caCrtc = (): Preset =>
  assemble({
    id: 'ca.crtc',
    title: 'Canada: telemarketing on weekdays 9:00 to 21:30, on weekends 10:00 to 18:00',
    jurisdiction: 'Canada',
    covers: [
      'Telemarketing from 9:00 to 21:30 on weekdays and from 10:00 to 18:00 on Saturday and Sunday, by the clock of the person called.',
      'No telemarketing to a person who asked the caller to stop, told as an opt-out; here at once, though the rules leave the caller some days.',
      'Recorded solicitations only with express consent, told as an opt-in.',
    ],
    doesNotCover: [
      'The National Do Not Call List, its exemptions and the 31 days within which a copy must be renewed.',
      'Hours and content of recorded announcements that do not solicit (ADAD, Part IV; changed by Telecom Regulatory Policy CRTC 2009-200, whose result was not re-read).',
      'Statutory holidays: the rules name none. Provincial restrictions, such as British Columbia’s on holidays.',
      'Messages left directly in a voice mailbox, to which these rules do not apply: do not tell them as `call`.',
      'Calls that are not telemarketing: account collection, service, polls, surveys, emergencies.',
      'E-mail and text messages, which Canada’s anti-spam legislation (CASL) governs.',
    ],
    options: {},
    facts: {
      channel: channelFact('`call`, `robot` for a recorded announcement, `fax`'),
      category: categoryFact('`marketing` for telemarketing, also for charities.'),
      direction: directionFact,
    },
    rules: {
      'crtc-hours': {
        source: HOURS,
        effectiveFrom: '2008-09-30',
        effectiveTo: null,
        verified: true,
        note: 'Hours and date were read in operators’ notices and CRTC decisions; the section number was not verified. At the very end (21:30:00, 18:00:00) the preset refuses.',
      },
      'crtc-do-not-call': {
        source: 'CRTC Unsolicited Telecommunications Rules, Part III (do not call)',
        effectiveFrom: '2008-09-30',
        effectiveTo: null,
        verified: false,
        note: 'The days within which a request must be honoured have been changed; the preset honours it at once.',
      },
      'crtc-recorded': {
        source: ADAD,
        effectiveFrom: '2008-09-30',
        effectiveTo: null,
        verified: true,
        note: 'CRTC 2014-155 refused to allow it for existing business relations as well. The section number was not verified.',
      },
    },
    policy: {
      quiet: [
        {
          id: 'crtc-hours',
          label: 'Outside the hours of telemarketing',
          when: marketingBy('call', 'robot', 'fax'),
          periods: [
            { days: ['mon', 'tue', 'wed', 'thu', 'fri'], between: '00:00-09:00' },
            { days: ['mon', 'tue', 'wed', 'thu', 'fri'], between: '21:30-24:00' },
            { days: ['sat', 'sun'], between: '00:00-10:00' },
            { days: ['sat', 'sun'], between: '18:00-24:00' },
          ],
        },
      ],
      consent: [
        {
          id: 'crtc-do-not-call',
          label: 'The person asked not to be called',
          when: marketingBy('call', 'fax'),
          requires: 'no-opt-out',
        },
        {
          id: 'crtc-recorded',
          label: 'Recorded solicitations need express consent',
          when: marketingBy('robot'),
          requires: 'opt-in',
        },
      ],
    },
    cases: CASES,
  })
