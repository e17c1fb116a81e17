// How many cases a property test asks for: `npm test` takes the number as written, FC_RUNS multiplies it.

/** `numRuns: runs(1000)` is 1000 in `npm test`, 10,000 in CI, 100,000 in `npm run soak`. */
export function runs(count: number): number {
  return Math.ceil(count * factor)
}

export const factor: number = Number(process.env['FC_RUNS'] ?? 1)
