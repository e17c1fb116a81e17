// A month at a support desk: who may call, when a visit is promised, kept or called off, and what an upgrade changes.

import { formatInstant } from '@clientele/core'
import { Entitlements, renderLedger } from 'clientele'
import { packages } from './packages.js'

/** What happened in March: Anna upgrades in mid-month, a firm shares one contract. */
export const march: readonly Entitlements.Command[] = [
  { op: 'contract', customer: 'anna', package: 'standard', from: '2026-01-01', to: '2026-12-31' },
  { op: 'contract', account: 'acme', package: 'standard', from: '2026-02-15' },
  { op: 'consume', customer: 'anna', channel: 'phone', at: '2026-03-06T14:30:00Z' },
  { op: 'consume', customer: 'anna', channel: 'phone', at: '2026-03-06T16:00:00Z' },
  { op: 'reserve', id: 'v1', customer: 'anna', channel: 'visit', at: '2026-03-10T09:00:00Z', ttl: 'P2D' },
  { op: 'commit', id: 'v1', customer: 'anna', at: '2026-03-11T12:00:00Z' },
  {
    op: 'consume',
    customer: 'boris',
    account: 'acme',
    channel: 'visit',
    units: 2,
    at: '2026-03-12T09:00:00Z',
  },
  { op: 'consume', customer: 'clara', account: 'acme', channel: 'visit', at: '2026-03-13T09:00:00Z' },
  { op: 'contract', customer: 'anna', package: 'luxe', from: '2026-03-16', change: 'prorate' },
  { op: 'consume', customer: 'anna', channel: 'phone', at: '2026-03-20T22:00:00Z' },
  { op: 'consume', customer: 'anna', channel: 'visit', units: 3, at: '2026-03-21T09:00:00Z' },
  { op: 'consume', customer: 'anna', channel: 'email', units: 100, at: '2026-03-25T09:00:00Z' },
]

const words = (effect: Entitlements.Effect): string => {
  if (!('verdict' in effect)) return 'heard'
  const { verdict, remaining, reason, nextAllowedAt, billed, sla } = effect
  const parts = [
    verdict === 'deny' ? `no: ${reason}` : verdict === 'bill' ? `yes, ${billed} billed` : 'yes',
    ...(remaining === null ? [] : [`${remaining} left`]),
    ...(nextAllowedAt === null ? [] : [`again from ${formatInstant(nextAllowedAt)}`]),
    ...(verdict === 'deny' || sla === null ? [] : [`within ${sla}`]),
  ]
  return parts.join(', ')
}

const subject = (command: Entitlements.Command): string => {
  const customer = 'customer' in command ? command.customer : undefined
  const whose = customer ?? ('account' in command ? command.account : undefined)
  const what = 'channel' in command && command.channel !== undefined ? ` ${command.channel}` : ''
  const units = 'units' in command && command.units !== undefined ? ` × ${command.units}` : ''
  return `${String(whose)} ${command.op}${what}${units}`
}

/** Each line with its answer; where it was refused, why. */
export const report = (): readonly string[] => {
  const table = Entitlements.compileOrThrow(packages)
  const state = Entitlements.createState(table)
  return march.flatMap((command) => {
    const { effect, ledger } = Entitlements.stepExplained(table, state, command)
    const line = `${subject(command)}: ${words(effect)}`
    const refused = 'verdict' in effect && effect.verdict === 'deny' && ledger !== undefined
    return refused ? [line, renderLedger(ledger)] : [line]
  })
}

/** How all that Anna may ask for stands when the month is over. */
export const statement = (): readonly string[] => {
  const table = Entitlements.compileOrThrow(packages)
  const state = Entitlements.createState(table)
  for (const command of march) Entitlements.step(table, state, command, [])
  const anna = Entitlements.handle(state, 'anna')
  return Entitlements.usage(table, state, anna, Date.parse('2026-03-31T12:00:00Z')).map(
    ({ channel, quota, used, billed }) =>
      quota === null
        ? `${channel}: without limit`
        : `${channel}: ${used} of ${quota} used${billed > 0 ? `, ${billed} to bill` : ''}`,
  )
}
