// Random packages, contracts and requests on whole hours of the first half of 2026.
import type { Channel, Definition } from '@clientele/entitlements'
import fc from 'fast-check'
import { DAY, HOUR, OFFSETS } from './oracle.js'

export const START = Date.UTC(2026, 0, 1)
export const START_DAY = START / DAY
export const LAST = 150
export const HORIZON = START + 320 * DAY

const hours = fc.constantFrom(undefined, undefined, 'desk', '24/7')
const without = <A extends object>(record: A): A =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as A

const carryOver = fc
  .record({
    max: fc.constantFrom(undefined, 0, 1, 2, 5),
    expires: fc.constantFrom(undefined, undefined, 1, 2, 3),
  })
  .map(without)
const overage = fc.constantFrom(
  {},
  {},
  { overage: 'deny' as const },
  { overage: 'bill' as const },
  { overage: 'bill' as const, overageLimit: 2 },
)
const metered = fc
  .record({
    hours,
    quota: fc.integer({ min: 0, max: 4 }),
    per: fc.constantFrom('day', 'week', 'month', 'month', 'month', 'quarter', 'year', 'contract'),
    anchor: fc.constantFrom(undefined, undefined, 'calendar', 'contract'),
    carry: fc.option(carryOver, { nil: undefined }),
    overage,
  })
  .map(({ carry, overage: beyond, ...rest }): Channel => {
    const carried = rest.per === 'contract' || carry === undefined ? {} : { carryOver: carry }
    return { ...without(rest), ...beyond, ...carried } as Channel
  })
const channel: fc.Arbitrary<Channel> = fc.oneof(
  { weight: 1, arbitrary: hours.map((name) => without({ hours: name }) as Channel) },
  { weight: 5, arbitrary: metered },
)
const channels = fc
  .record({ x: channel, y: channel }, { requiredKeys: ['x'] })
  .map((each) => each as { readonly [name: string]: Channel })

export const CALENDARS: Definition['calendars'] = {
  desk: {
    timeZone: 'UTC',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-13:00']])),
  },
}

/** Three packages over the channels x and y. */
export const definition: fc.Arbitrary<Definition> = fc
  .record({ p: channels, q: channels, r: channels })
  .map(({ p, q, r }) => ({
    packages: { p: { channels: p }, q: { channels: q }, r: { channels: r } },
    calendars: CALENDARS!,
  }))

/** One package with one channel whose units come over. */
export const carrying: fc.Arbitrary<Definition> = fc
  .record({
    quota: fc.integer({ min: 1, max: 3 }),
    per: fc.constantFrom('day', 'week', 'month'),
    anchor: fc.constantFrom('calendar', 'contract'),
    carryOver: fc
      .record({
        max: fc.constantFrom(undefined, 3, 7),
        expires: fc.constantFrom(undefined, undefined, 1, 2, 3),
      })
      .map(without),
    overage,
  })
  .map(({ overage: beyond, ...rest }) => {
    const x = { ...rest, ...beyond } as Channel
    return { packages: { p: { channels: { x } } }, calendars: CALENDARS! }
  })

const dayNumber = fc.integer({ min: 0, max: LAST })
export const dateOf = (day: number): string => new Date((START_DAY + day) * DAY).toISOString().slice(0, 10)

/** A contract, its days counted from {@link START}. */
export interface Given {
  readonly holder: string
  readonly package: string
  readonly from: number
  readonly to: number | undefined
  readonly zone: string | undefined
  readonly anchor: number | undefined
  readonly change: 'reset' | 'keep' | 'prorate' | 'add' | undefined
}
const given: fc.Arbitrary<Given> = fc
  .record({
    holder: fc.constantFrom('a', 'a', 'a', 'firm'),
    package: fc.constantFrom('p', 'q', 'r'),
    from: fc.oneof(fc.constant(0), dayNumber),
    length: fc.constantFrom(undefined, undefined, 0, 10, 40, 90),
    zone: fc.constantFrom(undefined, undefined, ...Object.keys(OFFSETS)),
    anchor: fc.constantFrom(undefined, undefined, undefined, 30, -1),
    change: fc.constantFrom(undefined, 'reset' as const, 'keep' as const, 'prorate' as const, 'add' as const),
  })
  .map(({ length, ...rest }) => ({ ...rest, to: length === undefined ? undefined : rest.from + length }))

/** One to four contracts of a customer and of the firm, no two of the same package and day. */
export const contracts = fc.uniqueArray(given, {
  minLength: 1,
  maxLength: 4,
  selector: (each) => `${each.holder} ${each.package} ${each.from}`,
})

export const instant = fc.integer({ min: -5 * 24, max: (LAST + 20) * 24 }).map((hour) => START + hour * HOUR)

/** From the first day on, without end. */
export const once: readonly Given[] = [
  {
    holder: 'a',
    package: 'p',
    from: 0,
    to: undefined,
    zone: undefined,
    anchor: undefined,
    change: undefined,
  },
]

/** What is asked; `pick` chooses an earlier reservation. */
export interface Asked {
  readonly op: 'consume' | 'reserve' | 'status' | 'commit' | 'release'
  readonly channel: string
  readonly at: number
  readonly units: number
  readonly package: string | undefined
  readonly ttl: number | undefined
  readonly pick: number
}
export const asked: fc.Arbitrary<Asked> = fc.record({
  op: fc.constantFrom('consume', 'consume', 'consume', 'reserve', 'reserve', 'status', 'commit', 'release'),
  channel: fc.constantFrom('x', 'x', 'x', 'y'),
  at: instant,
  units: fc.constantFrom(1, 1, 1, 2, 3),
  package: fc.constantFrom(undefined, undefined, undefined, undefined, 'p'),
  ttl: fc.constantFrom(undefined, HOUR, 30 * HOUR, 40 * DAY),
  pick: fc.nat({ max: 20 }),
})
/** Many small requests close to each other, nearly all in order of time. */
export const dense: fc.Arbitrary<readonly Asked[]> = fc
  .tuple(
    fc.array(fc.tuple(asked, fc.constantFrom(1, 1, 6, 24, 24, 100, 800)), { minLength: 2, maxLength: 25 }),
    fc.nat({ max: 24 }),
    fc.boolean(),
  )
  .map(([all, late, plain]) => {
    let at = START
    const lines = all.map(([each, hours]): Asked => {
      at += hours * HOUR
      return {
        ...each,
        ...(plain ? { op: 'consume' as const } : {}),
        channel: 'x',
        package: undefined,
        at,
        units: each.units + (each.pick % 3),
      }
    })
    // one of them comes late, and three after it
    const rest = lines.filter((_, i) => i !== late)
    return [...rest.slice(0, -3), ...lines.filter((_, i) => i === late), ...rest.slice(-3)]
  })
export const requests = fc
  .tuple(fc.array(asked, { minLength: 1, maxLength: 25 }), fc.boolean())
  // half of the runs in order of time
  .map(([all, ordered]) => (ordered ? [...all].sort((a, b) => a.at - b.at) : all))
