// The front door: every engine under one name, results that users of fp-ts take as they are.

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import {
  Calendar,
  Condition,
  Contact,
  Entitlements,
  isLeft,
  renderIssues,
  renderLedger,
  Sla,
} from '../src/index.js'
import { DESK } from './run.js'

test('every engine is there, and compiles', () => {
  const desk = Calendar.compileOrThrow(DESK as Calendar.Definition)
  const adult = Condition.compileOrThrow({ fact: 'age', gte: 18 })
  const policy = Sla.compileOrThrow({
    clocks: [
      { id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT1H' }] },
    ],
  })
  const caps = Contact.compileOrThrow({
    caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }],
  })
  const packages = Entitlements.compileOrThrow({ packages: { luxe: { channels: { phone: {} } } } })
  expect(Calendar.isOpen(desk, Date.UTC(2026, 2, 6, 9))).toBe(true)
  expect(Condition.evaluate(adult, { age: 42 })).toBe(true)
  expect([...Sla.replay(policy, [{ subject: 'A', at: 0, event: 'created' }])]).toHaveLength(1)
  expect(Entitlements.channelOf(packages, 'phone')).toBe(0)
  const told = Contact.explainCommand(caps, Contact.createState(caps), {
    op: 'check',
    recipient: 'anna',
    at: 0,
  })
  expect(told).toMatchObject({ verdict: { verdict: 'allow' } })
})

test('a refusal renders as text, a ledger too', () => {
  const compiled = Calendar.compile({ timeZone: 'Europe/Mosow', week: {} })
  expect(isLeft(compiled) && renderIssues(compiled.left, Calendar.message)).toContain(
    'did you mean "Europe/Moscow"?',
  )
  const desk = Calendar.compileOrThrow(DESK as Calendar.Definition)
  const { ledger } = Calendar.explainAdd(desk, Date.UTC(2026, 2, 6, 9), 3_600_000)
  expect(renderLedger(ledger)).toContain('PT1H  total')
})

test('results pipe through fp-ts', () => {
  const opens = pipe(
    Calendar.compile(DESK),
    E.map((desk) => Calendar.nextOpen(desk, Date.UTC(2026, 2, 7))),
    E.getOrElse(() => Number.NaN),
  )
  expect(new Date(opens).toISOString()).toBe('2026-03-09T06:00:00.000Z')
})
