// The policy of the imagined desk: plain JSON, shown whole in the report, written by code only to avoid repetition.

import type { Definition as Calendar } from '@clientele/calendar'
import type { Condition, Leaf } from '@clientele/core/condition'
import type { Definition, Target } from '@clientele/sla'
import { PRIORITIES, type Priority, REGIONS, type Region } from './desk-model.js'

const calendarOf = ({ zone, hours, holidays }: Region): Calendar => ({
  timeZone: zone,
  week: hours,
  holidays,
})

const calendars: { readonly [name: string]: Calendar } = {
  ...Object.fromEntries(REGIONS.map((region) => [region.id, calendarOf(region)])),
  around: { label: 'Some team is at work', union: REGIONS.map(calendarOf) },
}

const is = (fact: string, value: string): Leaf => ({ fact, eq: value })

/** One target for each team, on that team's hours. */
const byRegion = (conditions: readonly Condition[], within: string): readonly Target[] =>
  REGIONS.map(({ id }) => ({ when: { all: [...conditions, is('region', id)] }, within, calendar: id }))

const RESOLUTION: { readonly [priority in Priority]: string } = {
  urgent: 'PT4H',
  high: 'PT9H',
  normal: 'PT18H',
  low: 'PT36H',
}

/** The policy of the seeded demo. */
export const DESK_POLICY: Definition & { readonly calendars: { readonly [name: string]: Calendar } } = {
  id: 'demo-desk',
  label: 'Support promises of the imagined desk',
  calendars,
  clocks: [
    {
      id: 'first-response',
      label: 'First response',
      calendar: 'around',
      start: { on: 'created' },
      stop: { on: 'replied' },
      cancel: { on: 'withdrawn' },
      cycle: 'once',
      targets: [
        { when: is('channel', 'phone'), within: 'PT5M' },
        { when: is('channel', 'chat'), within: 'PT10M' },
        { when: is('channel', 'office'), within: 'PT30M' },
        ...byRegion([is('channel', 'email'), { fact: 'priority', in: ['urgent', 'high'] }], 'PT2H'),
        ...byRegion([is('channel', 'email')], 'PT6H'),
        ...byRegion([is('channel', 'forum')], 'PT9H'),
      ],
      warn: ['75%'],
      onRetarget: 'keep-elapsed',
    },
    {
      id: 'next-reply',
      label: 'Next reply',
      start: { on: 'customer-replied' },
      stop: { on: 'replied' },
      cancel: { on: 'withdrawn' },
      cycle: 'each',
      targets: byRegion([], 'PT9H'),
    },
    {
      id: 'resolution',
      label: 'Resolution',
      calendar: 'around',
      start: { on: 'created' },
      stop: { on: 'resolved' },
      cancel: { on: 'withdrawn' },
      reopen: { on: 'reopened' },
      pause: { while: { fact: 'state', in: ['awaiting-user', 'awaiting-vendor'] } },
      cycle: 'once',
      targets: PRIORITIES.flatMap((priority) => byRegion([is('priority', priority)], RESOLUTION[priority])),
      warn: ['75%'],
      after: ['PT9H'],
      onRetarget: 'keep-elapsed',
    },
  ],
}
