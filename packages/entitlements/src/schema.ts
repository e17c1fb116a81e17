// The JSON Schema of service packages, for editors and validators. The types of `model.ts` are the source; tests hold the
// two equal. Calendars and the vocabulary have schemas of their own, which this one refers to by id.

import type { CarryOver, Channel, Definition, Package } from './model.js'

/** A schema for each key of a form, none left out. */
type Keys<Form> = { readonly [Key in keyof Form]-?: { readonly [keyword: string]: unknown } }
interface MapOf<Properties> {
  readonly [keyword: string]: unknown
  readonly additionalProperties: { readonly [keyword: string]: unknown; readonly properties: Properties }
}

/** The schema of a definition: what it says of each key of the form. @category definitions */
export interface EntitlementsSchema {
  readonly [keyword: string]: unknown
  readonly $id: string
  /** By key. @internal */
  readonly properties: Keys<Definition> & {
    readonly packages: MapOf<
      Keys<Package> & {
        readonly channels: MapOf<
          Keys<Channel> & { readonly carryOver: { readonly properties: Keys<CarryOver> } }
        >
      }
    >
  }
}

const name = { type: 'string', minLength: 1 } as const
const units = { type: 'integer', minimum: 0, maximum: 1_000_000_000 } as const
const meta = { description: 'Any JSON, kept and ignored.' } as const
const anchor = {
  enum: ['calendar', 'contract'],
  default: 'calendar',
  description: "Whether periods are the calendar's or begin on the contract's anniversaries.",
} as const

const channel = {
  type: 'object',
  properties: {
    label: { ...name, description: 'Words for a person.' },
    meta,
    hours: { ...name, default: '24/7', description: 'The name of a calendar of the definition, or "24/7".' },
    quota: { ...units, description: 'Units in each period; without it there is no limit.' },
    per: {
      enum: ['day', 'week', 'month', 'quarter', 'year', 'contract'],
      description: 'How long the quota lasts.',
    },
    anchor,
    carryOver: {
      type: 'object',
      properties: {
        max: { ...units, description: 'At most so many units come over into a period; without it all.' },
        expires: {
          type: 'integer',
          minimum: 1,
          maximum: 1_000,
          description: 'For how many further periods a unit may be used; without it for ever.',
        },
      },
      additionalProperties: false,
      description: 'What becomes of units that were not used.',
    },
    overage: {
      enum: ['deny', 'bill'],
      default: 'deny',
      description: 'What happens to requests beyond the quota.',
    },
    overageLimit: { ...units, description: 'With "bill": at most so many units a period are billed.' },
    sla: { ...name, description: 'The name of the SLA target or policy that applies.' },
  },
  dependentRequired: {
    quota: ['per'],
    per: ['quota'],
    anchor: ['quota'],
    carryOver: ['quota'],
    overage: ['quota'],
    overageLimit: ['quota'],
  },
  additionalProperties: false,
} as const

const servicePackage = {
  type: 'object',
  properties: {
    label: { ...name, description: 'Words for a person.' },
    meta,
    extends: { ...name, description: 'The package whose channels, sla and anchor this one has too.' },
    without: {
      type: 'array',
      items: name,
      maxItems: 1000,
      description: 'Channels of the extended package that this one does not have.',
    },
    sla: { ...name, description: 'For channels that name none.' },
    anchor: { ...anchor, description: 'For channels that say nothing of it.' },
    channels: {
      type: 'object',
      additionalProperties: channel,
      maxProperties: 1000,
      description:
        'What may be asked for, by channel; {} is covered without limit, an absent channel is not.',
    },
  },
  anyOf: [{ required: ['channels'] }, { required: ['extends'] }],
  dependentRequired: { without: ['extends'] },
  additionalProperties: false,
} as const

/**
 * The JSON Schema (2020-12) of service packages. It says of form what `compile` says; what it cannot say is left to
 * `compile`: names of calendars and packages, packages that extend themselves, limits of nothing. Add the schemas it refers
 * to, `condition.json` of `@clientele/core/condition` and `calendar.json` of `@clientele/calendar`, to your validator.
 *
 * @example
 * import { schema } from '@clientele/entitlements'
 * schema.$id // => 'urn:clientele:entitlements'
 *
 * @category definitions
 */
export const schema: EntitlementsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:clientele:entitlements',
  title: 'Service packages',
  description: 'What customers may ask for: coverage hours and quotas by channel.',
  type: 'object',
  properties: {
    $schema: name,
    version: {
      type: 'integer',
      minimum: 1,
      maximum: 1,
      default: 1,
      description: 'The version of this form.',
    },
    id: name,
    label: name,
    meta,
    facts: {
      $ref: 'urn:clientele:condition#/$defs/vocabulary',
      description: 'Declares the facts of requests, so that a misspelt one is an error of the line.',
    },
    timeZone: {
      ...name,
      default: 'UTC',
      description: 'An IANA name: whose dates contracts mean that name no zone.',
    },
    weekStart: {
      enum: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      default: 'mon',
      description: 'The day on which weeks begin.',
    },
    packages: {
      type: 'object',
      additionalProperties: servicePackage,
      propertyNames: { minLength: 1 },
      minProperties: 1,
      maxProperties: 1000,
      description: 'Packages by name; a name may end in @ and its version, "standard@2".',
    },
    calendars: {
      type: 'object',
      additionalProperties: { $ref: 'urn:clientele:calendar' },
      maxProperties: 1000,
      description: 'Opening hours by name.',
    },
  },
  required: ['packages'],
  additionalProperties: false,
}
