// What the sender may do to a customer. The same JSON could come from a file or a database.

import type { Contact } from 'clientele'

export const policy: Contact.Definition = {
  id: 'shop',
  caps: [
    {
      id: 'ads-week',
      label: 'Two advertisements in seven days',
      when: { fact: 'category', eq: 'marketing' },
      limit: 2,
      window: { civilDays: 7, zone: 'recipient' },
    },
    {
      id: 'sms-day',
      label: 'One SMS a day',
      when: { fact: 'channel', eq: 'sms' },
      limit: 1,
      window: { calendar: 'day', zone: 'recipient' },
    },
  ],
  quiet: [{ id: 'night', label: 'Night', periods: [{ between: '21:00-09:00' }] }],
  coolDowns: [
    {
      id: 'after-complaint',
      label: 'Two weeks without advertising after a complaint',
      after: { fact: 'event', eq: 'complaint' },
      blocks: { fact: 'category', eq: 'marketing' },
      window: { rolling: 'P14D' },
    },
  ],
  consent: [
    {
      id: 'ads-consent',
      label: 'Advertising needs consent',
      when: { fact: 'category', eq: 'marketing' },
      requires: 'opt-in',
    },
  ],
  exempt: [{ id: 'orders', when: { fact: 'category', eq: 'order' }, from: ['caps'], uncounted: true }],
}
