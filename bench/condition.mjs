// Conditions over plain objects: the five-part example of the contract against the same thing written by hand and against
// npm. Answers are checked against a naive evaluator before anything is timed.

import * as Condition from '@clientele/core/condition'
import jsonLogic from 'json-logic-js'
import { Engine } from 'json-rules-engine'
import { bennySuite } from './lib/benny.mjs'
import { allocated, race } from './lib/measure.mjs'
import { randomFrom } from './lib/random.mjs'
import { printGroup, short } from './lib/report.mjs'

const COUNT = 4_096

const EXAMPLE = {
  all: [
    { fact: 'priority', eq: 'urgent' },
    { fact: 'customer.value', gte: 3 },
    { not: { fact: 'region', in: ['north', 'west'] } },
    {
      any: [
        { fact: 'tags', contains: 'vip' },
        { fact: 'email', exists: true },
      ],
    },
  ],
}
const LOGIC = {
  and: [
    { '===': [{ var: 'priority' }, 'urgent'] },
    { '>=': [{ var: 'customer.value' }, 3] },
    { '!': { in: [{ var: 'region' }, ['north', 'west']] } },
    { or: [{ in: ['vip', { var: 'tags' }] }, { '!=': [{ var: 'email' }, null] }] },
  ],
}
const RULE = {
  event: { type: 'holds' },
  conditions: {
    all: [
      { fact: 'priority', operator: 'equal', value: 'urgent' },
      { fact: 'customer', path: '$.value', operator: 'greaterThanInclusive', value: 3 },
      { fact: 'region', operator: 'notIn', value: ['north', 'west'] },
      {
        any: [
          { fact: 'tags', operator: 'contains', value: 'vip' },
          { fact: 'email', operator: 'notEqual', value: null },
        ],
      },
    ],
  },
}

/** The example as a person would write it. */
const byHand = ({ priority, customer, region, tags, email }) =>
  priority === 'urgent' &&
  customer.value >= 3 &&
  region !== 'north' &&
  region !== 'west' &&
  (tags.includes('vip') || email !== null)

const pick = (random, list) => list[Math.floor(random() * list.length)]

/** Objects for which every part is asked: all hold, the last one by its second half. */
const asked = (random) =>
  Array.from({ length: COUNT }, (_, id) => ({
    id,
    priority: 'urgent',
    customer: { id, value: 3 + Math.floor(random() * 3) },
    region: pick(random, ['south', 'east']),
    tags: pick(random, [['new'], ['new', 'paid'], []]),
    email: 'somebody@example.org',
  }))

/** Objects of which a quarter pass the first part. */
const quarter = (random) =>
  Array.from({ length: COUNT }, (_, id) => ({
    id,
    priority: random() < 0.25 ? 'urgent' : 'normal',
    customer: { id, value: Math.floor(random() * 6) },
    region: pick(random, ['north', 'west', 'south', 'east']),
    tags: pick(random, [['new'], ['vip', 'paid'], []]),
    email: random() < 0.5 ? 'somebody@example.org' : null,
  }))

/** Many other conditions on the same facts, as a desk with a few hundred rules has them. */
const others = () => {
  const facts = ['priority', 'region', 'email', 'id', 'tags']
  return facts.flatMap((a) =>
    facts.flatMap((b) => [
      {
        any: [
          { fact: a, eq: 'x' },
          { fact: b, in: ['a', 'b'] },
          { not: { fact: b, contains: 'q' } },
          { fact: a, gte: 7 },
        ],
      },
      {
        all: [
          { fact: 'customer.value', gte: 1 },
          { fact: a, ne: 'z' },
          {
            any: [
              { fact: b, contains: 'w' },
              { fact: a, exists: true },
            ],
          },
        ],
      },
    ]),
  )
}

const check = (table, objects) => {
  const out = Condition.evaluateInto(table, objects, new Uint8Array(objects.length))
  for (const [i, facts] of objects.entries()) {
    const expected = byHand(facts)
    const given = [Condition.evaluate(table, facts), out[i] === Condition.TRUE, jsonLogic.apply(LOGIC, facts)]
    if (given.some((one) => one !== expected))
      throw new Error(`${JSON.stringify(facts)} is answered ${given}`)
  }
}

// Each loop is written out: one shared loop over a callback would measure the callback.

const contestants = (table, objects, out) => [
  {
    name: 'clientele, one at a time',
    operations: COUNT,
    play: () => {
      let held = 0
      for (let i = 0; i < COUNT; i++) if (Condition.evaluate(table, objects[i]) === true) held++
      return held
    },
  },
  { name: 'clientele, in bulk', operations: COUNT, play: () => Condition.evaluateInto(table, objects, out) },
  {
    name: 'limit: written by hand, facts never missing',
    operations: COUNT,
    play: () => {
      let held = 0
      for (let i = 0; i < COUNT; i++) if (byHand(objects[i])) held++
      return held
    },
  },
]

const logic = (objects) => ({
  name: 'json-logic-js 2.0.5',
  operations: COUNT,
  play: () => {
    let held = 0
    for (let i = 0; i < COUNT; i++) if (jsonLogic.apply(LOGIC, objects[i]) === true) held++
    return held
  },
})

/** json-rules-engine answers by promise, so it cannot take turns: its CPU time alone. */
const rulesEngine = async (objects) => {
  const engine = new Engine([RULE])
  const start = process.cpuUsage()
  let runs = 0
  for (; runs < 1_000; runs++) {
    const { events } = await engine.run(objects[runs])
    if (events.length > 0 !== byHand(objects[runs])) throw new Error('json-rules-engine answers otherwise')
  }
  const { user, system } = process.cpuUsage(start)
  return (runs / (user + system)) * 1e6
}

export const run = async () => {
  const table = Condition.compileOrThrow(EXAMPLE)
  const random = randomFrom(42)
  const all = asked(random)
  const few = quarter(random)
  for (const objects of [all, few]) check(table, objects)
  const out = new Uint8Array(COUNT)

  const groups = [
    { title: 'five parts, every part asked', objects: all },
    { title: 'five parts, a quarter pass the first', objects: few },
  ].map(({ title, objects }) => {
    const list = [...contestants(table, objects, out), logic(objects)]
    return { title, objects, list, results: race(list) }
  })

  // from here on the process has seen other conditions, and V8 knows less of each key
  const tables = others().map((definition) => Condition.compileOrThrow(definition))
  for (const one of tables) for (const objects of [all, few]) Condition.evaluateInto(one, objects, out)
  for (const { title, objects } of groups.slice(0, 2)) {
    const list = contestants(table, objects, out).slice(0, 2)
    groups.push({
      title: `${title}, among ${tables.length} other conditions`,
      objects,
      list,
      results: race(list),
    })
  }
  for (const group of groups) {
    printGroup(group)
    group.benny = await bennySuite(group.title, group.list)
  }

  const compiled = race([{ name: 'compile', operations: 1, play: () => Condition.compile(EXAMPLE) }])[0].rate
  const explained = race([
    { name: 'explain', operations: 1, play: () => Condition.explain(table, few[0]) },
  ])[0].rate
  const figures = {
    'bytes allocated by a call of evaluate': allocated(groups[0].list[0].play, COUNT),
    'compilations of the example a CPU second': short(compiled),
    'explanations of the example a CPU second': short(explained),
    'json-rules-engine 7.3.1, evaluations a CPU second': short(await rulesEngine(few)),
  }
  for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${value}`)
  return {
    suite: 'condition',
    groups: groups.map(({ title, results, benny }) => ({ title, results, benny })),
    figures,
  }
}
