// Every property test of a run is reproducible: one seed, named on failure by fast-check itself.
import fc from 'fast-check'
import { runs } from './runs.js'

fc.configureGlobal({
  seed: Number(process.env['FC_SEED'] ?? 20260101),
  numRuns: runs(100),
  endOnFailure: true,
})
