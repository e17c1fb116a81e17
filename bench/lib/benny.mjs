// The same contestants in benny, for those who know its figures. Each case is a batch of `operations`.

import benny from 'benny'

/** Runs a benny suite; answers operations a second of wall time by name. */
export const bennySuite = async (title, contestants) => {
  const { results } = await benny.suite(
    title,
    ...contestants.map(({ name, play }) => benny.add(name, play)),
    benny.configure({ cases: { minSamples: 10, maxTime: 0.5 }, minDisplayPrecision: 0 }),
  )
  return Object.fromEntries(results.map(({ name, ops }, i) => [name, ops * contestants[i].operations]))
}
