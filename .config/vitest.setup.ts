// Every property test of a run is reproducible: one seed, named on failure by fast-check itself.
import fc from 'fast-check'
import { factor } from './runs.js'

fc.configureGlobal({
  seed: Number(process.env['FC_SEED'] ?? 20260101),
  numRuns: Math.ceil(100 * factor),
  endOnFailure: true,
})
