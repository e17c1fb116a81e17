// Random policies with small limits, and streams of commands that meet them: few recipients, debts and campaigns, times
// around changes of clocks, local midnights and the ends of windows. A case is drawn as small numbers and written out
// afterwards, so that policy and commands share their zones and instants, and all of it shrinks.

import { zones } from '@clientele/testkit'
import fc from 'fast-check'
import type {
  Candidate,
  Cap,
  Command,
  ConsentRule,
  ControlGroup,
  CoolDown,
  Definition,
  Exemption,
  Facts,
  Quiet,
  QuietPeriod,
  Recipient,
  Window,
} from '../src/model.js'
import { DAY, firstInstant, localAt, SECOND, transitionsOf } from './oracle/zone.js'

const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** One policy, and what is said to it. */
export interface Case {
  readonly definition: Definition
  readonly commands: readonly Command[]
}

/** How long windows and streams are. */
export interface Scale {
  /** Durations of rolling windows. */
  readonly rolling: readonly (string | number)[]
  /** Steps between commands. */
  readonly steps: readonly (readonly number[])[]
  /** Civil windows that fit. */
  readonly civil: readonly ('hour' | 'day' | 'week' | 'month' | 'year')[]
  readonly civilDays: number
  /** Which of the steps are common. */
  readonly paces: readonly number[]
  readonly commands: number
}

export const WIDE: Scale = {
  rolling: ['PT30M', 'PT1H', 'PT24H', 'P3D', 'P30D', 'PT90S', 5_400_000, 'P1DT12H'],
  steps: [
    [0, 0, 0, 1, 2, 30, 59, 60, 61, 90].map((n) => n * SECOND),
    [1, 15, 30, 60].map((n) => n * MINUTE).concat([0, HOUR - SECOND, HOUR + SECOND]),
    [1, 2, 5, 12, 23, 24, 25, 36].map((n) => n * HOUR).concat([0, DAY - SECOND]),
    [1, 2, 3, 7, 10].map((n) => n * DAY).concat([0, 3 * DAY - SECOND]),
    [7, 30, 31, 45].map((n) => n * DAY).concat([0, 30 * DAY - SECOND]),
  ],
  civil: ['hour', 'hour', 'day', 'week', 'month', 'year'],
  civilDays: 8,
  paces: [0, 1, 1, 1, 2, 2, 2, 3, 3, 4],
  commands: 60,
}

/** Windows of minutes, which can be walked second by second. */
export const SHORT: Scale = {
  rolling: ['PT1M', 'PT10M', 'PT30M', 'PT90S', 45_000],
  steps: [
    [0, 0, 0, 1, 2, 30, 59, 60, 61, 90].map((n) => n * SECOND),
    [1, 5, 15, 30].map((n) => n * MINUTE).concat([0, 10 * MINUTE - SECOND]),
  ],
  civil: ['hour', 'hour', 'day'],
  civilDays: 2,
  paces: [0, 0, 1],
  commands: 16,
}

/** A key that is there `share` times out of ten. */
const optional = <K extends string, A>(
  key: K,
  value: fc.Arbitrary<A>,
  share = 5,
): fc.Arbitrary<{ [k in K]?: A }> =>
  fc.oneof(
    { weight: 10 - share, arbitrary: fc.constant({}) },
    { weight: share, arbitrary: value.map((given) => ({ [key]: given }) as { [k in K]?: A }) },
  )
const merge = <A extends object>(...parts: fc.Arbitrary<object>[]): fc.Arbitrary<A> =>
  fc.tuple(...parts).map((given) => Object.assign({}, ...given) as A)
const often = <A>(weight: number, value: A): { weight: number; arbitrary: fc.Arbitrary<A> } => ({
  weight,
  arbitrary: fc.constant(value),
})

// ── conditions and facts ──

