// The two service packages of a support desk: what is promised, in one place, for the desk and for the price list.

import type { Entitlements } from 'clientele'

/** Standard: the phone in working hours, two visits and fifteen e-mails a month. Luxe: the phone at any time, four visits. */
export const packages: Entitlements.Definition = {
  timeZone: 'Europe/Moscow',
  calendars: {
    desk: {
      timeZone: 'Europe/Moscow',
      week: {
        mon: ['09:00-18:00'],
        tue: ['09:00-18:00'],
        wed: ['09:00-18:00'],
        thu: ['09:00-18:00'],
        fri: ['09:00-18:00'],
      },
      holidays: [{ date: '2026-03-09', name: 'Women’s Day, moved' }],
    },
  },
  packages: {
    standard: {
      label: 'Standard',
      sla: 'four-hours',
      channels: {
        phone: { label: 'the phone', hours: 'desk' },
        visit: { label: 'visits', quota: 2, per: 'month' },
        email: { label: 'e-mail', quota: 15, per: 'month', carryOver: { max: 5, expires: 1 } },
      },
    },
    luxe: {
      label: 'Luxe',
      extends: 'standard',
      sla: 'one-hour',
      channels: {
        phone: { label: 'the phone', hours: '24/7', sla: 'ten-minutes' },
        visit: { label: 'visits', quota: 4, per: 'month', overage: 'bill' },
        email: { label: 'e-mail' },
      },
    },
  },
}
