// Cases with figures that others have published. Where CONTRACTS decides otherwise the case says so, with both answers.
import { compileOrThrow, type Definition, type EventLine, evaluate, replay } from '@clientele/sla'
import { expect, test } from 'vitest'

interface Case {
  readonly name: string
  readonly source: string
  readonly policy: Definition
  readonly events: readonly EventLine[]
  /** When the deadline passes, with nothing but these events. */
  readonly breached?: string
  readonly elapsed?: { readonly at: string; readonly minutes: number }
  /** What the source says instead, and why we differ. */
  readonly theirs?: string
}

const nineToFive = ['09:00-17:00']
const office = {
  timeZone: 'UTC',
  week: { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive },
}
const pause = { while: { fact: 'state', in: ['pending', 'pending close', 'on-hold'] } }
const policy = (within: string, calendar?: object): Definition => ({
  ...(calendar === undefined ? {} : { calendars: { desk: calendar as never } }),
  clocks: [
    {
      id: 'a',
      ...(calendar === undefined ? {} : { calendar: 'desk' }),
      start: { on: 'created', since: { fact: 'since' } },
      stop: { on: 'closed' },
      reopen: { on: 'reopened' },
      pause,
      targets: [{ when: { fact: 'sla', eq: 'second' }, within: 'PT1H' }, { within }],
    },
  ],
})
const line = (at: string, event?: string, facts: Record<string, unknown> = {}): EventLine => ({
  subject: 'T',
  at,
  facts,
  ...(event === undefined ? {} : { event }),
})

const zammadLife = [
  line('2026-03-02T10:00:00Z', 'created', { state: 'new' }),
  line('2026-03-02T11:00:00Z', undefined, { state: 'open' }),
  line('2026-03-02T11:30:00Z', undefined, { state: 'pending close' }),
]