const leaf = fc.constantFrom<Facts>(
  { fact: 'channel', eq: 'sms' },
  { fact: 'channel', eq: 'call' },
  { fact: 'channel', in: ['sms', 'email'] },
  { fact: 'category', eq: 'marketing' },
  { fact: 'category', ne: 'transactional' },
  { fact: 'tags', contains: 'promo' },
  { fact: 'tags', contains: 'vip' },
  { fact: 'debt', exists: true },
  { fact: 'units', gte: 2 },
  { fact: 'campaign', startsWith: 'c' },
  { fact: 'conversation', eq: true },
)
const condition = fc.oneof(
  { weight: 6, arbitrary: leaf },
  { weight: 1, arbitrary: leaf.map((not) => ({ not })) },
  { weight: 1, arbitrary: fc.tuple(leaf, leaf).map((any) => ({ any })) },
  { weight: 1, arbitrary: fc.tuple(leaf, leaf).map((all) => ({ all })) },
)
const starter = fc.constantFrom<Facts>(
  { fact: 'event', eq: 'consent' },
  { fact: 'event', exists: true },
  { fact: 'event', eq: 'reply' },
  { fact: 'conversation', eq: true },
  { fact: 'channel', eq: 'sms' },
  {
    any: [
      { fact: 'event', eq: 'reply' },
      { fact: 'conversation', eq: true },
    ],
  },
)

/** Each value as often as it is said, in tables drawn from at once: a command is drawn a hundred thousand times. */
const table = <A>(...entries: readonly (readonly [weight: number, value: A])[]): readonly A[] =>
  entries.flatMap(([weight, value]) => Array.from({ length: weight }, () => value))
const pairs = <A, B, C>(left: readonly A[], right: readonly B[], join: (a: A, b: B) => C): readonly C[] =>
  left.flatMap((a) => right.map((b) => join(a, b)))
const both = (left: readonly Facts[], right: readonly Facts[]): readonly Facts[] =>
  pairs(left, right, (a, b) => ({ ...a, ...b }))
const valued = (name: string, none: number, ...values: readonly unknown[]): readonly Facts[] =>
  table([none, {}], ...values.map((value) => [1, { [name]: value }] as const))

const facts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.constantFrom(
      ...both(
        table([8, { channel: 'sms' }], [4, { channel: 'call' }], [3, { channel: 'email' }], [1, {}]),
        valued('category', 1, 'marketing', 'marketing', 'transactional', 'service'),
      ),
    ),
    fc.constantFrom(
      ...both(
        valued('campaign', 1, 'c1', 'c2'),
        valued('tags', 2, ['promo'], ['promo'], ['vip'], ['promo', 'vip'], []),
      ),
    ),
    fc.constantFrom(
      ...both(valued('debt', 2, 'd1', 'd1', 'd1', 'd2', 'd2', 1, '1', null), valued('units', 3, 1, 2, 3)),
    ),
    fc.constantFrom(
      ...both(
        table([6, {}], [1, { conversation: true }]),
        table([30, {}], [1, { ignoreCaps: true }], [2, { uncounted: true }]),
      ),
    ),
  )
  .map((parts) => Object.assign({}, ...parts) as Facts)

// ── policies, with the zones `#0` to `#2` and holidays `@-3` to `@3`, days from the middle of the case ──

const zoneChoice = fc.constantFrom('recipient', 'recipient', '#0', '#1', '#2')
const windowOf = (scale: Scale): fc.Arbitrary<Window> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ rolling: fc.constantFrom(...scale.rolling) }) },
    {
      weight: 6,
      arbitrary: merge<Window>(
        fc.record({ civilDays: fc.integer({ min: 1, max: scale.civilDays }) }),
        optional('zone', zoneChoice, 7),
      ),
    },
    {
      weight: 6,
      arbitrary: merge<Window>(
        fc.record({ calendar: fc.constantFrom(...scale.civil) }),
        optional('weekStart', fc.constantFrom('sun', 'wed', 'mon', 'sat')),
        optional('zone', zoneChoice, 7),
      ),
    },
    { weight: 1, arbitrary: fc.constant({ lifetime: true }) },
  )

const per = fc.constantFrom(
  ['recipient'],
  ['recipient', 'debt'],
  ['debt'],
  ['campaign'],
  ['recipient', 'campaign'],
  ['channel', 'recipient'],
)
const presumption = fc.oneof(often(4, {}), often(1, { presumption: true }), often(1, { presumption: false }))
const weights = fc.array(
  merge(fc.record({ weight: fc.constantFrom(1, 1, 2, 3) }), optional('when', condition)),
  {
    minLength: 1,
    maxLength: 2,
  },
)

