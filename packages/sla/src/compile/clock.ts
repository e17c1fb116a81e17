// Reads one clock of a policy.

import { memberPath, type UnknownRecord } from '@clientele/core'
import type { OnRetarget } from '../model.js'
import {
  type Ask,
  CANCEL,
  type ClockTable,
  PAUSE_ON,
  REOPEN,
  RESET,
  RESUME_ON,
  START,
  STOP,
  type TargetRow,
} from '../table.js'
import { readCalendarName, readMarks, readTargets } from './target.js'
import { asksTime, readAsk, readCondition, readTrigger, type Work } from './trigger.js'

const CLOCK_KEYS = [
  'id',
  'label',
  'calendar',
  'start',
  'stop',
  'cancel',
  'reset',
  'reopen',
  'pause',
  'resume',
  'cycle',
  'targets',
  'warn',
  'after',
  'onRetarget',
] as const
const ON_RETARGET: readonly OnRetarget[] = ['keep-elapsed', 'restart', 'retroactive']

/** A path of names, for the one fact that is read rather than asked about. */
const PATH = /^[^.[\]]+(?:\.[^.[\]]+)*$/

const readSince = ({ reader }: Work, start: unknown, path: string): readonly string[] | undefined => {
  if (typeof start !== 'object' || start === null || !Object.hasOwn(start, 'since')) return undefined
  const at = memberPath(path, 'since')
  const record = reader.object((start as UnknownRecord)['since'], at, ['fact'])
  if (record === undefined) return undefined
  const value = reader.required(record, 'fact', at)
  if (value === undefined) return undefined
  const fact = reader.text(value, memberPath(at, 'fact'))
  if (fact === undefined) return undefined
  if (fact.length <= 500 && PATH.test(fact)) return fact.split('.')
  return reader.badValue(fact, memberPath(at, 'fact'), 'the path of a fact, such as "openedAt"')
}

const readPause = (work: Work, clock: UnknownRecord, path: string) => {
  const { reader } = work
  const at = memberPath(path, 'pause')
  const value = reader.member(clock, 'pause')
  const pause = value === undefined ? undefined : reader.object(value, at, ['while', 'on', 'when'])
  const condition = pause === undefined ? undefined : reader.member(pause, 'while')
  const on = pause === undefined ? undefined : readAsk(work, pause, at, PAUSE_ON)
  if (pause !== undefined && condition === undefined && on === undefined)
    reader.report({ code: 'no-trigger', path: at })
  const resumes = reader.member(clock, 'resume')
  const resume =
    resumes === undefined ? undefined : readTrigger(work, resumes, memberPath(path, 'resume'), RESUME_ON)
  if (on !== undefined && resumes === undefined) reader.report({ code: 'never-resumes', path: at })
  if (on === undefined && resumes !== undefined) {
    reader.report({ code: 'nothing-to-resume', path: memberPath(path, 'resume') })
  }
  return { asks: [on, resume], pauseWhile: readCondition(work, condition, memberPath(at, 'while')) }
}

/** A clock and its targets, whose place in the columns is not known yet. */
export interface ReadClock {
  readonly clock: Omit<ClockTable, 'targets'>
  readonly rows: readonly TargetRow[]
}

/** Reads a clock; what is wrong with it is reported, and what is left is good for nothing but finding more. */
export const readClock = (work: Work, value: unknown, path: string): ReadClock | undefined => {
  const { reader } = work
  const record = reader.object(value, path, CLOCK_KEYS)
  if (record === undefined) return undefined
  const own = (key: (typeof CLOCK_KEYS)[number]): unknown => reader.member(record, key)
  const at = (key: (typeof CLOCK_KEYS)[number]): string => memberPath(path, key)
  const trigger = (key: 'stop' | 'cancel' | 'reset' | 'reopen', bit: number): Ask | undefined =>
    own(key) === undefined ? undefined : readTrigger(work, own(key), at(key), bit)
  const givenId = reader.required(record, 'id', path)
  const id = givenId === undefined ? undefined : reader.text(givenId, at('id'))
  const label = own('label') === undefined ? id : reader.text(own('label'), at('label'))
  const hours = readCalendarName(work, own('calendar'), at('calendar'))
  const starts = reader.required(record, 'start', path)
  const start = starts === undefined ? undefined : readTrigger(work, starts, at('start'), START, ['since'])
  const pause = readPause(work, record, path)
  const cycle = own('cycle') === undefined ? 'once' : reader.word(own('cycle'), at('cycle'), ['once', 'each'])
  const marks = readMarks(reader, record, path)
  const rows = readTargets(work, record, path, marks, hours)
  const onRetarget =
    own('onRetarget') === undefined
      ? 'keep-elapsed'
      : reader.word(own('onRetarget'), at('onRetarget'), ON_RETARGET)
  const asks = [
    trigger('cancel', CANCEL),
    trigger('stop', STOP),
    trigger('reset', RESET),
    start,
    trigger('reopen', REOPEN),
    ...pause.asks,
  ].filter((ask) => ask !== undefined)
  const clock = {
    id: id ?? '',
    label: label ?? '',
    path,
    each: cycle === 'each',
    onRetarget: onRetarget ?? 'keep-elapsed',
    asks,
    pauseWhile: pause.pauseWhile,
    since: readSince(work, starts, at('start')),
    warn: marks.warn,
    after: marks.after,
  }
  return { clock: { ...clock, timed: reader.issues.length === 0 && asksTime(record) }, rows }
}
