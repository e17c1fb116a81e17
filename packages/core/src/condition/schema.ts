// The JSON Schema of a condition, for editors and validators. The types of `model.ts` are the source; a test holds the
// two equal.

/**
 * The JSON Schema (2020-12) of a condition. It says of form what `compile` says; what it cannot say is left to
 * `compile`: budgets, forbidden names, dates that do not exist, the vocabulary.
 *
 * @example
 * import { schema } from '@clientele/core/condition'
 * schema.$id // => 'urn:clientele:condition'
 *
 * @category definitions
 */
export const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:clientele:condition',
  title: 'Condition',
  description: 'A three-valued condition over facts: true, false, or unknown where a fact is missing.',
  $ref: '#/$defs/part',
  properties: {
    $schema: { type: 'string' },
    version: {
      type: 'integer',
      minimum: 1,
      maximum: 1,
      default: 1,
      description: 'The version of this form.',
    },
    facts: { $ref: '#/$defs/vocabulary' },
  },
  unevaluatedProperties: false,
  $defs: {
    path: {
      type: 'string',
      minLength: 1,
      maxLength: 250,
      pattern: '^[^.[\\]]+(\\[[0-9]{1,9}\\])*(\\.[^.[\\]]+(\\[[0-9]{1,9}\\])*)*$',
      description: 'The path of a fact: a.b[0].c',
    },
    factRef: {
      type: 'object',
      properties: { fact: { $ref: '#/$defs/path' } },
      required: ['fact'],
      additionalProperties: false,
      description: 'Another fact as the right side.',
    },
    scalar: { type: ['string', 'number', 'boolean'] },
    operand: { anyOf: [{ $ref: '#/$defs/scalar' }, { $ref: '#/$defs/factRef' }] },
    text: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/factRef' }] },
    list: {
      anyOf: [
        { type: 'array', items: { $ref: '#/$defs/scalar' }, maxItems: 10_000 },
        { $ref: '#/$defs/factRef' },
      ],
    },
    moment: {
      anyOf: [
        {
          type: 'string',
          pattern:
            '^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2}))?$',
        },
        { $ref: '#/$defs/factRef' },
      ],
    },
    span: {
      anyOf: [
        { type: 'string', pattern: '^[+-]?P', maxLength: 64 },
        { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
        { $ref: '#/$defs/factRef' },
      ],
    },
    label: { type: 'string', minLength: 1, description: 'Words for a person, used by explanations.' },
    meta: { description: 'Anything; kept and ignored.' },
    part: {
      oneOf: [
        { $ref: '#/$defs/all' },
        { $ref: '#/$defs/any' },
        { $ref: '#/$defs/not' },
        { $ref: '#/$defs/leaf' },
        { $ref: '#/$defs/some' },
        { $ref: '#/$defs/every' },
        { $ref: '#/$defs/none' },
      ],
    },
    condition: { $ref: '#/$defs/part', type: 'object', unevaluatedProperties: false },
    conditions: { type: 'array', items: { $ref: '#/$defs/condition' }, maxItems: 10_000 },
    all: {
      type: 'object',
      properties: {
        all: { $ref: '#/$defs/conditions', description: 'All parts hold; an empty list is true.' },
        label: { $ref: '#/$defs/label' },
        meta: { $ref: '#/$defs/meta' },
      },
      required: ['all'],
    },
    any: {
      type: 'object',
      properties: {
        any: { $ref: '#/$defs/conditions', description: 'At least one part holds; an empty list is false.' },
        label: { $ref: '#/$defs/label' },
        meta: { $ref: '#/$defs/meta' },
      },
      required: ['any'],
    },
    not: {
      type: 'object',
      properties: {
        not: { $ref: '#/$defs/condition', description: 'The part does not hold; unknown stays unknown.' },
        label: { $ref: '#/$defs/label' },
        meta: { $ref: '#/$defs/meta' },
      },
      required: ['not'],
    },
    leaf: {
      type: 'object',
      description: 'A test of one fact; several operators must all hold.',
      properties: {
        fact: { $ref: '#/$defs/path' },
        eq: { $ref: '#/$defs/operand', description: 'Equal; of different types: false.' },
        ne: { $ref: '#/$defs/operand', description: 'Not equal; of different types: true.' },
        lt: { $ref: '#/$defs/operand', description: 'Less: numbers, or texts by code point.' },
        lte: { $ref: '#/$defs/operand', description: 'Less or equal.' },
        gt: { $ref: '#/$defs/operand', description: 'Greater.' },
        gte: { $ref: '#/$defs/operand', description: 'Greater or equal.' },
        in: { $ref: '#/$defs/list', description: 'One of the list; of an empty list: false.' },
        notIn: { $ref: '#/$defs/list', description: 'None of the list; of an empty list: true.' },
        contains: { $ref: '#/$defs/operand', description: 'An element of a list, or a part of a text.' },
        startsWith: { $ref: '#/$defs/text', description: 'How a text begins.' },
        endsWith: { $ref: '#/$defs/text', description: 'How a text ends.' },
        exists: { type: 'boolean', description: 'Whether the fact is there; null counts as missing.' },
        between: {
          type: 'array',
          prefixItems: [{ $ref: '#/$defs/operand' }, { $ref: '#/$defs/operand' }],
          minItems: 2,
          maxItems: 2,
          description: 'From the first to the second, both included.',
        },
        before: { $ref: '#/$defs/moment', description: 'Strictly before an instant or a civil date.' },
        after: { $ref: '#/$defs/moment', description: 'Strictly after an instant or a civil date.' },
        within: { $ref: '#/$defs/span', description: 'From now to now + the duration, both included.' },
        label: { $ref: '#/$defs/label' },
        meta: { $ref: '#/$defs/meta' },
      },
      required: ['fact'],
      anyOf: [
        { required: ['eq'] },
        { required: ['ne'] },
        { required: ['lt'] },
        { required: ['lte'] },
        { required: ['gt'] },
        { required: ['gte'] },
        { required: ['in'] },
        { required: ['notIn'] },
        { required: ['contains'] },
        { required: ['startsWith'] },
        { required: ['endsWith'] },
        { required: ['exists'] },
        { required: ['between'] },
        { required: ['before'] },
        { required: ['after'] },
        { required: ['within'] },
      ],
    },
    as: {
      type: 'string',
      pattern: '^[^.[\\]]{1,80}$',
      description: 'The name of the element inside "where".',
    },
    some: {
      type: 'object',
      properties: {
        some: {
          $ref: '#/$defs/path',
          description: 'At least one element of the list; of an empty list: false.',
        },
        as: { $ref: '#/$defs/as' },
        where: { $ref: '#/$defs/condition' },
        label: { $ref: '#/$defs/label' },
        meta: { $ref: '#/$defs/meta' },
      },
      required: ['some', 'as', 'where'],
    },
    every: {
      type: 'object',
      properties: {
        every: { $ref: '#/$defs/path', description: 'Each element of the list; of an empty list: true.' },
        as: { $ref: '#/$defs/as' },
        where: { $ref: '#/$defs/condition' },
        label: { $ref: '#/$defs/label' },
        meta: { $ref: '#/$defs/meta' },
      },
      required: ['every', 'as', 'where'],
    },
    none: {
      type: 'object',
      properties: {
        none: { $ref: '#/$defs/path', description: 'No element of the list; of an empty list: true.' },
        as: { $ref: '#/$defs/as' },
        where: { $ref: '#/$defs/condition' },
        label: { $ref: '#/$defs/label' },
        meta: { $ref: '#/$defs/meta' },
      },
      required: ['none', 'as', 'where'],
    },
    vocabulary: {
      type: 'object',
      additionalProperties: { $ref: '#/$defs/type' },
      propertyNames: { $ref: '#/$defs/path' },
      description: 'The facts that may be asked: path to type.',
    },
    type: {
      anyOf: [
        { enum: ['string', 'number', 'boolean', 'date', 'list', 'object'] },
        {
          type: 'object',
          properties: { enum: { type: 'array', items: { $ref: '#/$defs/scalar' }, maxItems: 10_000 } },
          required: ['enum'],
          additionalProperties: false,
        },
        {
          type: 'object',
          properties: { list: { $ref: '#/$defs/type' } },
          required: ['list'],
          additionalProperties: false,
        },
        {
          type: 'object',
          properties: { object: { $ref: '#/$defs/vocabulary' } },
          required: ['object'],
          additionalProperties: false,
        },
      ],
    },
  },
} as const
