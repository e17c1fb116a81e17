// The JSON Schema of a policy, for editors and validators. The types of `model.ts` are the source; tests hold the two
// equal. Calendars and conditions have schemas of their own, which this one refers to by id.

import type {
  Cap,
  ConsentRule,
  ControlGroup,
  CoolDown,
  Definition,
  Exemption,
  Holiday,
  Quiet,
  QuietPeriod,
  Weight,
} from './model.js'

type Schema = { readonly [keyword: string]: unknown }
/** A schema for each key of a form, none left out. */
type Keys<Form> = { readonly [Key in keyof Form]-?: Schema }
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
    readonly caps: ListOf<Keys<Cap> & { readonly weights: ListOf<Keys<Weight>> }>
    readonly quiet: ListOf<Keys<Quiet> & { readonly periods: ListOf<Keys<QuietPeriod>> }>
    readonly coolDowns: ListOf<Keys<CoolDown>>
    readonly consent: ListOf<Keys<ConsentRule>>
    readonly control: ListOf<Keys<ControlGroup>>
    readonly exempt: ListOf<Keys<Exemption>>
    readonly holidays: {
      readonly items: {
        readonly anyOf: readonly [
          Schema,
          { readonly [keyword: string]: unknown; readonly properties: Keys<Exclude<Holiday, string>> },
        ]
      }
    }
  }
}

const name = { type: 'string', minLength: 1 } as const
const label = { ...name, description: 'Words for a person.' } as const
const meta = { description: "Anything, such as a law's citation; kept and ignored." } as const
const condition = { $ref: 'urn:clientele:condition#/$defs/condition' } as const
const when = { ...condition, description: 'Which attempts it speaks of; all when absent.' } as const
const presumption = {
  type: 'boolean',
  default: false,
  description:
    "Whether breaking it is presumed to break a law, rather than refused by the sender's own will.",
} as const

const duration = {
  anyOf: [
    {
      type: 'string',
      pattern:
        '^[+]?P(?=.*[1-9])(?=[0-9T])([0-9]{1,4}W)?([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,8}M)?([0-9]{1,9}([.,]0{1,9})?S)?)?$',
    },
    { type: 'integer', minimum: 1000, maximum: 9007199254740000, multipleOf: 1000 },
  ],
} as const
const zone = {
  ...name,
  default: 'recipient',
  description: "In whose wall clock: the recipient's, or that of an IANA zone.",
} as const
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const form = <Properties extends object>(properties: Properties, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const list = <Items extends object>(items: Items, maxItems: number, description: string) => ({
  type: 'array',
  items,
  maxItems,
  description,
})

const window = {
  description: 'The stretch of time in which touches count.',
  anyOf: [
    form({ rolling: { ...duration, description: '(t − W, t], in whole seconds.' } }, ['rolling']),
    form(
      {
        civilDays: {
          type: 'integer',
          minimum: 1,
          maximum: 36_600,
          description: 'The last so many local dates, today included.',
        },
        zone,
      },
      ['civilDays'],
    ),
    form(
      {
        calendar: {
          enum: ['hour', 'day', 'week', 'month', 'year'],
          description: 'The current one of these.',
        },
        weekStart: { enum: weekdays, default: 'mon', description: 'The day on which weeks begin.' },
        zone,
      },
      ['calendar'],
    ),
    form({ lifetime: { const: true, description: 'Every touch ever.' } }, ['lifetime']),
  ],
}

const per = {
  ...list(
    {
      type: 'string',
      maxLength: 250,
      pattern: '^[^.[\\]]+(\\.[^.[\\]]+)*$',
      not: { pattern: '(^|\\.)(__proto__|constructor|prototype)(\\.|$)' },
    },
    8,
    'The keys that must be equal, "recipient" or any fact; a missing key equals nothing.',
  ),
  default: ['recipient'],
}

const weight = form(
  {
    label,
    when: {
      ...condition,
      description: 'Which touches weigh so; all when absent. The first that holds decides.',
    },
    weight: { type: 'integer', minimum: 1, maximum: 1_000 },
  },
  ['weight'],
)

const cap = form(
  {
    id: name,
    label,
    when,
    counts: { ...condition, description: 'Which past touches count; those of "when" if absent.' },
    limit: {
      type: 'integer',
      minimum: 0,
      maximum: 10_000_000,
      description: 'At most so many places; 0 means never.',
    },
    window,
    per,
    tags: {
      enum: ['sent', 'current'],
      default: 'sent',
      description:
        'By which tags a past touch counts: those it was sent with, or those its campaign bears now.',
    },
    weights: list(weight, 100, 'Places by kind of touch; one when none holds.'),
    presumption,
    meta,
  },
  ['id', 'limit', 'window'],
)

const dayKinds = (description: string) =>
  list({ enum: [...weekdays, 'holiday', 'open', 'closed'] }, 10, description)
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9]'
const period = form(
  {
    days: dayKinds('On which days it starts; every day when absent.'),
    notOn: dayKinds('Days on which it does not start all the same.'),
    between: {
      type: 'string',
      pattern: `^(all-day|${TIME}-(${TIME}|24:00))$`,
      description:
        '"22:00-08:00", end exclusive, over midnight when it does not end after its start; or "all-day".',
    },
  },
  ['between'],
)

