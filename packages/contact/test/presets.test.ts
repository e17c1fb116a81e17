// The presets keep what they promise: every case of every option, every rule cited, every fact told.
import { formatInstant, renderIssues, shapeMessage } from '@clientele/core'
import { describe, expect, test } from 'vitest'
import { compile, compileOrThrow, createState, type Definition, type Effect, step } from '../src/index.js'
import { type Preset, type PresetCase, preset, presets } from '../src/presets.js'

/** Every choice of one option, the others at their default. */
const variants: readonly (readonly [name: string, preset: Preset])[] = Object.values(presets).flatMap(
  (each) => {
    const chosen = Object.entries(each.options).flatMap(([name, { values }]) =>
      values.slice(1).map((value) => {
        const made = preset(each.id, { [name]: value })
        if (made._tag === 'Left') throw new TypeError(renderIssues(made.left, shapeMessage))
        return [`${each.id}, ${name} ${value}`, made.right] as const
      }),
    )
    return [[each.id, each] as const, ...chosen]
  },
)

/** The rules and exemptions of a policy. */
const idsOf = ({ caps, quiet, coolDowns, consent, control, exempt }: Definition): string[] =>
  [caps, quiet, coolDowns, consent, control, exempt].flatMap((rules) =>
    (rules ?? []).map((rule: { readonly id?: string }) => rule.id ?? ''),
  )

const answerOf = (definition: Definition, { given }: PresetCase): unknown => {
  const table = compileOrThrow(definition)
  const state = createState(table)
  const answers: Effect[] = []
  for (const command of given) step(table, state, command, answers)
  expect(answers).toHaveLength(given.length)
  for (const answer of answers) expect(answer).not.toHaveProperty('error')
  const last = answers.at(-1)
  if (last === undefined || !('nextAllowedAt' in last)) return last
  return {
    ...last,
    nextAllowedAt: last.nextAllowedAt === null ? null : formatInstant(last.nextAllowedAt),
  }
}

describe.each(variants)('%s', (_, { definition, cases, rules, facts, ...rest }) => {
  test.each(cases.map((each) => [each.label, each] as const))('%s', (__, each) => {
    expect(answerOf(definition, each)).toMatchObject(each.expect)
  })

  test('has at least three cases, each named differently', () => {
    expect(cases.length).toBeGreaterThanOrEqual(3)
    expect(new Set(cases.map(({ label }) => label)).size).toBe(cases.length)
  })

  test('cites every rule, and no other', () => {
    expect(Object.keys(rules).sort()).toEqual(idsOf(definition).sort())
    for (const provision of Object.values(rules)) {
      expect(provision.source).not.toBe('')
      expect(provision.effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
  })

  test('carries its citations in the policy', () => {
    const { caps = [], quiet = [], coolDowns = [], consent = [], exempt = [] } = definition
    for (const rule of [...caps, ...quiet, ...coolDowns, ...consent, ...exempt])
      expect(rule.meta).toEqual(rules[rule.id ?? ''])
  })

  test('asks no fact that it does not explain', () => {
    // the vocabulary makes a fact that is not declared an issue
    const compiled = compile(definition)
    expect(compiled._tag).toBe('Right')
    const names = [...new Set(JSON.stringify(definition).match(/(?<="fact":")[^"]+/g))]
    expect(Object.keys(facts)).toEqual(expect.arrayContaining(names))
  })

  test('each of its rules refuses in a case of this or another choice', () => {
    const shown = variants
      .filter(([, other]) => other.id === rest.id)
      .flatMap(([, other]) => other.cases.flatMap(({ expect: { rules: ids } }) => ids ?? []))
    expect(shown).toEqual(expect.arrayContaining(idsOf({ ...definition, exempt: [] })))
  })

  test('is JSON, and says what it is not', () => {
    const whole = { definition, cases, rules, facts, ...rest }
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole)
    expect(rest.disclaimer).toContain('not legal advice')
    expect(rest.covers.length).toBeGreaterThan(0)
    expect(rest.doesNotCover.length).toBeGreaterThan(0)
    expect(rest.reviewedAt).toBe('2026-11-22')
  })
})

describe('preset', () => {
  const refusal = (id: string, options?: { readonly [name: string]: string }): string => {
    const made = preset(id, options)
    return made._tag === 'Left' ? renderIssues(made.left, shapeMessage) : ''
  }
  test('is what presets holds', () => {
    for (const each of Object.values(presets)) expect(preset(each.id)).toEqual({ _tag: 'Right', right: each })
  })
  test('refuses an unknown name with the nearest', () => {
    expect(refusal('us.regf.call')).toContain('did you mean "us.regF.calls"?')
    expect(refusal('constructor')).toContain('expected one of us.regF.calls')
  })
  test('refuses an unknown option and a value that it does not have', () => {
    expect(refusal('ru.230fz.collection', { tlak: 'attempt' })).toContain('did you mean "talk"?')
    expect(refusal('ru.230fz.collection', { talk: 'attempts' })).toContain('did you mean "attempt"?')
    expect(refusal('ca.crtc', { talk: 'attempt' })).toContain('unknown key "talk"')
  })
})
