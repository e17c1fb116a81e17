// Random recurrence rules: texts that the grammar allows, with short lists and every part in reach.

import fc from 'fast-check'

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

const some = <T>(item: fc.Arbitrary<T>, most = 3): fc.Arbitrary<T[]> =>
  fc.uniqueArray(item, { minLength: 1, maxLength: most })
const signed = (largest: number): fc.Arbitrary<number> =>
  fc.tuple(fc.integer({ min: 1, max: largest }), fc.boolean()).map(([n, back]) => (back ? -n : n))
const list = (name: string, items: fc.Arbitrary<(string | number)[]>): fc.Arbitrary<string> =>
  items.map((values) => `${name}=${values.join()}`)
const often = (part: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), part)
const nothing = fc.constant('')

/** A part each of the named kinds; an empty text where the rule does not have it. */
const partsOf = (frequency: string): fc.Arbitrary<string[]> => {
  const yearly = frequency === 'YEARLY'
  const months = often(list('BYMONTH', some(fc.integer({ min: 1, max: 12 }))))
  const monthDays = list('BYMONTHDAY', some(fc.oneof(signed(31), fc.integer({ min: 28, max: 31 }))))
  const plainDays = list('BYDAY', some(fc.constantFrom(...DAYS), 4))
  const nth = fc.tuple(signed(yearly ? 53 : 5), fc.constantFrom(...DAYS)).map(([n, day]) => `${n}${day}`)
  const days = yearly || frequency === 'MONTHLY' ? fc.oneof(plainDays, list('BYDAY', some(nth))) : plainDays
  const weeks = list('BYWEEKNO', some(fc.oneof(signed(53), fc.constantFrom(1, 52, 53, -1))))
  const position = often(list('BYSETPOS', some(signed(4), 2)))
  const common = (dayPart: fc.Arbitrary<string>, weekPart: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
    fc.tuple(
      months,
      frequency === 'WEEKLY' ? nothing : often(monthDays),
      dayPart,
      weekPart,
      yearly ? fc.oneof({ weight: 4, arbitrary: nothing }, list('BYYEARDAY', some(signed(366), 6))) : nothing,
      position,
    )
  return yearly
    ? fc.oneof(common(often(days), nothing), common(often(plainDays), weeks))
    : common(often(days), nothing)
}

const until = fc.integer({ min: 0, max: 2_500 }).map((days) => {
  const date = new Date(Date.UTC(1996, 0, 1 + days)).toISOString().slice(0, 10)
  return `UNTIL=${date.replaceAll('-', '')}`
})

/** The text of a rule. */
export const ruleTexts: fc.Arbitrary<string> = fc
  .constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')
  .chain((frequency) =>
    fc
      .tuple(
        fc.oneof(
          nothing,
          nothing,
          fc.integer({ min: 2, max: frequency === 'DAILY' ? 40 : 5 }).map((n) => `INTERVAL=${n}`),
        ),
        fc.oneof(
          nothing,
          nothing,
          fc.integer({ min: 1, max: 30 }).map((n) => `COUNT=${n}`),
          until,
        ),
        often(fc.constantFrom(...DAYS).map((day) => `WKST=${day}`)),
        fc.oneof(
          nothing,
          nothing,
          fc.constantFrom('RSCALE=GREGORIAN;SKIP=BACKWARD', 'RSCALE=GREGORIAN;SKIP=FORWARD'),
        ),
        partsOf(frequency),
      )
      .map(([interval, end, weekStart, skip, parts]) => {
        const chooses = parts.slice(0, -1).some((part) => part !== '')
        const kept = chooses ? parts : parts.slice(0, -1)
        return [`FREQ=${frequency}`, interval, end, weekStart, skip, ...kept]
          .filter((part) => part !== '')
          .join(';')
      }),
  )