const quiet = {
  ...form(
    {
      id: name,
      label,
      when,
      zone,
      periods: list(period, 200, 'When it is quiet.'),
      calendar: { ...name, description: 'The calendar that says which dates are "open" and "closed".' },
      outside: { ...name, description: 'A calendar outside whose opening hours it is quiet.' },
      meta,
    },
    ['id'],
  ),
  anyOf: [{ required: ['periods'] }, { required: ['outside'] }],
}

const coolDown = form(
  {
    id: name,
    label,
    after: { ...condition, description: 'The touches and events that start it.' },
    blocks: { ...condition, description: 'The attempts it refuses; all when absent.' },
    window,
    per,
    presumption,
    meta,
  },
  ['id', 'after', 'window'],
)

const consent = form(
  {
    id: name,
    label,
    when,
    requires: {
      enum: ['opt-in', 'soft-opt-in', 'no-opt-out'],
      description: 'At least this: a soft opt-in, or only that no opt-out stands.',
    },
    maxAge: { ...duration, description: 'How old it may be; any age when absent.' },
    meta,
  },
  ['id', 'requires'],
)

const control = form(
  {
    id: name,
    label,
    when,
    share: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'The share of keys that is never written to.',
    },
    salt: { ...name, description: 'Groups with different salts are independent; the id when absent.' },
    per,
    meta,
  },
  ['id', 'share'],
)

const exemption = {
  ...form(
    {
      id: name,
      label,
      when,
      since: { ...condition, description: 'The touches and events from which it holds; always when absent.' },
      window: { ...window, description: 'How long it holds from then on; for ever when absent.' },
      until: { ...condition, description: 'The later touches and events that end it.' },
      per,
      from: list({ enum: ['caps', 'coolDowns', 'quiet', 'consent'] }, 4, 'The rules it passes over.'),
      uncounted: { type: 'boolean', default: false, description: 'Whether such touches count in no cap.' },
      meta,
    },
    ['from'],
  ),
  dependentRequired: { window: ['since'], until: ['since'] },
  anyOf: [
    { properties: { from: { minItems: 1 } } },
    { properties: { uncounted: { const: true } }, required: ['uncounted'] },
  ],
}

const DATE =
  '((19[7-9][0-9]|20[0-9][0-9]|2100)-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|(19(7[26]|8[048]|9[26])|20([02468][048]|[13579][26]))-02-29)'
const date = { type: 'string', pattern: `^${DATE}$` } as const
const rules = <Rule extends object>(rule: Rule, description: string) => list(rule, 1_000, description)

/**
 * The JSON Schema (2020-12) of a policy. It says of form what `compile` says; what it cannot say is left to `compile`:
 * names of zones and calendars, ids given twice, facts that are not declared. Add the schemas it refers to,
 * `condition.json` of `@clientele/core/condition` and `calendar.json` of `@clientele/calendar`, to your validator.
 *
 * @example
 * import { schema } from '@clientele/contact'
 * schema.$id // => 'urn:clientele:contact'
 *
 * @category definitions
 */
export const schema: PolicySchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:clientele:contact',
  title: 'Contact policy',
  description: 'May we write now: caps, quiet hours, consent, cool-downs, control groups, exemptions.',
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
    label,
    meta: { description: 'Any JSON, kept and ignored.' },
    facts: {
      $ref: 'urn:clientele:condition#/$defs/vocabulary',
      description: 'Declares the facts, so that a misspelt one is an issue.',
    },
    missingZone: {
      ...name,
      default: 'deny',
      description:
        'What happens to a recipient without a zone: "deny", "skip" the rules that need one, or an IANA zone in its place.',
    },
    holidays: list(
      { anyOf: [date, form({ date, name: { type: 'string' } }, ['date'])] as const },
      10_000,
      'The dates that are "holiday" in quiet periods.',
    ),
    calendars: {
      type: 'object',
      additionalProperties: { $ref: 'urn:clientele:calendar' },
      maxProperties: 100,
      description: 'Opening hours that quiet hours name.',
    },
    caps: rules(cap, 'Frequency caps. All must pass.'),
    quiet: rules(quiet, 'Quiet hours.'),
    coolDowns: rules(coolDown, 'Pauses after a touch or an event.'),
    consent: rules(consent, 'Consents that must be there.'),
    control: rules(control, 'Groups that are never written to.'),
    exempt: rules(exemption, 'Attempts that some rules do not speak of.'),
  },
  additionalProperties: false,
}
