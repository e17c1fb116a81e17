// `clientele calendar import`: other formats in, our JSON out, usable at once.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, run } from './run.js'

const HOLIDAY = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Test//Test//EN',
  'BEGIN:VEVENT',
  'UID:1@test',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;VALUE=DATE:20260501',
  'SUMMARY:Labour Day',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

test('what is imported answers queries', async () => {
  const cwd = folder({ 'hours.txt': 'Mo-Fr 09:00-18:00' })
  const imported = await run(
    'calendar import --from osm --zone Europe/Moscow --out calendar.json hours.txt',
    { cwd },
  )
  expect([imported.code, imported.stdout]).toEqual([0, ''])
  const input = [{ op: 'nextOpen', at: '2026-03-07T12:00:00Z' }]
  const { answers } = await run('calendar eval calendar.json', { cwd, input })
  expect(answers).toEqual([{ at: '2026-03-09T06:00:00Z' }])
})

test('json is for people, ndjson is one line', async () => {
  const input = 'Mo-Fr 09:00-18:00'
  const pretty = await run('calendar import --from osm --zone UTC', { input })
  const line = await run('calendar import --from osm --zone UTC --format ndjson', { input })
  expect(pretty.stdout.split('\n').length).toBeGreaterThan(5)
  expect(line.lines).toHaveLength(1)
  expect(JSON.parse(pretty.stdout)).toEqual(JSON.parse(line.stdout))
})

test('holidays of an iCalendar', async () => {
  const cwd = folder({ 'holidays.ics': HOLIDAY })
  const { code, stdout } = await run('calendar import --from ical --zone UTC holidays.ics', { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('2026-05-01')
})

test('what is assumed is told on standard error', async () => {
  const { code, issues } = await run('calendar import --from osm', { input: 'Mo 09:00-18:00' })
  expect(code).toBe(0)
  expect(issues[0]).toMatchObject({ code: 'assumed', message: expect.stringContaining('UTC') })
})

test.each([
  ['calendar import --from osm --zone UTC', 'Mo 25:00-18:00', 'unsupported'],
  ['calendar import --from osm --zone UTC', 'nonsense', 'unsupported'],
  ['calendar import --from schema.org --zone UTC', '{', 'bad-syntax'],
  ['calendar import --from osm --zone UTC', '', 'empty-file'],
  ['calendar import --from osm --zone UTC nowhere.txt', '', 'missing-file'],
  ['calendar import --from osm --zone Mars/Olympus', 'Mo 09:00-18:00', 'bad-value'],
  ['calendar import --from osm --years soon', 'Mo 09:00-18:00', 'bad-value'],
])('%s of %j is refused with %s', async (command, input, code) => {
  const ran = await run(command, { input })
  expect([ran.code, ran.stdout]).toEqual([2, ''])
  expect(ran.issues[0]).toMatchObject({ code, message: expect.any(String) })
})

test.each(['calendar import', 'calendar import --from exchange'])('%s names the formats', async (command) => {
  const { code, stderr } = await run(command, { input: '' })
  expect(code).toBe(2)
  expect(stderr).toContain('--from')
})

test('a file that cannot be written is told', async () => {
  const cwd = folder({ 'hours.txt': 'Mo 09:00-18:00' })
  const { code, issues } = await run('calendar import --from osm --zone UTC --out no/where.json hours.txt', {
    cwd,
  })
  expect([code, issues[0]?.['code']]).toEqual([2, 'unwritable-file'])
  expect(readFileSync(join(cwd, 'hours.txt'), 'utf8')).toBe('Mo 09:00-18:00')
})
