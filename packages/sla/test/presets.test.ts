// The presets compile, mean what they say, and are valid by the schema of their form.
import { compile, compileOrThrow, fromBytes, hash, replay, toBytes } from '@clientele/sla'
import { addHoliday, edit, withCalendar } from '@clientele/sla/edit'
import { HELP_DESK, SUPPORT_CHANNELS } from '@clientele/sla/presets'
import { describe, expect, test } from 'vitest'

const MINUTE = 60_000
const NORMS = [
  ['phone', 1, 5],
  ['email', 5, 3 * 1440],
  ['messenger', 5, 3 * 1440],
  ['forum', 30, 30 * 1440],
  ['visit', 1, 60],
] as const

describe('support channels', () => {
  const table = compileOrThrow(SUPPORT_CHANNELS)
  const after = (channel: string, millis: number) =>
    [
      ...replay(table, [
        { subject: 'T', at: 0, event: 'asked', facts: { channel } },
        { subject: 'T', at: millis, event: 'answered' },
      ]),
    ].pop()
  test.each(NORMS)('%s is answered in %i to %i minutes', (channel, least, most) => {
    expect(after(channel, least * MINUTE - 1)).toMatchObject({ moment: 'met', early: true })
    expect(after(channel, least * MINUTE)).toMatchObject({ moment: 'met' })
    expect(after(channel, least * MINUTE)).not.toHaveProperty('early')
    expect(after(channel, most * MINUTE)).toMatchObject({ moment: 'met', remainingMs: 0 })
    expect(after(channel, most * MINUTE + 1)).toMatchObject({ moment: 'missed', remainingMs: -1 })
  })
  test('another channel has no norm', () => {
    expect(after('telegraph', 5)).toBeUndefined()
  })
})

test('the help desk compiles, with a calendar too, and its bytes are the policy', () => {
  const hours = { timeZone: 'Europe/Berlin', week: { mon: ['09:00-17:00'] } }
  const { definition } = withCalendar(HELP_DESK, 'desk', hours)
  const table = compileOrThrow(addHoliday(definition, 'desk', '2026-05-01', 'Labour Day').definition)
  expect(table.clocks.every(({ targets: [row] }) => table.targets.hours[row] === 0)).toBe(true)
  const again = fromBytes(toBytes(table))
  expect(again._tag === 'Right' && hash(again.right)).toBe(hash(table))
  expect(hash(compileOrThrow(HELP_DESK))).not.toBe(hash(table))
})

test('an edit leaves the policy as it was', () => {
  const before = JSON.stringify(HELP_DESK)
  const edited = edit(HELP_DESK, (draft) => {
    draft.clocks = draft.clocks.filter(({ id }) => id !== 'update')
  })
  expect(compile(edited.definition)._tag).toBe('Right')
  expect(JSON.stringify(HELP_DESK)).toBe(before)
  expect(() => addHoliday(HELP_DESK, 'desk', '2026-05-01')).toThrow(/no calendar of one zone named "desk"/)
})
