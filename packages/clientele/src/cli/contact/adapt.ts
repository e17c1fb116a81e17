// `clientele contact adapt`: the caps and quiet hours of another program as our policy. What the other program says and
// ours cannot is told on standard error, so nothing is lost in silence.

import * as Contact from '@clientele/contact'
import { type AdapterName, adapters } from '@clientele/contact/adapters'
import { isLeft, shapeMessage } from '@clientele/core'
import { readJson, STANDARD } from '../file.js'
import { complain, OK, REFUSED } from '../io.js'
import { openSink } from '../sink.js'
import { type FreeVerb, told } from '../verb.js'

const NAMES = Object.keys(adapters) as readonly AdapterName[]

const run: FreeVerb['run'] = async (args, values, io) => {
  const refuse = (issues: readonly object[]): number => {
    for (const issue of issues) complain(io, JSON.stringify(issue))
    return REFUSED
  }
  const source = await readJson(io, args[0] ?? values['in'] ?? STANDARD)
  if (isLeft(source)) return refuse([source.left])
  const adapted = adapters[values['from'] as AdapterName](source.right)
  if (isLeft(adapted)) return refuse(told(adapted.left, shapeMessage))
  const { definition, notes } = adapted.right
  const compiled = Contact.compile(definition)
  if (isLeft(compiled)) return refuse(told(compiled.left, Contact.message))
  for (const message of notes) complain(io, JSON.stringify({ code: 'not-carried-over', path: '', message }))
  const sink = await openSink(io, values['out'])
  if (isLeft(sink)) return refuse([sink.left])
  const indent = values['format'] === 'ndjson' ? undefined : 2
  await sink.right.write(`${JSON.stringify(definition, undefined, indent)}\n`)
  await sink.right.close()
  return OK
}

/** Caps and quiet hours of other programs as our policy. */
export const CONTACT_ADAPT: FreeVerb = {
  kind: 'free',
  name: 'adapt',
  about:
    'print the frequency caps of another program as our policy; what it cannot say goes to standard error',
  arguments: '[file.json]',
  options: [
    { flags: '--from <program>', about: 'whose settings they are', choices: NAMES, need: 'required' },
    { flags: '--in <file>', about: 'the same as naming the file; standard input without either' },
    { flags: '--out <file>', about: 'write to a file instead of standard output' },
    { flags: '--format <format>', about: 'json (default) or ndjson, one line', choices: ['json', 'ndjson'] },
  ],
  example: {
    files: { 'limiter.json': { points: 5, duration: 60, keyPrefix: 'minute' } },
    command: 'contact adapt --from rate-limiter-flexible --format ndjson limiter.json',
    warns: [
      '{"code":"not-carried-over","path":"","message":"duration: a fixed window from the first hit becomes a rolling one, which never allows more than the points in any such stretch; the library allows up to twice as many around the end of a window"}',
      '{"code":"not-carried-over","path":"","message":"the key is the recipient; consuming several points at once becomes a weight of the cap, which you add"}',
    ],
    prints: [
      '{"id":"rate-limiter-flexible","label":"rate-limiter-flexible","caps":[{"id":"minute","label":"5 in 60 seconds","limit":5,"window":{"rolling":60000}}]}',
    ],
  },
  run,
}
