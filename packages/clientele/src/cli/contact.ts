// `clientele contact`: may we write now, one command a line.

import * as Contact from '@clientele/contact'
import { isLeft, left, right } from '@clientele/core'
import { CONTACT_ADAPT } from './contact/adapt.js'
import { CONTACT_PRESET } from './contact/preset.js'
import { asOfOf, sessionOf } from './contact/session.js'
import { CONTACT_SIMULATE } from './contact/simulate.js'
import { type Engine, type LineVerb, told } from './verb.js'

const openWith =
  (explain: 'always' | 'when asked'): LineVerb['open'] =>
  async (definition, values) => {
    const compiled = Contact.compile(definition)
    if (isLeft(compiled)) return left(told(compiled.left, Contact.message))
    const asOf = asOfOf(values)
    if (isLeft(asOf)) return asOf
    return right({
      bytes: Contact.toBytes(compiled.right).length,
      start: (options) => {
        // a case of `contact test` may stand at a moment of its own
        const own = asOfOf(options.values)
        const at = isLeft(own) ? asOf.right : (own.right ?? asOf.right)
        return sessionOf(compiled.right, at, {
          ...options,
          explain: explain === 'always' || options.explain,
        })
      },
    })
  }

const POLICY = {
  caps: [
    {
      id: 'sms-day',
      label: 'One SMS a day',
      when: { fact: 'channel', eq: 'sms' },
      limit: 1,
      window: { calendar: 'day', zone: 'recipient' },
    },
  ],
  quiet: [{ id: 'night', label: 'Night', periods: [{ between: '22:00-08:00' }] }],
}

const line = (op: string, at: string): string =>
  `{"op":"${op}","recipient":{"id":"anna","zone":"Europe/Moscow"},"at":"${at}","facts":{"channel":"sms"}}`

const AS_OF = {
  flags: '--as-of <instant>',
  about: 'where we stand in time: lines from after it are refused',
} as const

const run: LineVerb = {
  kind: 'lines',
  name: 'run',
  about:
    'ask and tell, one command a line: record, check, attempt, reserve, commit, release, consent, choose, tag, prefer, erase',
  definition: { name: 'policy.json', need: 'required' },
  options: [AS_OF],
  example: {
    files: { 'policy.json': POLICY },
    command: 'contact run policy.json',
    input: [
      line('attempt', '2026-03-02T09:00:00Z'),
      line('attempt', '2026-03-02T12:00:00Z'),
      line('check', '2026-03-02T21:00:00Z'),
    ],
    prints: [
      '{"verdict":"allow","rules":[],"nextAllowedAt":"2026-03-02T09:00:00Z"}',
      '{"verdict":"deny","rules":["sms-day"],"nextAllowedAt":"2026-03-03T05:00:00Z"}',
      '{"verdict":"defer","rules":["night"],"nextAllowedAt":"2026-03-03T05:00:00Z"}',
    ],
  },
  speaks: 'by-line',
  open: openWith('when asked'),
}

const explain: LineVerb = {
  kind: 'lines',
  name: 'explain',
  about:
    'the same lines, answered with why: how many such touches still fit under each limit, and what frees it',
  definition: { name: 'policy.json', need: 'required' },
  options: [AS_OF],
  example: {
    files: { 'policy.json': POLICY },
    command: 'contact explain policy.json --format table',
    input: [line('attempt', '2026-03-02T09:00:00Z'), line('check', '2026-03-02T20:00:00Z')],
    prints: [
      'verdict  rules                nextAllowedAt',
      'allow    []                   2026-03-02T09:00:00Z',
      '    1 touches  One SMS a day (sms-day): 0 of 1 used  2026-03-01T21:00:00Z – 2026-03-02T09:00:01Z',
      '    1 touches  total',
      'deny     ["sms-day","night"]  2026-03-03T05:00:00Z',
      '    0 touches  One SMS a day (sms-day): 1 of 1 used, frees 2026-03-02T21:00:00Z  2026-03-01T21:00:00Z – 2026-03-02T20:00:01Z',
      '    0 touches  Night (night): frees 2026-03-03T05:00:00Z',
      '    0 touches  total',
    ],
  },
  speaks: 'by-line',
  open: openWith('always'),
}

/** The contact policy's verbs. */
export const CONTACT: Engine = {
  name: 'contact',
  about: 'may we write now: caps, quiet hours, cool-downs, consent, reservations',
  verbs: [run, explain, CONTACT_SIMULATE, CONTACT_PRESET, CONTACT_ADAPT],
  main: run,
  testExample: {
    files: {
      'policy.json': POLICY,
      'cases.ndjson': `{"given":[${line('attempt', '2026-03-02T09:00:00Z')},${line('check', '2026-03-02T12:00:00Z')}],"expect":{"verdict":"deny","rules":["sms-day"]}}`,
    },
    command: 'contact test policy.json cases.ndjson',
    prints: ['{"passed":1,"failed":0}'],
  },
}
