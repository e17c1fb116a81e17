// The shared words of all engines: time, zones, issues, ledger, columns, codec. Conditions and the in-memory adapters of
// the ports have entries of their own: `@clientele/core/condition`, `@clientele/core/memory`.

export type { ColumnArray } from './column.js'
export { Bitset, Column, upperBound } from './column.js'
export type { Section, Sections } from './codec.js'
export { decode, encode } from './codec.js'
export type { Either, Left, NonEmptyArray, Right } from './either.js'
export { isLeft, isRight, left, right } from './either.js'
export { hashHex } from './hash.js'
export type { IdColumns } from './id-index.js'
export { IdIndex } from './id-index.js'
export { Interner } from './interner.js'
export type { Issue, ShapeIssue } from './issue.js'
export { orThrow, renderIssues, shapeMessage } from './issue.js'
export type { Explained, Ledger, LedgerEntry, LedgerFold, LedgerUnit } from './ledger.js'
export { foldAmounts, ledgerOf, renderLedger } from './ledger.js'
export { nearest } from './nearest.js'
export type { OpenHours } from './open-hours.js'
export type {
  AppendOptions,
  Appended,
  Bounds,
  Clock,
  Fenced,
  Journal,
  JournalEntry,
  Snapshot,
  SnapshotStore,
  StoredEntry,
} from './port.js'
export type { CivilSpan, Period } from './period.js'
export { addMonths, anchoredPeriod, calendarPeriod, PERIODS } from './period.js'
export type { UnknownRecord } from './reader.js'
export { COMMON_KEYS, describeValue, memberPath, Reader } from './reader.js'
export type { CivilDate, CivilDay, Instant, LocalMillis, Millis, Weekday } from './time.js'
export {
  civilDate,
  civilDay,
  DAY,
  daysInMonth,
  FIRST_INSTANT,
  formatDate,
  formatDuration,
  formatInstant,
  formatLocal,
  formatTime,
  HOUR,
  LAST_INSTANT,
  MINUTE,
  parseDate,
  parseDuration,
  parseInstant,
  parseLocal,
  parseTime,
  SECOND,
  WEEKDAYS,
  weekdayOf,
} from './time.js'
export type {
  CountDemand,
  Freeing,
  PeriodUnits,
  RecentDemand,
  TouchAddressed,
  TouchAnswer,
  TouchAsking,
  TouchDemand,
  TouchFinding,
  TouchLedger,
  TouchName,
  TouchOperation,
} from './touch-ledger.js'
export { checkTouchOperations } from './touch-ledger/valid.js'
export type { Second, WindowTable } from './window.js'
export { firstAtOrAfter, needsZone, windowFrees, windowSince } from './window.js'
export type { Zone } from './zone.js'
export { nearestZone, offsetAt, toInstant, toLocal, zoneHash, zoneOf } from './zone.js'
