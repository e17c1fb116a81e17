// The naive reading of a policy: time passes in steps of ten minutes, and at each step every rule is looked at again. It
// keeps a diary of all steps of a cycle and counts in it. Shares nothing with the sources but the types.
import type { Clock, Definition, EventLine, Facts, Target, Trigger } from '@clientele/sla'

export const STEP = 600_000
const DAY = 144 * STEP
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

interface Told {
  subject: string
  clock: string
  at: number
  moment: string
  due: number | null
  elapsedMs: number
  remainingMs: number
  target: string
  early?: true
  mark?: string
  step?: string | number
}

type PlainCalendar = { week: Record<string, readonly string[]>; holidays?: readonly string[] }
const weeks = new WeakMap<object, boolean[]>()

/** The steps of a week from Monday on: its own reading of "HH:MM-HH:MM". */
const weekOf = (calendar: PlainCalendar): boolean[] => {
  const known = weeks.get(calendar)
  if (known !== undefined) return known
  const steps = DAYS.flatMap((day) =>
    Array.from({ length: 144 }, (_, step) =>
      (calendar.week[day] ?? []).some((interval) => {
        const [from, to] = interval
          .split('-')
          .map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
        return step * 10 >= from! && step * 10 < to!
      }),
    ),
  )
  weeks.set(calendar, steps)
  return steps
}

/** Whether a step of a plain UTC calendar is open. */
export const isOpenStep = (definition: Definition, name: string | undefined, at: number): boolean => {
  if (name === undefined) return true
  const calendar = definition.calendars![name] as PlainCalendar
  if (!weekOf(calendar)[((Math.floor(at / DAY) + 3) % 7) * 144 + (at % DAY) / STEP]) return false
  return (
    calendar.holidays === undefined || !calendar.holidays.includes(new Date(at).toISOString().slice(0, 10))
  )
}

/** Whether a calendar opens at all. */
const opens = (definition: Definition, name: string | undefined): boolean =>
  name === undefined || weekOf(definition.calendars![name] as PlainCalendar).includes(true)

const holds = (when: unknown, facts: Facts, data: Facts | undefined): boolean => {
  if (when === undefined) return true
  const { fact, eq } = when as { fact: string; eq: unknown }
  const value = fact.startsWith('event.') ? data?.[fact.slice(6)] : facts[fact]
  return value !== undefined && value !== null && value === eq
}
const fires = (trigger: Trigger | undefined, line: EventLine, facts: Facts): boolean => {
  if (trigger === undefined) return false
  const names = trigger.on === undefined ? undefined : [trigger.on].flat()
  if (names === undefined && trigger.when === undefined) return false
  if (names !== undefined && (line.event === undefined || !names.includes(line.event))) return false
  return holds(trigger.when, facts, line.data)
}

const MINUTES: Record<string, number> = { D: 1440, H: 60, M: 1 }
export const millis = (text: string | number): number => {
  if (typeof text === 'number') return text
  const sum = [...text.matchAll(/(\d+)([DHM])/g)].reduce(
    (total, [, n, unit]) => total + Number(n) * MINUTES[unit!]!,
    0,
  )
  return (text.startsWith('-') ? -1 : 1) * sum * 60_000
}

interface Mark {
  key: string
  at: number
  order: number
  moment: 'warned' | 'breached' | 'overdue'
  text: string | number
}
const sortedMarks = new WeakMap<Target, Mark[]>()
const marksOf = (clock: Clock, target: Target): Mark[] => {
  const known = sortedMarks.get(target)
  if (known !== undefined) return known
  const within = millis(target.within)
  const warn = (clock.warn ?? []).map((text, i): Mark => {
    const at = text.endsWith('%')
      ? (Number(text.slice(0, -1)) / 100) * within
      : Math.max(0, within + millis(text))
    return { key: `w${i}`, at, order: i, moment: 'warned', text }
  })
  const after = (clock.after ?? []).map(
    (text, i): Mark => ({ key: `a${i}`, at: within + millis(text), order: 200 + i, moment: 'overdue', text }),
  )
  const all = [...warn, { key: 'b', at: within, order: 100, moment: 'breached' as const, text: '' }, ...after]
  all.sort((a, b) => a.at - b.at || a.order - b.order)
  sortedMarks.set(target, all)
  return all
}

class NaiveClock {
  phase: 'idle' | 'running' | 'paused' | 'met' | 'missed' | 'cancelled' = 'idle'
  late = false
  held = false
  still = false
  target = -1
  /** Every step since the cycle began, and whether it counted. */
  diary: { at: number; ran: boolean; open: boolean }[] = []
  given = new Set<string>()
  lineage: { at: number; on: boolean; off: boolean; while: boolean }[] = []
  told: Told[] = []
  readonly definition: Definition
  readonly clock: Clock
  readonly subject: string

