// The async shell: a policy that any number of workers ask at once, its touches in a ledger that they share. All that awaits
// is here, in `open/talk.ts` and in `open/consents.ts`.

import { type Either, left, type NonEmptyArray, right, SECOND } from '@clientele/core'
import type { Effect, InputError } from './model.js'
import { type Asked, type Desk, readAsked, type SharedOp } from './open/asked.js'
import { consentsOf } from './open/consents.js'
import { decide, forget } from './open/decide.js'
import { grantNamesOf, nameOf } from './open/home.js'
import { issuesOf, type SharedIssue } from './open/issue.js'
import type { OpenOptions, Ports, Service, SharedAsking } from './open/model.js'
import { converse, orError } from './open/talk.js'
import { isRecord, whomOf } from './read.js'
import { createState } from './state.js'
import type { Table } from './table.js'

const FIVE_MINUTES = 300_000
const THIRTY_DAYS = 2_592_000_000

const isAsked = (read: Asked | InputError): read is Asked => !('error' in read)

/**
 * Opens a policy for many workers that keep nothing themselves: touches are counted in the ledger, asked and taken in one
 * step. The answers are those of `step`. Left for policies that the ledger cannot hold: caps by current tags, exemptions
 * that begin with a touch and leave others uncounted, consent rules without a source of consents.
 *
 * A decision that is asked and counted by the recipient alone costs one round trip; one more to read consents, where the
 * message needs them, and one to see whether an exemption that begins with a touch holds, where it may. With k keys an
 * allowed one costs k, one more where a rule asks what the touch does not count for, and an attempt one more to keep its
 * places; a refusal one more than the keys it came to. An exemption that ends in between costs two more. Where clocks are
 * put back over midnight, or an exemption will end, up to four more tell when a refused one is allowed.
 *
 * @example
 * import { compileOrThrow, noConsents, open } from '@clientele/contact'
 * import { orThrow } from '@clientele/core'
 * import { manualClock, memoryTouchLedger } from '@clientele/core/memory'
 * const cap = { id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }
 * const ports = { ledger: memoryTouchLedger(), clock: manualClock(0), consents: noConsents }
 * const service = orThrow(open(compileOrThrow({ caps: [cap] }), ports), 'The policy', ({ rule }) => rule)
 * await service.attempt([{ recipient: 'anna' }, { recipient: 'anna' }])
 * // => [{ verdict: 'allow', rules: [], nextAllowedAt: 0 }, { verdict: 'deny', rules: ['day'], nextAllowedAt: 86400000 }]
 *
 * @category ports
 */
export const open = (
  table: Table,
  ports: Ports,
  { tolerance = FIVE_MINUTES, remember = THIRTY_DAYS }: OpenOptions = {},
): Either<NonEmptyArray<SharedIssue>, Service> => {
  if (!(tolerance >= 0 && remember >= 0))
    throw new RangeError(`tolerance is ${tolerance} and remember ${remember}, expected milliseconds`)
  const [first, ...more] = issuesOf(table, ports.consents)
  if (first !== undefined) return left([first, ...more])
  const desk: Desk = {
    arena: createState(table),
    names: table.streams.map(({ name }) => nameOf(name)),
    grantNames: grantNamesOf(table),
    tolerance: Math.ceil(tolerance / SECOND),
    remember: Math.ceil(remember / SECOND),
  }
  const { ledger, clock } = ports
  const tell =
    (op: SharedOp) =>
    async (askings: readonly SharedAsking[]): Promise<readonly Effect[]> => {
      const now = Math.floor(clock.now() / SECOND)
      const read = askings.map((asking) => orError(() => readAsked(desk, op, asking, now)))
      const consents = await consentsOf(
        ports.consents,
        read.flatMap((each) => (isAsked(each) ? each : [])),
      )
      const talks = read.map((each) =>
        isAsked(each) ? decide(desk, each, consents.get(each.whom.id) ?? []) : each,
      )
      return converse(ledger, talks)
    }
  return right(
    Object.freeze({
      check: tell('check'),
      attempt: tell('attempt'),
      reserve: tell('reserve'),
      commit: tell('commit'),
      release: tell('release'),
      record: tell('record'),
      erase: async (askings: readonly Pick<SharedAsking, 'recipient'>[]) => {
        // facts of theirs may be among them
        desk.arena.messages.clear()
        const talks = askings.map((line) => {
          const whom = orError(() => whomOf(isRecord(line) ? line : {}))
          return 'error' in whom ? whom : forget(whom.id)
        })
        return converse(ledger, talks)
      },
    }),
  )
}
