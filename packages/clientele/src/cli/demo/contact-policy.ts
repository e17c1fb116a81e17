// What the imagined desk may write, and when: plain JSON, shown whole in the report.

import type * as Contact from '@clientele/contact'
import { REGIONS } from './desk-model.js'

const SURVEY = { fact: 'category', eq: 'survey' } as const

/** The policy of the desk's messages. */
export const MESSAGE_POLICY: Contact.Definition = {
  id: 'demo-messages',
  label: 'What the imagined desk may write, and when',
  holidays: [...new Set(REGIONS.flatMap(({ holidays }) => holidays.map(({ date }) => date)))],
  caps: [
    {
      id: 'messages-day',
      label: 'Two messages a day',
      limit: 2,
      window: { calendar: 'day', zone: 'recipient' },
    },
    {
      id: 'survey-weeks',
      label: 'One survey in two weeks',
      when: SURVEY,
      limit: 1,
      window: { civilDays: 14, zone: 'recipient' },
    },
  ],
  quiet: [
    {
      id: 'rest',
      label: 'Evenings, nights and weekends where the customer is',
      periods: [
        { days: ['mon', 'tue', 'wed', 'thu'], notOn: ['holiday'], between: '21:00-08:00' },
        { days: ['fri'], between: '21:00-10:00' },
        { days: ['sat'], between: '18:00-10:00' },
        { days: ['sun', 'holiday'], between: '18:00-08:00' },
      ],
    },
  ],
  coolDowns: [
    {
      id: 'after-complaint',
      label: 'A week without surveys after a complaint',
      after: { fact: 'event', eq: 'complaint' },
      blocks: SURVEY,
      window: { rolling: 'P7D' },
    },
  ],
  consent: [
    {
      id: 'survey-consent',
      label: 'A survey goes to customers who did not object',
      when: SURVEY,
      requires: 'soft-opt-in',
    },
  ],
  exempt: [
    {
      id: 'mailed-notices',
      label: 'A notice by e-mail wakes nobody',
      when: {
        all: [
          { fact: 'category', eq: 'notice' },
          { fact: 'channel', eq: 'email' },
        ],
      },
      from: ['quiet'],
    },
  ],
}
