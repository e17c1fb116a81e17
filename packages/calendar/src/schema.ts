// The JSON Schema of a calendar, for editors and validators. The types of `model.ts` are the source; tests hold the two equal.

import { WEEKDAYS } from '@clientele/core'
import type { EffectiveWeek, Hours, Intersect, Shift, Subtract, Union } from './model.js'

interface Schema {
  readonly [keyword: string]: unknown
}

/** A schema for each key of a form, none left out. */
interface FormSchema<Form> extends Schema {
  readonly properties: { readonly [Key in keyof Form]-?: Schema }
}

/** The schema of a calendar: what it says of each key of each form. @category definitions */
export interface CalendarSchema {
  readonly [keyword: string]: unknown
  readonly $id: string
  /** By form. @internal */
  readonly $defs: {
    readonly hours: FormSchema<Hours>
    readonly effectiveWeek: FormSchema<EffectiveWeek>
    readonly union: FormSchema<Union>
    readonly intersect: FormSchema<Intersect>
    readonly subtract: FormSchema<Subtract>
    readonly shift: FormSchema<Shift>
    readonly [name: string]: Schema
  }
}

const calendar = { $ref: '#' }
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,3})?)?'
const DATE = '(19[7-9][0-9]|20[0-9][0-9]|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'

const described = {
  $schema: { type: 'string' },
  version: { type: 'integer', minimum: 1, maximum: 1, default: 1, description: 'The version of this form.' },
  label: { type: 'string' },
  meta: { description: 'Any JSON, kept and ignored.' },
  facts: { description: 'A vocabulary of conditions, of which a calendar has none: ignored.' },
}

const form = <Properties extends object>(properties: Properties, required: readonly string[]) => ({
  type: 'object',
  properties: { ...described, ...properties },
  required,
  additionalProperties: false,
})

const parts = (description: string) => ({
  type: 'array',
  items: calendar,
  minItems: 1,
  maxItems: 32,
  description,
})

const byDate = (description: string) => ({
  type: 'object',
  propertyNames: { pattern: `^${DATE}$` },
  additionalProperties: { $ref: '#/$defs/intervals' },
  maxProperties: 20_000,
  default: {},
  description,
})

/**
 * The JSON Schema (2020-12) of a calendar. It says of form what `compile` says; what it cannot say is left to `compile`:
 * whether a zone is known, a date exists, a recurrence occurs, an interval has two different ends.
 *
 * @example
 * import { schema } from '@clientele/calendar/schema'
 * schema.$id // => 'urn:clientele:calendar'
 *
 * @category definitions
 */
export const schema: CalendarSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:clientele:calendar',
  title: 'Calendar',
  description: 'Opening hours in one zone, or an algebra of calendars in any zones.',
  type: 'object',
  oneOf: ['hours', 'union', 'intersect', 'subtract', 'shift'].map((name) => ({ $ref: `#/$defs/${name}` })),
  $defs: {
    hours: form(
      {
        timeZone: { type: 'string', description: 'IANA name, such as "Europe/Moscow".' },
        week: { $ref: '#/$defs/week' },
        holidays: {
          type: 'array',
          items: { $ref: '#/$defs/holiday' },
          maxItems: 20_000,
          default: [],
          description: 'Days on which nothing starts; the tail of the evening before is cut at midnight.',
        },
        dates: byDate('Replaces the intervals that start on the date; a date in both is not a holiday.'),
        breaks: byDate('Cuts the civil date, whichever day the interval belongs to.'),
        effective: {
          type: 'array',
          items: { $ref: '#/$defs/effectiveWeek' },
          maxItems: 400,
          default: [],
          description: 'Weeks that hold from a date on, until the next.',
        },
      },
      ['timeZone', 'week'],
    ),
    union: form({ union: parts('Open when any part is.') }, ['union']),
    intersect: form({ intersect: parts('Open when all parts are.') }, ['intersect']),
    subtract: form(
      {
        subtract: {
          type: 'array',
          items: calendar,
          minItems: 2,
          maxItems: 2,
          description: 'Open when the first is and the second is not.',
        },
      },
      ['subtract'],
    ),
    shift: form(
      {
        shift: {
          type: 'array',
          prefixItems: [calendar, { $ref: '#/$defs/duration' }],
          minItems: 2,
          maxItems: 2,
          description: 'The same hours, later by a duration; earlier, when negative.',
        },
      },
      ['shift'],
    ),
    effectiveWeek: {
      type: 'object',
      properties: { from: { $ref: '#/$defs/date' }, week: { $ref: '#/$defs/week' } },
      required: ['from', 'week'],
      additionalProperties: false,
    },
    week: {
      description: 'Opening hours by weekday; a day left out is closed.',
      anyOf: [
        { const: '24/7' },
        {
          type: 'object',
          properties: Object.fromEntries(WEEKDAYS.map((day) => [day, { $ref: '#/$defs/intervals' }])),
          additionalProperties: false,
        },
      ],
    },
    intervals: {
      type: 'array',
      items: {
        type: 'string',
        pattern: `^(?=.{1,40}$)${TIME}\\s*[-–]\\s*(${TIME}|24:00(:00([.]0{1,3})?)?)$`,
        description: '"09:00-13:00"; "24:00" ends a day, an end before its start runs over midnight.',
      },
      maxItems: 48,
    },
    holiday: {
      anyOf: [
        { $ref: '#/$defs/date' },
        {
          type: 'object',
          properties: { date: { $ref: '#/$defs/date' }, name: { type: 'string', minLength: 1 } },
          required: ['date'],
          additionalProperties: false,
        },
        {
          type: 'object',
          properties: {
            rrule: { type: 'string', minLength: 1, description: 'RFC 5545, dates only.' },
            from: { $ref: '#/$defs/date' },
            name: { type: 'string', minLength: 1 },
          },
          required: ['rrule'],
          additionalProperties: false,
        },
      ],
    },
    date: { type: 'string', pattern: `^${DATE}$` },
    duration: {
      anyOf: [
        { type: 'integer' },
        {
          type: 'string',
          pattern: '^[+-]?P(?=[0-9T])([0-9]+W)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$',
        },
      ],
    },
  },
}
