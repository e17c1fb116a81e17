// How many cases a law is tried with: few in `npm test`, ten times as many in CI, all of them on demand.

/** The numbers of cases for each occasion, stated apart. @category ports */
export interface Runs {
  /** `npm test`. */
  readonly test: number
  /** `.ci/run`: FC_RUNS of 10. */
  readonly ci: number
  /** `npm run soak`: FC_RUNS of 100. */
  readonly soak: number
}

/** Asked of the global object, so that the suites also run where there is no process. */
const environment = (): { readonly [name: string]: string | undefined } =>
  (globalThis as { readonly process?: { readonly env?: { readonly [name: string]: string | undefined } } })
    .process?.env ?? {}

const numberOf = (name: string): number => {
  const value = Number(environment()[name] ?? 1)
  return Number.isFinite(value) && value > 0 ? value : 1
}

/**
 * How many cases to try. A number is what `npm run soak` tries: `npm test` takes a hundredth of it and `.ci/run` a tenth,
 * at least one. The environment variable FC_RUNS tells them apart: 1 unless set, 10 in CI, 100 for all. Where one suite runs
 * several times, FC_SHARE is each run's part of the number; cases stated apart are those of one run.
 *
 * @example
 * import { runs } from '@clientele/testkit'
 * runs({ test: 50, ci: 50, soak: 50 }) // => 50
 *
 * @category ports
 */
export const runs = (cases: number | Runs): number => {
  const factor = numberOf('FC_RUNS')
  if (typeof cases === 'number') return Math.max(1, Math.round((cases / 100) * factor * numberOf('FC_SHARE')))
  return factor >= 100 ? cases.soak : factor >= 10 ? cases.ci : cases.test
}
