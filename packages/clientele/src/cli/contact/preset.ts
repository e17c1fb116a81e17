// `clientele contact preset`: laws as policies, each rule with its citation; as files that `run` and `test` take.

import { type Preset, type PresetOptions, type Provision, preset, presets } from '@clientele/contact/presets'
import { type Either, isLeft, left, type NonEmptyArray, right, shapeMessage } from '@clientele/core'
import { FORMATS, type Format, formatter } from '../format.js'
import { complain, type Io, OK, REFUSED } from '../io.js'
import { openSink } from '../sink.js'
import { type FreeVerb, type ToldIssue, told } from '../verb.js'

/** A rule that only keeps the preset from being asked without a fact it needs. */
const isGuard = ({ source }: Provision): boolean => source.startsWith('Guard of this preset')

/** Where and when the whole of it is law: from the last of its provisions until the first that ends. */
const provisionOf = ({ rules }: Preset) => {
  const law = Object.values(rules).filter((rule) => !isGuard(rule))
  const ends = law.flatMap(({ effectiveTo }) => (effectiveTo === null ? [] : [effectiveTo]))
  return {
    source: [...new Set(law.map(({ source }) => source))].join('; '),
    effectiveFrom:
      law
        .map(({ effectiveFrom }) => effectiveFrom)
        .sort()
        .at(-1) ?? null,
    effectiveTo: ends.sort()[0] ?? null,
  }
}

const headOf = (one: Preset) => {
  const { id, title, jurisdiction, reviewedAt } = one
  return { id, title, jurisdiction, ...provisionOf(one), reviewedAt }
}

/** Everything but its cases. */
const wholeOf = (one: Preset): object => {
  const { id, title, jurisdiction, reviewedAt, cases, ...rest } = one
  return { ...headOf(one), ...rest }
}

/** The list: for people without the long citations, which the preset itself tells. */
const listOf = (format: Format): string => {
  const heads = Object.values(presets).map(headOf)
  if (format !== 'table') return linesOf(heads, format)
  const short = heads.map(({ id, effectiveFrom, effectiveTo, reviewedAt, title }) => {
    return { id, effectiveFrom, effectiveTo, reviewedAt, title }
  })
  return linesOf(short, format)
}

const ruleLines = ({ rules }: Preset) =>
  Object.entries(rules).map(([rule, { source, effectiveFrom, effectiveTo, verified }]) => ({
    rule,
    effectiveFrom,
    effectiveTo,
    verified,
    source,
  }))

const linesOf = (items: readonly { readonly [key: string]: unknown }[], format: Format): string => {
  const text = formatter(format)
  return items.map((item) => text.add(item)).join('') + text.end()
}

const jsonOf = (value: object, format: Format): string =>
  `${JSON.stringify(value, undefined, format === 'ndjson' ? undefined : 2)}\n`

/** What is printed of one preset. */
const textOf = (one: Preset, only: string | undefined, format: Format | undefined): string => {
  if (only === 'cases')
    return linesOf(
      [...one.cases].map((each) => ({ ...each })),
      format ?? 'ndjson',
    )
  if (only === 'definition') return jsonOf(one.definition, format ?? 'json')
  return format === 'table' ? linesOf(ruleLines(one), format) : jsonOf(wholeOf(one), format ?? 'json')
}

/** `talk=attempt,strict=both` as choices. */
const choicesOf = (text: string | undefined): Either<NonEmptyArray<ToldIssue>, PresetOptions> => {
  const pairs = (text ?? '').split(',').filter((pair) => pair !== '')
  const wrong = pairs.find((pair) => !/^[^=]+=[^=]+$/.test(pair))
  if (wrong === undefined) return right(Object.fromEntries(pairs.map((pair) => pair.split('='))))
  const message = `--choose holds "${wrong}", expected option=value, such as talk=attempt`
  return left([{ code: 'bad-value', path: '--choose', message }])
}

const chosen = (id: string, choose: string | undefined): Either<NonEmptyArray<ToldIssue>, Preset> => {
  const choices = choicesOf(choose)
  if (isLeft(choices)) return choices
  const found = preset(id, choices.right)
  return isLeft(found) ? left(told(found.left, shapeMessage)) : found
}

const run: FreeVerb['run'] = async ([id], values, io) => {
  const format = values['format'] as Format | undefined
  if (id === undefined) return write(listOf(format ?? 'ndjson'), values, io)
  const found = chosen(id, values['choose'])
  if (isLeft(found)) return refuse(found.left, io)
  return write(textOf(found.right, values['only'], format), values, io)
}

const refuse = (issues: readonly object[], io: Io): number => {
  for (const issue of issues) complain(io, JSON.stringify(issue))
  return REFUSED
}

const write = async (
  text: string,
  values: { readonly [name: string]: string | undefined },
  io: Io,
): Promise<number> => {
  const sink = await openSink(io, values['out'])
  if (isLeft(sink)) return refuse([sink.left], io)
  await sink.right.write(text)
  await sink.right.close()
  return OK
}

/** Laws as policies. */
export const CONTACT_PRESET: FreeVerb = {
  kind: 'free',
  name: 'preset',
  about:
    'print a law as a policy, with sources, effective dates and the date of review; without a name, list all. An engineering aid, not legal advice',
  arguments: '[id]',
  options: [
    {
      flags: '--only <part>',
      about: 'the policy alone, or its cases, for `contact run` and `contact test`',
      choices: ['definition', 'cases'],
    },
    { flags: '--choose <options>', about: 'where the law leaves a choice, e.g. talk=attempt,strict=both' },
    { flags: '--out <file>', about: 'write to a file instead of standard output' },
    {
      flags: '--format <format>',
      about: 'json for one preset, ndjson for the list, table for people',
      choices: FORMATS,
    },
  ],
  example: {
    command: 'contact preset us.fdcpa.hours --format table',
    prints: [
      'rule              effectiveFrom  effectiveTo  verified  source',
      'fdcpa-hours       1978-03-20     –            true      15 USC 1692c(a)(1); 12 CFR 1006.6(b)(1)(i) and comments 6(b)(1)(i)-1 and -2',
      'fdcpa-permission  2021-11-30     –            true      12 CFR 1006.6(b)(4)',
    ],
  },
  run,
}
