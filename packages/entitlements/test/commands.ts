// Random commands: contracts, accounts, requests with and without ids.
import { type Command, createState, type Effect, type State, step, type Table } from '@clientele/entitlements'
import fc from 'fast-check'
import { type Asked, asked, contracts, dateOf, type Given } from './arbitraries.js'

/** A contract line. */
export const made = (each: Given, holder = each.holder): Command => ({
  op: 'contract',
  customer: holder,
  package: each.package,
  from: dateOf(each.from),
  ...(each.to === undefined ? {} : { to: dateOf(each.to) }),
  ...(each.zone === undefined ? {} : { zone: each.zone }),
  ...(each.anchor === undefined ? {} : { anchor: dateOf(each.anchor) }),
  ...(each.change === undefined ? {} : { change: each.change }),
})
/** What is asked as a line. */
export const said = (each: Asked, customer: string, id: string | undefined): Command =>
  ({
    op: each.op,
    customer,
    channel: each.channel,
    at: each.at,
    ...(each.op === 'commit' || each.op === 'release' ? {} : { units: each.units }),
    ...(each.op === 'reserve' && each.ttl !== undefined ? { ttl: each.ttl } : {}),
    ...(each.package === undefined || each.op === 'commit' || each.op === 'release'
      ? {}
      : { package: each.package }),
    ...(id === undefined ? {} : { id }),
  }) as Command

/** Commands of several customers of one firm: contracts, requests with and without ids. */
export const commandsOf = (
  customers: readonly string[],
): fc.Arbitrary<readonly (readonly [string, Command])[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...customers), contracts)
          .map(([who, all]) => [who, made(all[0]!, who)] as const),
      },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom(...customers)
          .map((who) => [who, { op: 'account', customer: who, account: 'firm' } as Command] as const),
      },
      {
        weight: 8,
        arbitrary: fc
          .tuple(
            fc.constantFrom(...customers),
            asked,
            fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
          )
          .map(
            ([who, each, id]) =>
              [who, said(each, who, id === undefined ? undefined : `${who} ${id}`)] as const,
          ),
      },
    ),
    { minLength: 1, maxLength: 25 },
  )
/** Commands of two customers and a firm. */
export const commands = commandsOf(['a', 'b', 'firm']).map((all) => all.map(([, command]) => command))

/** A state after some commands, and what they were answered. */
export const played = (
  table: Table,
  all: readonly Command[],
): { readonly state: State; readonly out: readonly Effect[] } => {
  const [state, out] = [createState(table), [] as Effect[]]
  for (const command of all) step(table, state, command, out)
  return { state, out }
}
