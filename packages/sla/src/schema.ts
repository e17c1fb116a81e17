// The JSON Schema of a policy, for editors and validators. The types of `model.ts` are the source; tests hold the two
// equal. Calendars and conditions have schemas of their own, which this one refers to by id.

import type { Clock, Definition, Start, Target } from './model.js'

/** A schema for each key of a form, none left out. */
type Keys<Form> = { readonly [Key in keyof Form]-?: { readonly [keyword: string]: unknown } }
interface ListOf<Properties> {
  readonly [keyword: string]: unknown
  readonly items: { readonly [keyword: string]: unknown; readonly properties: Properties }
}

/** The schema of a policy: what it says of each key of the form. @category definitions */
export interface PolicySchema {
  readonly [keyword: string]: unknown
  readonly $id: string
  /** By key. @internal */
  readonly properties: Keys<Definition> & {
    readonly clocks: ListOf<
      Keys<Clock> & {
        readonly start: { readonly properties: Keys<Start> }
        readonly targets: ListOf<Keys<Target>>
      }
    >
  }
}

const duration = {
  anyOf: [
    {
      type: 'string',
      pattern:
        '^[+-]?P(?=[0-9T])([0-9]{1,4}W)?([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,8}M)?([0-9]{1,9}([.,][0-9]{1,9})?S)?)?$',
    },
    { type: 'integer', minimum: 0, maximum: 9007199254740991 },
  ],
} as const
const name = { type: 'string', minLength: 1 } as const
const condition = { $ref: 'urn:clientele:condition#/$defs/condition' } as const
const events = {
  anyOf: [name, { type: 'array', items: name, minItems: 1, maxItems: 1000 }],
  description: 'The name of the event, or several.',
} as const
const when = {
  ...condition,
  description: 'What must hold too, asked of the facts after the line; its data is event.…',
} as const
const trigger = {
  type: 'object',
  properties: { on: events, when },
  anyOf: [{ required: ['on'] }, { required: ['when'] }],
  additionalProperties: false,
} as const

const target = {
  type: 'object',
  properties: {
    id: { ...name, description: 'Names the target in moments; targets[i] without it.' },
    label: name,
    when: { ...condition, description: 'The first target whose "when" holds applies; without it, always.' },
    within: { ...duration, description: 'Open time less pauses.' },
    notBefore: { ...duration, description: 'A stop before this much open time is met, but early.' },
    calendar: { ...name, description: "Instead of the clock's." },
  },
  required: ['within'],
  additionalProperties: false,
} as const

const clock = {
  type: 'object',
  properties: {
    id: name,
    label: { ...name, description: 'Words for a person.' },
    calendar: { ...name, description: 'The name of a calendar of the policy; none means round the clock.' },
    start: {
      ...trigger,
      properties: {
        on: events,
        when,
        since: {
          type: 'object',
          properties: { fact: { type: 'string', maxLength: 500, pattern: '^[^.[\\]]+(\\.[^.[\\]]+)*$' } },
          required: ['fact'],
          additionalProperties: false,
          description: 'Count from the instant this fact holds, if it lies before the start.',
        },
      },
      description: 'Starts the clock.',
    },
    stop: { ...trigger, description: 'Ends the cycle: met at or before the deadline, missed after it.' },
    cancel: { ...trigger, description: 'Ends the cycle without a verdict.' },
    reset: { ...trigger, description: 'Begins the running cycle anew.' },
    reopen: { ...trigger, description: 'Continues a stopped clock with the time it had used.' },
    pause: {
      type: 'object',
      properties: { while: { ...condition, description: 'Unknown does not pause.' }, on: events, when },
      anyOf: [{ required: ['while'] }, { required: ['on'] }, { required: ['when'] }],
      additionalProperties: false,
      description: 'When the running clock stands still.',
    },
    resume: { ...trigger, description: 'Ends a pause that an event began.' },
    cycle: {
      enum: ['once', 'each'],
      default: 'once',
      description: 'Whether it starts anew after a stop or cancel.',
    },
    targets: { type: 'array', items: target, minItems: 1, maxItems: 1000 },
    warn: {
      type: 'array',
      items: {
        type: 'string',
        pattern:
          '^((100(\\.0{1,6})?|(?!0{1,2}(\\.0{1,6})?%)[0-9]{1,2}(\\.[0-9]{1,6})?)%|-P(?=[0-9T])([0-9]{1,4}W)?([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,8}M)?([0-9]{1,9}([.,][0-9]{1,9})?S)?)?)$',
      },
      maxItems: 15,
      description: 'Marks before the deadline: a share of the target, "50%", or open time left, "-PT15M".',
    },
    after: {
      type: 'array',
      items: duration,
      maxItems: 15,
      description: 'Open time after the deadline, a step each.',
    },
    onRetarget: {
      enum: ['keep-elapsed', 'restart', 'retroactive'],
      default: 'keep-elapsed',
      description: 'What becomes of the time used when another target applies.',
    },
  },
  required: ['id', 'start', 'targets'],
  additionalProperties: false,
} as const

/**
 * The JSON Schema (2020-12) of a policy. It says of form what `compile` says; what it cannot say is left to `compile`:
 * names of calendars, ids given twice, pauses that never end, durations of nothing. Add the schemas it refers to,
 * `condition.json` of `@clientele/core/condition` and `calendar.json` of `@clientele/calendar`, to your validator.
 *
 * @example
 * import { schema } from '@clientele/sla'
 * schema.$id // => 'urn:clientele:sla'
 *
 * @category definitions
 */
export const schema: PolicySchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:clientele:sla',
  title: 'SLA policy',
  description: 'Clocks on business time: targets, pauses, warnings, breaches.',
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    version: {
      type: 'integer',
      minimum: 1,
      maximum: 1,
      default: 1,
      description: 'The version of this form.',
    },
    id: name,
    label: name,
    meta: { description: 'Any JSON, kept and ignored.' },
    facts: {
      $ref: 'urn:clientele:condition#/$defs/vocabulary',
      description: 'Declares the facts, so that a misspelt one is an issue.',
    },
    calendars: {
      type: 'object',
      additionalProperties: { $ref: 'urn:clientele:calendar' },
      maxProperties: 1000,
      description: 'Opening hours by name.',
    },
    clocks: { type: 'array', items: clock, minItems: 1, maxItems: 200 },
  },
  required: ['clocks'],
  additionalProperties: false,
}