const cap = (scale: Scale): fc.Arbitrary<Cap> =>
  merge<Cap>(
    fc.record({
      limit: fc.oneof(often(1, 0), { weight: 20, arbitrary: fc.constantFrom(1, 1, 2, 2, 3, 4) }),
      window: windowOf(scale),
    }),
    optional('when', condition),
    optional('counts', condition, 3),
    optional('per', per),
    optional('tags', fc.constantFrom('sent', 'current', 'current'), 4),
    optional('weights', weights, 3),
    presumption,
  )
const coolDown = (scale: Scale): fc.Arbitrary<CoolDown> =>
  merge<CoolDown>(
    fc.record({ after: fc.oneof(starter, condition), window: windowOf(scale) }),
    optional('blocks', condition, 7),
    optional('per', per),
    presumption,
  )

const weekday = fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')
const dayKind = fc.oneof({ weight: 3, arbitrary: weekday }, often(1, 'holiday'))
const pad = (n: number): string => String(n).padStart(2, '0')
const clockTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 0, 0, 30, 1, 59))
  .map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`)
/** Minutes. */
const shortTime = fc.constantFrom(1, 30, 60, 90, 300, 480, 600)
const later = (from: string, minutes: number): string => {
  const to = (Number(from.slice(0, 2)) * 60 + Number(from.slice(3)) + minutes) % 1440
  return `${pad(Math.floor(to / 60))}:${pad(to % 60)}`
}
const between = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        '22:00-08:00',
        '21:00-09:00',
        '23:30-00:30',
        '02:00-03:00',
        '01:30-02:30',
        '06:00-06:00',
        '00:00-00:00',
      ],
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(clockTime, shortTime).map(([from, long]) => `${from}-${later(from, long)}`),
  },
  { weight: 1, arbitrary: fc.tuple(clockTime, clockTime).map((both) => both.join('-')) },
  { weight: 1, arbitrary: fc.constantFrom('17:00-24:00', '00:00-06:30', '23:59-24:00', '12:00-24:00') },
)
const somePeriod = merge(
  fc.record({ between }),
  optional('days', fc.uniqueArray(dayKind, { minLength: 1, maxLength: 5 }), 6),
  optional('notOn', fc.uniqueArray(dayKind, { minLength: 1, maxLength: 2 }), 3),
)
const wholeDays = fc
  .uniqueArray(dayKind, { minLength: 1, maxLength: 2 })
  .map((days) => ({ between: 'all-day', days }))
const period = fc.oneof({ weight: 6, arbitrary: somePeriod }, { weight: 1, arbitrary: wholeDays })
/** Hours that leave the night alone, so that changes of clocks do not cut into them. */
const calendar = fc.record({
  timeZone: zoneChoice.filter((zone) => zone !== 'recipient'),
  week: fc.constantFrom(
    ...[['09:00-18:00'], ['08:30-12:00', '13:00-20:00']].flatMap((day) => [
      { mon: day, tue: day, wed: day, thu: day, fri: day },
      { mon: day, wed: ['12:00-12:30'], fri: day, sat: day, sun: [] },
    ]),
  ),
  holidays: fc
    .uniqueArray(fc.integer({ min: -3, max: 3 }), { maxLength: 2 })
    .map((days) => days.map((day) => `@${day}`)),
})
const businessKind = fc.constantFrom('open', 'closed', 'closed', 'holiday', 'sat')
const businessPeriod = merge(
  fc.record({ between: fc.oneof(between, fc.constant('all-day')), days: fc.tuple(businessKind) }),
  optional('notOn', fc.tuple(businessKind), 3),
)
const quiet: fc.Arbitrary<Quiet> = merge<Quiet>(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ periods: fc.array(period, { minLength: 1, maxLength: 3 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        periods: fc.array(businessPeriod, { minLength: 1, maxLength: 2 }),
        calendar: fc.constant('desk'),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ outside: 'desk' }) },
  ),
  optional('when', condition),
  optional('zone', zoneChoice),
)
const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
const lengthOf = (text: string): number =>
  text === 'all-day' ? 0 : (minutesOf(text.slice(6)) - minutesOf(text) + 1440) % 1440 || 1440
/** What leaves an hour open, in two zones too: it takes long to find out that all of them are closed for ever. */
const open = (rules: readonly Quiet[]): readonly Quiet[] => {
  let left = rules.some(({ outside }) => outside !== undefined) ? 5 * 60 : 11 * 60
  const fits = ({ between: text, days }: QuietPeriod): boolean => {
    if (days !== undefined && days.length < 3) return true
    const fit = lengthOf(text) <= left
    if (fit) left -= lengthOf(text)
    return fit
  }
  return rules
    .map((rule) =>
      rule.periods === undefined ? rule : { ...rule, periods: rule.periods.filter((each) => fits(each)) },
    )
    .filter(({ periods }) => periods === undefined || periods.length > 0)
}

const consentRule: fc.Arbitrary<ConsentRule> = merge<ConsentRule>(
  fc.record({ requires: fc.constantFrom('opt-in', 'soft-opt-in', 'no-opt-out', 'no-opt-out') }),
  optional('when', condition, 8),
  optional('maxAge', fc.constantFrom('PT1H', 'P1D', 'P30D', 60_000), 4),
)
const control: fc.Arbitrary<ControlGroup> = merge<ControlGroup>(
  fc.record({ share: fc.constantFrom(0, 0, 1) }),
  optional('when', condition, 8),
  optional('per', per),
)
const exemption = (scale: Scale): fc.Arbitrary<Exemption> =>
  merge<Exemption>(
    fc.record({
      from: fc.uniqueArray(fc.constantFrom('caps', 'caps', 'coolDowns', 'quiet', 'consent'), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    optional('when', condition, 9),
    fc.oneof(often(2, {}), {
      weight: 3,
      arbitrary: merge(
        fc.record({ since: starter }),
        optional('window', windowOf(scale), 8),
        optional('until', starter),
      ),
    }),
    optional('per', per),
    fc.oneof(often(2, {}), often(1, { uncounted: true })),
  )

/** Names each rule after its kind and place. */
const named = <A extends object>(kind: string, rules: readonly A[]): { [kind: string]: readonly A[] } =>
  rules.length === 0 ? {} : { [kind]: rules.map((rule, i) => ({ id: `${kind}${i}`, label: kind, ...rule })) }
const few = <A>(rule: fc.Arbitrary<A>, most: number, none = 2): fc.Arbitrary<readonly A[]> =>
  fc.oneof(often(none, [] as A[]), {
    weight: 2,
    arbitrary: fc.array(rule, { minLength: 1, maxLength: most }),
  })

const policy = (scale: Scale): fc.Arbitrary<Definition> =>
  fc
    .tuple(
      few(cap(scale), 3, 1),
      fc.oneof({ weight: 59, arbitrary: few(quiet, 2).map(open) }, { weight: 1, arbitrary: few(quiet, 2) }),
      few(coolDown(scale), 2, 5),
      few(consentRule, 2, 12),
      few(control, 1, 60),
      few(exemption(scale), 2, 4),
      calendar,
      optional('missingZone', fc.constantFrom('deny', 'skip', '#0', '#2')),
      optional('holidays', fc.uniqueArray(fc.integer({ min: -3, max: 3 }), { maxLength: 3 })),
    )
    .map(
      ([caps, quiets, coolDowns, consent, groups, exempt, desk, missingZone, dates]): Definition => ({
        ...(JSON.stringify(quiets).includes('"desk"') ? { calendars: { desk } } : {}),
        ...named('caps', caps),
        ...named('quiet', quiets),
        ...named('coolDowns', coolDowns),
        ...named('consent', consent),
        ...named('control', groups),
        ...(exempt.length === 0 ? {} : { exempt }),
        ...missingZone,
        ...(dates.holidays === undefined ? {} : { holidays: dates.holidays.map((days) => `@${days}`) }),
      }),
    )

// ── commands ──

interface Moment {
  /** Which list of steps, which of them, and how many. */
  readonly pace: number
  readonly step: number
  /** Back instead of on: what happened is told late, and time goes on from where it was. */
  readonly back: boolean
  /** To the next such local time of a zone, and seconds off it. */
  readonly snap: readonly [
    kind: 'none' | 'midnight' | 'hour' | 'change' | 'morning' | 'evening',
    zone: number,
    off: number,
  ]
  readonly form: 'millis' | 'text' | 'odd'
}
const SNAPS = ['midnight', 'hour', 'change', 'morning', 'evening'] as const
const moment: fc.Arbitrary<Moment> = fc
  .tuple(
    fc.constantFrom(
      ...pairs([0, 0, 0, 1, 1, -1], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], (pace, step) => ({ pace, step })),
    ),
    fc.constantFrom(
      ...pairs(
        table([9, false], [1, true]),
        [
          ...table([180, ['none', 0, 0] as const]),
          ...pairs(SNAPS, [0, 1, 2], (snap, zone) => [snap, zone, 0] as const),
          ...pairs(SNAPS, [0, 1, 2], (snap, zone) => [snap, zone, -1] as const),
          ...pairs(SNAPS, [0, 1, 2], (snap, zone) => [snap, zone, 1] as const),
        ],
        (back, snap) => ({ back, snap }),
      ),
    ),
    fc.constantFrom<Moment['form'][]>('millis', 'millis', 'text', 'odd'),
  )
  .map(([{ pace, step }, { back, snap }, form]) => ({ pace, step, back, snap, form }))

/** The person, and whether the line tells where they are: as at home, not, or somewhere else. */
const who = fc.constantFrom(
  ...pairs(
    ['r1', 'r1', 'r1', 'r1', 'r2'],
    ['home', 'home', 'home', 'plain', 'plain', 'away'],
    (id, tells) => ({
      id,
      tells,
    }),
  ),
)

const KINDS = table(
  [40, 'attempt'],
  [14, 'record'],
  [10, 'event'],
  [10, 'check'],
  [13, 'reserve'],
  [10, 'commit'],
  [4, 'release'],
  [6, 'consent'],
  [3, 'tag'],
  [4, 'again'],
)

const candidate = merge<{ readonly moment: Moment } & Omit<Candidate, 'id' | 'at'>>(
  fc.record({ moment, facts }),
  optional('priority', fc.constantFrom(-1, 0, 1, 2)),
  optional('value', fc.constantFrom(0, 1, 2.5)),
)

/** What is common to all kinds, and numbers to choose the rest by. */
interface Line {
  readonly kind: string
  readonly moment: Moment
  readonly who: { readonly id: string; readonly tells: string }
  readonly facts: Facts
  /** Which touch, of those there are or may be. */
  readonly touch: number
  /** Which event, basis, length, and whether it ends. */
  readonly other: number
  readonly candidates: readonly (typeof candidate extends fc.Arbitrary<infer A> ? A : never)[]
}
const to = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)
const plain: fc.Arbitrary<Line> = fc
  .tuple(
    fc.constantFrom(...KINDS),
    moment,
    who,
    facts,
    fc.constantFrom(...to(31)),
    fc.constantFrom(...to(132)),
  )
  .map(([kind, when, whom, what, touch, other]) => ({
    kind,
    moment: when,
    who: whom,
    facts: what,
    touch,
    other,
    candidates: [],
  }))
const choosing: fc.Arbitrary<Line> = fc
  .tuple(moment, who, fc.array(candidate, { maxLength: 5, size: 'max' }))
  .map(([when, whom, candidates]) => ({
    kind: 'choose',
    moment: when,
    who: whom,
    facts: {},
    touch: 0,
    other: 0,
    candidates,
  }))
const line = fc.oneof({ weight: 27, arbitrary: plain }, { weight: 1, arbitrary: choosing })

const EVENTS = ['consent', 'reply', 'busy'] as const
const BASES = ['opt-in', 'opt-in', 'soft-opt-in', 'opt-out'] as const

const IDS = ['b', 'a', 'B', '\uff5e', '😀'] as const
const HOMES = ['zone', 'zone', 'zone', 'zone', 'other', 'other', 'zones', 'zones', 'both', 'none'] as const

interface Setting {
  readonly zones: readonly string[]
  readonly middle: number
  readonly pace: number
  readonly homes: { readonly [id: string]: (typeof HOMES)[number] }
}

const ALL = [
  // where a gap does not begin with an hour: once more
  'Pacific/Chatham',
  'America/St_Johns',
  ...new Set([
    ...zones(),
    ...['Europe/Kyiv', 'America/Santiago', 'Asia/Hovd', 'Asia/Beirut', 'America/Scoresbysund', 'Asia/Riyadh'],
  ]),
]

/** Instants to be around: changes of clocks, midnights, the ends of months and years. */
const middleOf = (zone: string, kind: number, pick: number): number => {
  const [first, last] = [Date.UTC(2010, 0, 1), Date.UTC(2030, 0, 1)]
  const changes = transitionsOf(zone).filter((at) => at >= first && at < last)
  if (kind < 3 && changes.length > 0) return changes[pick % changes.length]!
  if (kind < 4) return firstInstant(zone, Date.UTC(2010 + (pick % 20), pick % 12, 1))
  return firstInstant(zone, first + (pick % 7_300) * DAY)
}

const setting = (scale: Scale): fc.Arbitrary<Setting> =>
  fc
    .record({
      zones: fc.tuple(fc.constantFrom(...ALL), fc.constantFrom(...ALL), fc.constantFrom(...ALL)),
      kind: fc.nat({ max: 5 }),
      pick: fc.nat({ max: 100_000 }),
      pace: fc.constantFrom(...scale.paces),
      homes: fc.record({ r1: fc.constantFrom(...HOMES), r2: fc.constantFrom(...HOMES) }),
    })
    .map(({ zones: chosen, kind: of, pick, pace, homes }) => ({
      zones: chosen,
      middle: middleOf(chosen[0], of, pick),
      pace,
      homes,
    }))

const placed = (definition: Definition, { zones: chosen, middle }: Setting): Definition => {
  const today = Math.floor(localAt(chosen[0]!, middle) / DAY)
  const date = (days: string): string => new Date((today + Number(days)) * DAY).toISOString().slice(0, 10)
  return JSON.parse(
    JSON.stringify(definition)
      .replaceAll(/"#(\d)"/g, (_, i) => `"${chosen[Number(i)]}"`)
      .replaceAll(/"@(-?\d)"/g, (_, days) => `"${date(days)}"`),
  )
}

const HOURS_OF = { midnight: 24, morning: 32, evening: 22, hour: 0, none: 0, change: 0 } as const

/** An instant `step` on from another, perhaps moved to what the wall clock shows next. */
const moved = (scale: Scale, { zones: chosen, pace }: Setting, from: number, given: Moment): number => {
  const steps = scale.steps[Math.min(scale.steps.length - 1, Math.max(0, pace + given.pace))]!
  const by = steps[given.step % steps.length]!
  const at = given.back ? from - by : from + by
  const [kind, index, off] = given.snap
  if (kind === 'none') return at
  const zone = chosen[index]!
  if (kind === 'change') return (transitionsOf(zone).find((change) => change > at) ?? at) + off * SECOND
  const local = localAt(zone, at)
  const shown =
    kind === 'hour'
      ? (Math.floor(local / HOUR) + 1) * HOUR
      : Math.floor(local / DAY) * DAY + HOURS_OF[kind] * HOUR
  return firstInstant(zone, shown) + off * SECOND
}

/** Some steps long. */
const ttlOf = (scale: Scale, { pace }: Setting, pick: number): string | number => {
  const steps = scale.steps[pace]!
  const length = (4 + 5 * (pick % 6)) * Math.max(SECOND, steps[pick % steps.length]!)
  return pick % 2 === 0 ? length : `PT${length / SECOND}S`
}

const written = (at: number, form: Moment['form']): string | number => {
  if (form === 'millis') return at
  return form === 'odd' ? at + 999 : `${new Date(at).toISOString().slice(0, 19)}Z`
}

const idOf = (recipient: string | Recipient): string =>
  typeof recipient === 'string' ? recipient : recipient.id

const recipientOf = (
  { id, tells }: { readonly id: string; readonly tells: string },
  { zones: chosen, homes }: Setting,
): string | Recipient => {
  const home = homes[id]!
  if (tells === 'plain') return id
  if (home === 'none' && tells === 'home') return { id }
  if (tells === 'away') return home === 'none' ? id : { id, zone: chosen[2]! }
  const [zone, other] = [chosen[0]!, chosen[1]!]
  if (home === 'zone') return { id, zone }
  if (home === 'other') return { id, zone: other }
  return home === 'zones' ? { id, zones: [other, zone] } : { id, zone, zones: [zone, other] }
}

/** What is said more often where the policy listens to it: consents, events, tags. */
const heard = (definition: Definition): ((line: Line) => string) => {
  const consents = definition.consent !== undefined
  const events = (definition.exempt ?? []).some(({ since }) => since !== undefined)
  const tags = (definition.caps ?? []).some((cap) => cap.tags === 'current')
  return ({ kind, touch }) => {
    if (kind === 'record' && consents && touch % 3 > 0) return 'consent'
    if (kind === 'record' && events && touch % 3 > 0) return 'event'
    if (kind === 'consent' && !consents && touch % 4 > 0) return 'attempt'
    return kind === 'tag' && !tags && touch % 4 > 0 ? 'attempt' : kind
  }
}

const commandsOf = (
  scale: Scale,
  given: Setting,
  definition: Definition,
  lines: readonly Line[],
): Command[] => {
  const hear = heard(definition)
  let now = given.middle - (scale.steps[given.pace]![3]! * lines.length) / 4
  now = Math.floor(now / SECOND) * SECOND
  const commands: Command[] = []
  const reserves: { readonly touchId: string; readonly recipient: string | Recipient }[] = []
  const placing: typeof reserves = []
  for (const each of lines) {
    const own = moved(scale, given, now, each.moment)
    // a snap to a change of clocks may lie half a year on: it is known early, and time goes on from before
    if (own > now && own - now < 60 * DAY) now = own
    const at = written(own, each.moment.form)
    const recipient = recipientOf(each.who, given)
    const base = { recipient, at }
    // half of the touches have an id; a few of these meet again
    const touchId = `${each.who.id}-${each.touch < 28 ? commands.length : each.touch}`
    const id = each.touch % 2 === 0 ? {} : { touchId }
    // nothing to settle yet: something to settle later
    const heardAs = hear(each)
    const kind = heardAs === 'commit' && reserves.length === 0 ? 'reserve' : heardAs
    switch (kind) {
      case 'attempt':
      case 'record':
        if (each.touch % 2 === 1) placing.push({ recipient, touchId })
        commands.push({ op: kind, ...base, facts: each.facts, ...id })
        break
      case 'event':
        commands.push({
          op: 'record',
          ...base,
          facts: { ...each.facts, event: EVENTS[each.other % 3]! },
          ...id,
        })
        break
      case 'check':
        commands.push({ op: 'check', ...base, facts: each.facts })
        break
      case 'reserve': {
        reserves.push({ recipient, touchId })
        commands.push({
          op: 'reserve',
          ...base,
          facts: each.facts,
          touchId,
          ttl: ttlOf(scale, given, each.other % 12),
        })
        break
      }
      case 'commit':
      case 'release': {
        // mostly one of the last reservations, by the same person; now and then any touch is taken back
        const from = kind === 'release' && each.touch % 4 === 0 ? placing : reserves
        const of = from[from.length - 1 - (each.touch % 3)]
        const told = { ...each.who, id: of === undefined ? each.who.id : idOf(of.recipient) }
        commands.push({
          op: kind,
          at,
          recipient: recipientOf(told, given),
          touchId: of?.touchId ?? touchId,
        })
        break
      }
      case 'consent': {
        const { channel, category } = each.facts as { channel?: string; category?: string }
        const about = {
          ...(channel !== undefined && each.touch % 3 === 0 ? { channel } : {}),
          ...(category !== undefined && each.touch % 4 === 0 ? { category } : {}),
        }
        const until =
          each.other % 2 === 0
            ? {}
            : {
                until:
                  moved(scale, given, own, { ...each.moment, step: each.other % 11, back: false }) + SECOND,
              }
        commands.push({ op: 'consent', ...base, facts: about, basis: BASES[each.other % 4]!, ...until })
        break
      }
      case 'tag': {
        const tags = each.touch % 3 === 0 ? ['promo'] : each.touch % 3 === 1 ? ['vip'] : []
        commands.push({ op: 'tag', at, campaign: each.touch % 2 === 0 ? 'c1' : 'c2', tags })
        break
      }
      case 'choose':
        commands.push({
          op: 'choose',
          ...base,
          candidates: each.candidates.map(({ moment: when, ...rest }, i) => ({
            id: IDS[i]!,
            at: written(moved(scale, given, own, when), when.form),
            ...rest,
          })),
        })
        break
      case 'again': {
        const before = commands[commands.length - 1 - (each.touch % 8)]
        if (before !== undefined) commands.push(before)
      }
    }
  }
  return commands
}

/** A policy and a stream of commands. */
export const caseOf = (scale: Scale): fc.Arbitrary<Case> =>
  fc
    .tuple(
      setting(scale),
      policy(scale),
      fc.array(line, { minLength: 1, maxLength: scale.commands, size: 'max' }),
    )
    .map(([given, definition, lines]) => ({
      definition: placed(definition, given),
      commands: commandsOf(scale, given, definition, lines),
    }))
