// `clientele contact simulate`: a history under another policy, and what that policy would have refused.

import * as Contact from '@clientele/contact'
import { isLeft, left, right } from '@clientele/core'
import type { Answer } from '../format.js'
import { type LineVerb, type Session, told } from '../verb.js'
import { asOfOf, wrongInstant } from './session.js'

/** What a simulation found, a row each: for people. */
const rowsOf = ({ touches, refused, rules, channels, segments }: Contact.Simulation): readonly Answer[] => {
  const row = (
    by: string,
    name: string,
    tally: { readonly touches?: number; readonly refused: number },
  ): Answer => ({
    by,
    name: name === '' ? null : name,
    touches: tally.touches ?? null,
    refused: tally.refused,
  })
  return [
    row('all', '', { touches, refused }),
    ...Object.entries(rules).map(([id, count]) => row('rule', id, { refused: count })),
    ...Object.entries(channels).map(([name, tally]) => row('channel', name, tally)),
    ...Object.entries(segments).map(([name, tally]) => row('segment', name, tally)),
  ]
}

const open: LineVerb['open'] = async (definition, values) => {
  const compiled = Contact.compile(definition)
  if (isLeft(compiled)) return left(told(compiled.left, Contact.message))
  const asOf = asOfOf(values)
  if (isLeft(asOf)) return asOf
  const table = compiled.right
  return right({
    bytes: Contact.toBytes(table).length,
    start: ({ values: own }): Session => {
      const history = Contact.createHistory()
      const segment = own['segment'] ?? values['segment']
      return {
        answer: (line) => {
          const wrong = wrongInstant(line, asOf.right) ?? Contact.addToHistory(history, line)
          return wrong === undefined ? [] : [{ ...wrong }]
        },
        end: () => {
          const found = Contact.simulate(table, history, segment === undefined ? {} : { segment })
          return own['format'] === 'table' ? rowsOf(found) : [{ ...found }]
        },
      }
    },
  })
}

/** What another policy would have refused. */
export const CONTACT_SIMULATE: LineVerb = {
  kind: 'lines',
  name: 'simulate',
  about:
    'replay a history under a policy: how many touches it would have refused, by rule, channel and segment; errors of input come first',
  definition: { name: 'policy.json', need: 'required' },
  options: [
    { flags: '--segment <fact>', about: 'the fact that tells segments apart (default: segment)' },
    { flags: '--as-of <instant>', about: 'where we stand in time: lines from after it are refused' },
  ],
  example: {
    files: {
      'policy.json': {
        caps: [{ id: 'day', label: 'One in 24 hours', limit: 1, window: { rolling: 'PT24H' } }],
      },
    },
    command: 'contact simulate policy.json',
    input: [
      '{"op":"record","recipient":"anna","at":"2026-03-02T09:00:00Z","facts":{"channel":"sms","segment":"new"}}',
      '{"op":"record","recipient":"anna","at":"2026-03-02T12:00:00Z","facts":{"channel":"email","segment":"new"}}',
      '{"op":"record","recipient":"boris","at":"2026-03-02T12:00:00Z","facts":{"channel":"email"}}',
    ],
    prints: [
      '{"touches":3,"refused":1,"events":0,"rules":{"day":1},"channels":{"email":{"touches":2,"refused":1},"sms":{"touches":1,"refused":0}},"segments":{"":{"touches":1,"refused":0},"new":{"touches":2,"refused":1}}}',
    ],
  },
  speaks: 'at-end',
  open,
}