const CASES: readonly Case[] = [
  {
    name: 'Zammad: a span of 30 minutes fits before the pause',
    source: 'https://github.com/zammad/zammad/blob/develop/spec/lib/escalation/destination_time_spec.rb',
    policy: policy('PT30M'),
    events: zammadLife,
    breached: '2026-03-02T10:30:00Z',
  },
  {
    name: 'Zammad: of 90 minutes the life of a ticket uses 90, the half hour of "pending close" none',
    source:
      'https://github.com/zammad/zammad/blob/develop/spec/lib/escalation/period_working_minutes_spec.rb',
    policy: policy('P1D'),
    events: [...zammadLife, line('2026-03-02T12:00:00Z', 'closed')],
    elapsed: { at: '2026-03-09T12:00:00Z', minutes: 90 },
  },
  {
    name: 'Zammad: 30 minutes counted from 75 minutes after creation end 15 minutes after the pause',
    source: 'https://github.com/zammad/zammad/blob/develop/spec/lib/escalation/destination_time_spec.rb',
    policy: policy('PT30M'),
    events: [
      line('2026-03-02T11:15:00Z', 'created', { state: 'open' }),
      line('2026-03-02T11:30:00Z', undefined, { state: 'pending close' }),
      line('2026-03-02T12:00:00Z', undefined, { state: 'closed' }),
    ],
    breached: '2026-03-02T12:15:00Z',
  },
  {
    name: 'freeitsm: an hour from 16:30 with the office closing at 17:00 does not end at 17:30',
    source: 'https://github.com/edmozley/freeitsm/wiki/SLA-Management',
    policy: policy('PT1H', office),
    events: [line('2026-03-02T16:30:00Z', 'created')],
    breached: '2026-03-03T09:30:00Z',
  },
  {
    name: 'Salesforce milestones: four business hours from Thursday 15:00, Friday a holiday, end on Monday at 11:00',
    source: 'https://calculator7.snowdaycalculatornow.com/business-hours-milstones-calculation-salesforce/',
    policy: policy('PT4H', { ...office, holidays: ['2026-03-06'] }),
    events: [line('2026-03-05T15:00:00Z', 'created')],
    breached: '2026-03-09T11:00:00Z',
  },
  {
    name: 'Salesforce milestones: actual elapsed time is elapsed time less stopped time',
    source:
      'https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_entitymilestone.htm',
    policy: policy('PT8H', office),
    events: [
      line('2026-03-02T10:00:00Z', 'created'),
      line('2026-03-02T12:00:00Z', undefined, { state: 'on-hold' }),
      line('2026-03-02T15:00:00Z', undefined, { state: 'open' }),
      line('2026-03-02T16:00:00Z', 'closed'),
    ],
    elapsed: { at: '2026-03-02T17:00:00Z', minutes: 180 },
  },
  {
    name: 'Zendesk metric events: requester wait time stands still while pending, an activate event goes on',
    source:
      'https://developer.zendesk.com/documentation/ticketing/reference-guides/ticket-metric-event-types-reference',
    policy: policy('PT2H'),
    events: [
      line('2026-08-27T08:00:00Z', 'created'),
      line('2026-08-27T08:30:00Z', undefined, { state: 'pending' }),
      line('2026-08-27T12:00:00Z', undefined, { state: 'open' }),
    ],
    breached: '2026-08-27T13:30:00Z',
  },
  {
    name: 'GLPI: a day of target, pending over the weekend, resumed on Monday: the weekend adds nothing',
    source: 'https://github.com/glpi-project/glpi/issues/10594',
    policy: policy('PT8H', office),
    events: [
      line('2026-03-06T10:00:00Z', 'created'),
      line('2026-03-06T17:00:00Z', undefined, { state: 'pending' }),
      line('2026-03-09T09:00:00Z', undefined, { state: 'open' }),
    ],
    breached: '2026-03-09T10:00:00Z',
  },
  {
    name: 'GLPI: urgency raised while pending does not breach, for the clock never ran on',
    source: 'https://github.com/glpi-project/glpi/issues/6902',
    policy: policy('PT8H'),
    events: [
      line('2026-03-02T10:00:00Z', 'created'),
      line('2026-03-02T10:30:00Z', undefined, { state: 'pending' }),
      line('2026-03-02T15:00:00Z', undefined, { sla: 'second' }),
    ],
    elapsed: { at: '2026-03-02T20:00:00Z', minutes: 30 },
  },
  {
    name: 'GLPI: the new SLA takes the pause into account and does not run from the opening',
    source: 'https://github.com/glpi-project/glpi/issues/15605',
    policy: policy('PT8H'),
    events: [
      line('2026-03-02T10:00:00Z', 'created'),
      line('2026-03-02T10:15:00Z', undefined, { state: 'pending' }),
      line('2026-03-05T10:00:00Z', undefined, { state: 'open', sla: 'second' }),
    ],
    breached: '2026-03-05T10:45:00Z',
  },
  {
    name: 'ServiceNow: retroactive start counts from the time the record was opened',
    source: 'https://servicenow.github.io/sdk/api/sla-api',
    policy: policy('PT4H'),
    events: [line('2026-03-02T12:00:00Z', 'created', { since: '2026-03-02T10:00:00Z' })],
    breached: '2026-03-02T14:00:00Z',
  },
  {
    name: 'Plain: total resolution includes the time after a stop; here time between stop and reopening does not count',
    source: 'https://www.plain.com/docs/graphql-reference/types/TotalResolutionTimeServiceLevelAgreement',
    policy: policy('PT4H'),
    events: [
      line('2026-03-02T10:00:00Z', 'created'),
      line('2026-03-02T11:00:00Z', 'closed'),
      line('2026-03-04T10:00:00Z', 'reopened'),
    ],
    breached: '2026-03-04T13:00:00Z',
    theirs: 'reopening an old thread breaches at once',
  },
  {
    name: 'pandas: a deadline at closing is the next opening; here it stays at closing',
    source: 'https://pandas.pydata.org/docs/user_guide/timeseries.html#business-hour',
    policy: policy('PT8H', office),
    events: [line('2026-03-02T09:00:00Z', 'created')],
    breached: '2026-03-02T17:00:00Z',
    theirs: '2026-03-03T09:00:00Z',
  },
]

test.each(CASES)('$name', ({ policy: definition, events, breached, elapsed }) => {
  const table = compileOrThrow(definition)
  if (breached !== undefined) {
    const last = events[events.length - 1]!.at as string
    const until = Math.max(Date.parse(breached), Date.parse(last)) + 86_400_000 * 7
    const found = [...replay(table, events, { until })].find(({ moment }) => moment === 'breached')
    expect(found && new Date(found.at).toISOString()).toBe(new Date(breached).toISOString())
  }
  if (elapsed !== undefined)
    expect(evaluate(table, events, Date.parse(elapsed.at))[0]!.elapsedMs).toBe(elapsed.minutes * 60_000)
})