  constructor(definition: Definition, clock: Clock, subject: string) {
    this.definition = definition
    this.clock = clock
    this.subject = subject
  }
  get spec(): Target {
    return this.clock.targets[this.target]!
  }
  get within(): number {
    return millis(this.spec.within)
  }
  calendarOf(target: number): string | undefined {
    return this.clock.targets[target]!.calendar ?? this.clock.calendar
  }
  isOpen(at: number): boolean {
    return isOpenStep(this.definition, this.calendarOf(this.target), at)
  }
  used = 0
  count(): void {
    this.used = this.diary.filter(({ ran, open }) => ran && open).length * STEP
  }
  /** The first instant at which the diary had `within`. */
  reachedAt(): number {
    let used = 0
    for (const { at, ran, open } of this.diary) {
      if (ran && open) used += STEP
      if (used >= this.within) return at + STEP
    }
    return Number.POSITIVE_INFINITY
  }
  due(at: number): number | null {
    if (this.phase === 'paused' || this.still) return null
    if (this.late || this.phase === 'missed') return this.pastDue
    let [left, cursor] = [this.within - this.used, at]
    for (; left > 0; cursor += STEP) {
      if (!opens(this.definition, this.calendarOf(this.target))) return null
      if (this.isOpen(cursor)) left -= STEP
    }
    return cursor
  }
  stopDue: number | null = null
  /** Where the deadline was when it passed: at the step it passed, or where a change put it. */
  pastDue = 0
  tell(moment: string, at: number, extra: Partial<Told> = {}): void {
    const ended = ['met', 'missed', 'cancelled'].includes(moment)
    this.told.push({
      subject: this.subject,
      clock: this.clock.id,
      at,
      moment,
      due: ended ? this.stopDue : this.due(at),
      elapsedMs: this.used,
      remainingMs: this.within - this.used,
      target: this.spec.id ?? `targets[${this.target}]`,
      ...extra,
    })
  }
  /** The instant since which the clock stands still, or now. */
  stoodAt(now: number): number {
    if (this.phase === 'running') return now
    const last = this.diary.map(({ ran }) => ran).lastIndexOf(true)
    return last < 0 ? now : this.diary[last]!.at + STEP
  }
  line(at: number, line: EventLine, facts: Facts): void {
    const { clock } = this
    const hit = (trigger: Trigger | undefined): boolean => fires(trigger, line, facts)
    const target = clock.targets.findIndex(({ when }) => holds(when, facts, line.data))
    const on = clock.pause !== undefined && fires(clock.pause, line, facts)
    const off = hit(clock.resume)
    const quiet = clock.pause?.while !== undefined && holds(clock.pause.while, facts, line.data)
    if (this.phase === 'running' || this.phase === 'paused') {
      if (hit(clock.cancel)) this.end(at, 'cancelled')
      else if (hit(clock.stop)) this.stop(at)
      else if (hit(clock.reset)) this.reset(at, target, on, off, quiet)
      else this.change(at, target, on, off, quiet)
    } else if (!hit(clock.cancel) && !hit(clock.stop)) {
      const stopped = this.phase === 'met' || this.phase === 'missed'
      if (stopped && hit(clock.reopen)) {
        if (target >= 0) {
          this.phase = 'running'
          this.still = false
          this.tell('resumed', at)
          this.change(at, target, on, off, quiet)
        }
      } else if (hit(clock.start) && (this.phase === 'idle' || clock.cycle === 'each') && target >= 0) {
        this.start(at, target, facts, line.data)
        this.pause(at, on, off, quiet)
      }
    }
    this.lineage.push({ at, on, off, while: quiet })
  }
  start(at: number, target: number, facts: Facts, data: Facts | undefined): void {
    this.begin(target)
    this.held = false
    const fact = this.clock.start.since?.fact
    const from =
      fact === undefined ? undefined : fact.startsWith('event.') ? data?.[fact.slice(6)] : facts[fact]
    if (typeof from === 'number') {
      for (let step = from; step < at; step += STEP) {
        const before = this.lineage.filter((each) => each.at <= step)
        let held = false
        for (const each of before.filter((one) => one.at >= from)) held = each.on || (held && !each.off)
        const ran = !held && before[before.length - 1]?.while !== true
        this.diary.push({ at: step, ran, open: this.isOpen(step) })
      }
      for (const each of this.lineage) if (each.at >= from) this.held = each.on || (this.held && !each.off)
    }
    this.count()
    this.judge(at)
    this.tell('started', at)
  }
  /** After a change: whether it put the deadline before `at`. */
  judge(at: number): void {
    this.pastDue = this.reachedAt()
    this.late = this.pastDue < at
  }
  begin(target: number): void {
    this.phase = 'running'
    this.target = target
    this.late = false
    this.still = false
    this.diary = []
    this.used = 0
    this.given = new Set()
  }
  reset(at: number, target: number, on: boolean, off: boolean, quiet: boolean): void {
    if (target < 0) {
      this.end(at, 'cancelled')
      return
    }
    this.begin(target)
    this.held = false
    this.tell('reset', at)
    this.pause(at, on, off, quiet)
  }
  change(at: number, target: number, on: boolean, off: boolean, quiet: boolean): void {
    if (target < 0) {
      this.end(at, 'cancelled')
      return
    }
    if (target !== this.target) {
      this.target = target
      if (this.clock.onRetarget === 'restart') {
        this.diary = []
        this.given = new Set()
      } else if (this.clock.onRetarget === 'retroactive') {
        this.diary = this.diary.map((each) => ({ ...each, open: this.isOpen(each.at) }))
      }
      this.count()
      this.judge(this.stoodAt(at))
      this.tell('retargeted', at)
    }
    this.pause(at, on, off, quiet)
  }
  pause(at: number, on: boolean, off: boolean, quiet: boolean): void {
    this.held = on || (this.held && !off)
    const still = this.held || quiet
    if (still === (this.phase === 'paused')) return
    this.phase = still ? 'paused' : 'running'
    this.tell(still ? 'paused' : 'resumed', at)
  }
  stop(at: number): void {
    if (this.late && !this.given.has('b')) {
      this.given.add('b')
      this.tell('breached', at)
    }
    const early = !this.late && this.used < millis(this.spec.notBefore ?? 0)
    this.end(at, this.late ? 'missed' : 'met', early ? { early } : {})
  }
  end(at: number, phase: 'met' | 'missed' | 'cancelled', extra: Partial<Told> = {}): void {
    this.stopDue = this.due(at)
    this.still = this.phase === 'paused'
    this.phase = phase
    this.held = false
    this.tell(phase, at, extra)
  }
  timers(at: number): void {
    if (this.phase !== 'running' && this.phase !== 'paused') return
    for (const { key, at: mark, moment, text } of marksOf(this.clock, this.spec)) {
      if (this.given.has(key) || (moment === 'warned' && this.late)) continue
      const reached =
        this.phase === 'running' ? this.used >= mark : moment === 'breached' ? this.late : this.used > mark
      if (!reached) break
      this.given.add(key)
      if (moment === 'breached') this.lateFrom(at)
      this.tell(
        moment,
        at,
        moment === 'warned' ? { mark: String(text) } : moment === 'overdue' ? { step: text } : {},
      )
    }
    // a breach is reported once a cycle, but a deadline that passes again is missed again
    if (this.phase === 'running' && this.used >= this.within && this.given.has('b')) this.lateFrom(at)
  }
  lateFrom(at: number): void {
    if (!this.late) this.pastDue = at
    this.late = true
  }
  pass(at: number): void {
    if (this.phase === 'running' || this.phase === 'paused')
      this.diary.push({ at, ran: this.phase === 'running', open: this.isOpen(at) })
    if (this.phase === 'running' && this.isOpen(at)) this.used += STEP
  }
}

