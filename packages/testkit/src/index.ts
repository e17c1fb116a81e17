// Contract suites for the ports, as data that any test runner can loop over, and the arbitraries laws are tried with.
// Fails with plain Errors; needs fast-check beside it.

export {
  dateText,
  duration,
  durationText,
  factValue,
  facts,
  hostileKey,
  instant,
  instantText,
  jsonDocument,
  zoneName,
  zones,
} from './arbitraries.js'
export { clockContract } from './clock.js'
export type { Harness, Law, Make } from './contract.js'
export { journalContract } from './journal.js'
export type { Runs } from './runs.js'
export { runs } from './runs.js'
export { snapshotContract } from './snapshots.js'
export { touchLedgerContract } from './touch-ledger.js'
