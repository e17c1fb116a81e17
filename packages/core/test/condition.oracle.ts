// Conditions as obvious as can be: a recursive interpreter of the JSON that shares no code with the engine.

type Json = { readonly [key: string]: unknown }
type Truth = true | false | null
type Names = { readonly [name: string]: unknown }

const DAY = 86_400_000

const and = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true
const or = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(null) ? null : false
const not = (truth: Truth): Truth => (truth === null ? null : !truth)

/** The value of a fact; undefined when it is missing, and null is missing too. */
const get = (facts: unknown, path: string, names: Names): unknown => {
  const steps = path
    .replaceAll('[', '.[')
    .split('.')
    .map((step) => (step.startsWith('[') ? Number(step.slice(1, -1)) : step))
  const bound = typeof steps[0] === 'string' && Object.hasOwn(names, steps[0])
  let value = bound ? names[steps[0] as string] : facts
  for (const step of bound ? steps.slice(1) : steps) {
    if (typeof value !== 'object' || value === null) return undefined
    if (Array.isArray(value) !== (typeof step === 'number')) return undefined
    if (!Object.hasOwn(value, step)) return undefined
    value = (value as Json)[step]
  }
  return value === null ? undefined : value
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value)

const same = (a: unknown, b: unknown): Truth => {
  if (kindOf(a) !== kindOf(b)) return false
  return typeof a === 'object' ? null : a === b
}

const points = (text: string): number[] => Array.from(text, (char) => char.codePointAt(0) ?? 0)

/** Negative, zero, positive, or null without an order. */
const compare = (a: unknown, b: unknown): number | null => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== 'string' || typeof b !== 'string') return null
  const [left, right] = [points(a), points(b)]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return left[i]! - right[i]!
  }
  return left.length - right.length
}

const ordered = (a: unknown, b: unknown, holds: (sign: number) => boolean): Truth => {
  const sign = compare(a, b)
  return sign === null ? null : holds(sign)
}

const member = (value: unknown, list: unknown): Truth =>
  Array.isArray(list) ? or(list.filter((one) => one !== null).map((one) => same(value, one))) : null

const isDate = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)

/** First and last moment of a date or an instant, null when it is neither. */
const span = (value: unknown): readonly [number, number] | null => {
  if (typeof value === 'number') return [value, value]
  if (typeof value !== 'string') return null
  if (isDate(value)) {
    const start = Date.parse(`${value}T00:00:00Z`)
    return Number.isNaN(start) ? null : [start, start + DAY - 1]
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value)) return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : [at, at]
}

const before = (a: unknown, b: unknown): Truth => {
  const [left, right] = [span(a), span(b)]
  return left === null || right === null ? null : left[1] < right[0]
}

const millis = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null
  const match = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(String(value))
  if (match === null || /[PT]$/.test(String(value))) return null
  const [days, hours, minutes, seconds] = [2, 3, 4, 5].map((i) => Number(match[i] ?? 0)) as [
    number,
    number,
    number,
    number,
  ]
  const size = Math.round(((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000)
  return match[1] === '-' ? -size : size
}

const within = (a: unknown, b: unknown, now: number): Truth => {
  const [when, by] = [span(a), millis(b)]
  if (when === null || by === null || Number.isNaN(now)) return null
  const [from, to] = by < 0 ? [now + by, now] : [now, now + by]
  return when[0] <= to && when[1] >= from
}

const text = (a: unknown, b: unknown, holds: (a: string, b: string) => boolean): Truth =>
  typeof a === 'string' && typeof b === 'string' ? holds(a, b) : null

const apply = (operator: string, a: unknown, b: unknown, now: number): Truth => {
  switch (operator) {
    case 'eq':
      return same(a, b)
    case 'ne':
      return not(same(a, b))
    case 'lt':
      return ordered(a, b, (sign) => sign < 0)
    case 'lte':
      return ordered(a, b, (sign) => sign <= 0)
    case 'gt':
      return ordered(a, b, (sign) => sign > 0)
    case 'gte':
      return ordered(a, b, (sign) => sign >= 0)
    case 'contains':
      return Array.isArray(a) ? member(b, a) : text(a, b, (x, y) => x.includes(y))
    case 'startsWith':
      return text(a, b, (x, y) => x.startsWith(y))
    case 'endsWith':
      return text(a, b, (x, y) => x.endsWith(y))
    case 'before':
      return before(a, b)
    case 'after':
      return before(b, a)
    case 'within':
      return within(a, b, now)
    default:
      throw new Error(`no operator ${operator}`)
  }
}

/** What a condition answers. */
export const oracle = (condition: Json, facts: unknown, now: number, names: Names = {}): Truth => {
  const inner = (part: unknown, more: Names = {}): Truth =>
    oracle(part as Json, facts, now, { ...names, ...more })
  if ('all' in condition) return and((condition['all'] as unknown[]).map((part) => inner(part)))
  if ('any' in condition) return or((condition['any'] as unknown[]).map((part) => inner(part)))
  if ('not' in condition) return not(inner(condition['not']))
  for (const quantifier of ['some', 'every', 'none']) {
    if (!(quantifier in condition)) continue
    const list = get(facts, condition[quantifier] as string, names)
    if (!Array.isArray(list)) return null
    const truths = list.map((element) => inner(condition['where'], { [condition['as'] as string]: element }))
    return quantifier === 'every' ? and(truths) : quantifier === 'some' ? or(truths) : not(or(truths))
  }
  const value = get(facts, condition['fact'] as string, names)
  const side = (given: unknown): unknown => {
    const isFact = typeof given === 'object' && given !== null && !Array.isArray(given)
    return isFact ? get(facts, (given as Json)['fact'] as string, names) : given
  }
  const truths = Object.keys(condition).map((operator): Truth => {
    if (operator === 'fact' || operator === 'label') return true
    const given = condition[operator]
    if (operator === 'exists') return (value !== undefined) === given
    const ask = (name: string, right: unknown): Truth =>
      value === undefined || right === undefined ? null : apply(name, value, right, now)
    if (operator === 'between') {
      const [low, high] = given as [unknown, unknown]
      return and([ask('gte', side(low)), ask('lte', side(high))])
    }
    if (operator !== 'in' && operator !== 'notIn') return ask(operator, side(given))
    const list = side(given)
    const empty = Array.isArray(list) && list.length === 0
    const found = empty ? false : value === undefined || list === undefined ? null : member(value, list)
    return operator === 'in' ? found : not(found)
  })
  return and(truths)
}
