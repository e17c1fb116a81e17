// Policies to start from, as data: copy one, put your calendar and events in, compile. Durations without a calendar run
// round the clock.

import type { Clock, Definition, Target } from './model.js'

const channel = (
  id: string,
  label: string,
  channels: readonly string[],
  notBefore: string,
  within: string,
): Target => ({
  id,
  label,
  when: channels.length === 1 ? { fact: 'channel', eq: channels[0]! } : { fact: 'channel', in: channels },
  notBefore,
  within,
})

/**
 * Response norms for the support channels of a classical service desk: a telephone call is answered in 1–5 minutes,
 * e-mail and messengers in 5 minutes – 3 days, a forum in 30 minutes – 30 days, an office visitor is received in 1 minute
 * – 1 hour. An answer before the lower bound is met, and marked early. The channel is the fact `channel`; a clock starts
 * at `asked`, stops at `answered`, and each question is a cycle of its own.
 *
 * @example
 * import { compileOrThrow } from '@clientele/sla'
 * import { SUPPORT_CHANNELS } from '@clientele/sla/presets'
 * compileOrThrow(SUPPORT_CHANNELS).clocks[0]?.id // => 'answer'
 *
 * @category definitions
 */
export const SUPPORT_CHANNELS: Definition = {
  id: 'support-channels',
  label: 'Response norms by support channel',
  clocks: [
    {
      id: 'answer',
      label: 'Answer',
      start: { on: 'asked' },
      stop: { on: 'answered' },
      cancel: { on: ['merged', 'abandoned'] },
      cycle: 'each',
      targets: [
        channel('phone', 'Telephone', ['phone'], 'PT1M', 'PT5M'),
        channel('written', 'E-mail and messengers', ['email', 'messenger'], 'PT5M', 'P3D'),
        channel('forum', 'Forum', ['forum'], 'PT30M', 'P30D'),
        channel('visit', 'Office visit', ['visit'], 'PT1M', 'PT1H'),
      ],
      warn: ['75%'],
    },
  ],
}

const byPriority = (urgent: string, high: string, normal: string, low: string): readonly Target[] => [
  { id: 'urgent', when: { fact: 'priority', eq: 'urgent' }, within: urgent },
  { id: 'high', when: { fact: 'priority', eq: 'high' }, within: high },
  { id: 'low', when: { fact: 'priority', eq: 'low' }, within: low },
  { id: 'normal', within: normal },
]

const waiting = { while: { fact: 'state', in: ['pending', 'on-hold'] } } as const

/**
 * First response, next reply, periodic update and resolution by the fact `priority`, as most help desks have them. Events
 * are `created`, `asked` (the customer wrote), `replied` (an agent wrote), `solved`, `reopened`, `merged`; the fact `state`
 * pauses the resolution while it is `pending` or `on-hold`. Without a calendar: give one with `withCalendar`.
 *
 * @example
 * import { compileOrThrow } from '@clientele/sla'
 * import { HELP_DESK } from '@clientele/sla/presets'
 * compileOrThrow(HELP_DESK).clocks.map(({ id }) => id) // => ['first-response', 'next-reply', 'update', 'resolution']
 *
 * @category definitions
 */
export const HELP_DESK: Definition = {
  id: 'help-desk',
  label: 'Help desk by priority',
  clocks: [
    {
      id: 'first-response',
      label: 'First response',
      start: { on: 'created' },
      stop: { on: 'replied' },
      cancel: { on: 'merged' },
      targets: byPriority('PT30M', 'PT2H', 'PT4H', 'PT8H'),
      warn: ['50%', '-PT15M'],
    },
    {
      id: 'next-reply',
      label: 'Next reply',
      start: { on: 'asked' },
      stop: { on: ['replied', 'solved'] },
      cancel: { on: 'merged' },
      cycle: 'each',
      targets: byPriority('PT1H', 'PT4H', 'PT8H', 'P1D'),
      warn: ['75%'],
    },
    {
      id: 'update',
      label: 'Periodic update',
      start: { on: 'replied' },
      reset: { on: 'replied' },
      stop: { on: 'solved' },
      cancel: { on: 'merged' },
      cycle: 'each',
      pause: waiting,
      targets: byPriority('PT4H', 'PT8H', 'P2D', 'P3D'),
    },
    {
      id: 'resolution',
      label: 'Resolution',
      start: { on: 'created' },
      stop: { on: 'solved' },
      cancel: { on: 'merged' },
      reopen: { on: 'reopened' },
      pause: waiting,
      targets: byPriority('PT8H', 'P1D', 'P3D', 'P5D'),
      warn: ['50%', '75%'],
      after: ['PT8H'],
    },
  ] satisfies readonly Clock[],
}