/** All moments of a log up to `until`, in order. Lines stand on whole steps and are taken in order of time, then input. */
export const naiveReplay = (definition: Definition, lines: readonly EventLine[], until: number): Told[] => {
  const sorted = lines
    .map((line, i) => ({ line, i }))
    .sort((a, b) => Number(a.line.at) - Number(b.line.at) || a.i - b.i)
  const clocks = new Map<string, NaiveClock[]>()
  const facts = new Map<string, Facts>()
  const all: Told[] = []
  const from = Number(sorted[0]?.line.at ?? until)
  for (let at = from, next = 0; at <= until; at += STEP) {
    for (; sorted[next]?.line.at === at; next++) {
      const { line } = sorted[next]!
      const subject = line.subject as string
      const own =
        clocks.get(subject) ?? definition.clocks.map((clock) => new NaiveClock(definition, clock, subject))
      clocks.set(subject, own)
      facts.set(subject, { ...facts.get(subject), ...line.facts })
      for (const clock of own) {
        clock.line(at, line, facts.get(subject)!)
        all.push(...clock.told.splice(0))
      }
    }
    for (const own of clocks.values()) {
      for (const clock of own) {
        clock.timers(at)
        all.push(...clock.told.splice(0))
        clock.pass(at)
      }
    }
  }
  return all
}
